"""What a member of an archive is called: in odd encodings, by odd paths, by names that point outside."""

from __future__ import annotations

from pipeline.fold import composed
from pipeline.ingest.language.vietnamese import vietnamese_share


def readable_name(raw: bytes, otherwise: str) -> str:
    """A name whose encoding nobody says: UTF-8, or that of old Windows tools where it reads as Vietnamese."""
    try:
        return composed(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    vietnamese = composed(raw.decode("cp1258", errors="replace"))
    readable = "\ufffd" not in vietnamese and vietnamese_share(vietnamese.replace("_", " ")) > 0.5
    return vietnamese if readable else otherwise


def name_parts(name: str) -> list[str]:
    """A name's folders and its last part, by the separators of both worlds."""
    return composed(name).replace("\\", "/").split("/")


def is_unsafe(parts: list[str]) -> bool:
    """Whether a name points outside its archive: it climbs, is absolute or has a drive."""
    first = parts[0]
    return ".." in parts or (not first and len(parts) > 1) or (len(first) == 2 and first[1] == ":")


def tidy(parts: list[str]) -> str:
    """A safe name without its empty steps ("./a//b" is a/b)."""
    return "/".join(part for part in parts if part not in ("", ".")) or "_"


def numbered(name: str, number: int) -> str:
    """ "kh (2).pdf": the second of what is called kh.pdf."""
    base, dot, ending = name.rpartition(".")
    return f"{base} ({number}).{ending}" if dot and "/" not in ending else f"{name} ({number})"
