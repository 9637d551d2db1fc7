"""Rar archives. Stored members are read here; packed ones by an outside tool: unrar, unar, else bsdtar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive_names import readable_name
from pipeline.ingest.files.unpacking import CHUNK, Entry

NO_TOOL = "rar: cài unar hoặc libarchive-tools. / rar: install unar or libarchive-tools."
BY_BSDTAR = "rar: bsdtar không đọc được; hỏng hoặc cần unar. / rar: bsdtar can't read it: damaged, or it takes unar."
NEEDS_END = 29
"""Versions of the format from which on an archive has an end mark."""
IN_PARTS = "rar: nhiều phần; đóng gói lại thành một tệp. / rar: in several parts: repack it as one file."


def rar_entries(path: Path, folder: Path) -> Iterator[Entry]:
    """The members of a rar in its own order; `folder` is for what the tool is given to read.

    Raises:
        DocumentError: the list of members is encrypted, cut short or goes on in another file.
    """
    import rarfile

    rarfile.HACK_TMP_DIR = str(folder)
    seen = _Seen(rarfile)
    with suppress(rarfile.RarCannotExec):
        _set_tool(rarfile)
    try:
        archive = rarfile.RarFile(path, info_callback=seen, part_only=True)
    except rarfile.RarCannotExec as error:  # the archive's own comment is packed
        raise DocumentError(Kind.TOOL_MISSING, NO_TOOL) from error
    infos = archive.infolist()
    if archive.needs_password() and not infos:
        raise DocumentError(Kind.ENCRYPTED, "rar.")
    for info in infos:
        if not info.is_dir():
            yield Entry(_name(info), partial(_chunks, archive, info), info.file_size, *_of(info, rarfile))
    must_end = any((info.extract_version or 0) >= NEEDS_END for info in infos)
    if archive.strerror() or (must_end and not seen.ended):
        detail = archive.strerror() or "bị cắt, không thấy dấu kết thúc. / cut short, no end mark"
        raise DocumentError(Kind.DAMAGED, f"rar: {detail}.")


class _Seen:
    """Watches the blocks of an archive go by: whether its end came, and that it is whole."""

    def __init__(self, rarfile: Any) -> None:
        self._rarfile, self.ended = rarfile, False

    def __call__(self, block: Any) -> None:
        rar = self._rarfile
        if block.type == rar.RAR_BLOCK_MAIN and block.flags & rar.RAR_MAIN_VOLUME:
            raise DocumentError(Kind.UNSUPPORTED, IN_PARTS)
        if block.type == rar.RAR_BLOCK_ENDARC:
            self.ended = True


def _of(info: Any, rar: Any) -> tuple[int | None, DocumentError | None]:
    """How many bytes a member is unpacked from, and why it is not unpacked at all."""
    if info.needs_password():
        return None, DocumentError(Kind.ENCRYPTED, "rar.")
    if info.flags & (rar.RAR_FILE_SPLIT_BEFORE | rar.RAR_FILE_SPLIT_AFTER):
        return None, DocumentError(Kind.UNSUPPORTED, IN_PARTS)
    if info.file_redir and info.file_redir[0] == rar.RAR5_XREDIR_FILE_COPY:
        return None, None
    if not info.is_file() or info.file_redir:
        return None, DocumentError(Kind.UNSAFE_PATH, "Liên kết trong kho nén. / A link in an archive.")
    return info.compress_size, None


def _chunks(archive: Any, info: Any) -> Iterator[bytes]:
    """Two members of one name are told apart only below the library's own `open`, which asks by name."""
    import rarfile

    bsdtar = False
    try:
        original = archive.getinfo_orig(info) if info.file_redir else info
        bsdtar = original.compress_type != rarfile.RAR_M0 and _set_tool(rarfile)
        with archive._file_parser.open(info, None) as source:
            while chunk := source.read(CHUNK):
                yield chunk
    except rarfile.RarCannotExec as error:
        raise DocumentError(Kind.TOOL_MISSING, NO_TOOL) from error
    except rarfile.PasswordRequired as error:
        raise DocumentError(Kind.ENCRYPTED, "rar.") from error
    except (rarfile.BadRarFile, rarfile.RarExecError) as error:
        raise DocumentError(Kind.DAMAGED, BY_BSDTAR if bsdtar else f"rar: {error}.") from error


def _set_tool(rar: Any) -> bool:
    """Choose the tool, once a process; whether it is bsdtar, to which the library says "-f -- archive" (rarfile 4.5).

    7z is left out: as Debian has it, it reads no rar.
    """

    class Bsdtar(rar.ToolSetup):  # type: ignore[misc]
        def open_cmdline(self, pwd: object, archive: str, name: str | None = None) -> list[str]:
            return [rar.BSDTAR_TOOL, "-x", "--to-stdout", "-f", archive, *(["--", name] if name else [])]

    if rar.CURRENT_SETUP is None:
        try:
            rar.tool_setup(sevenzip=False, sevenzip2=False, bsdtar=False)
        except rar.RarCannotExec:
            bsdtar = Bsdtar(rar.BSDTAR_CONFIG)
            if not bsdtar.check():
                raise
            rar.CURRENT_SETUP = bsdtar
    chosen: Any = rar.tool_setup()
    return bool(chosen.setup is rar.BSDTAR_CONFIG)


def _name(info: Any) -> str:
    """A name without its Unicode form is in an encoding nobody says."""
    raw = info.orig_filename
    name: str = info.filename
    return readable_name(raw, name) if isinstance(raw, bytes) and b"\\" not in raw and "\ufffd" in name else name
