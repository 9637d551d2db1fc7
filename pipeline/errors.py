"""The closed list of ways a file can fail, each with its cure and exit code. Imports nothing of ours."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Exit(IntEnum):
    """Exit codes of the command line, listed in `kehoach --help`."""

    OK = 0
    USAGE = 2
    TOOL_MISSING = 3
    SOME_FAILED = 4
    ALL_FAILED = 5
    INTERRUPTED = 130


class Kind(StrEnum):
    """Why a file gave no table rows: `files.error_kind`."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    UNSAFE_PATH = "unsafe_path"
    TOOL_MISSING = "tool_missing"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    NO_TEXT = "no_text"
    NOT_VIETNAMESE = "not_vietnamese"
    INTERNAL = "internal"


PASSING = frozenset({Kind.TOOL_MISSING, Kind.UNREADABLE})
"""Faults of the machine, not of the file: they are tried again by every run."""
LOST = frozenset({Kind.TIMEOUT, Kind.OUT_OF_MEMORY, Kind.CRASHED})
"""The worker was lost with the document. It may have been the machine's fault: tried again, but not for ever."""

CURE: dict[Kind, str] = {
    Kind.EMPTY: "Tệp rỗng; xin lại bản gốc. / The file has no bytes: ask for the original again.",
    Kind.UNREADABLE: "Không đọc được tệp; kiểm tra quyền đọc. / Check that the file exists and may be read.",
    Kind.ENCRYPTED: "Tệp có mật khẩu; gỡ mật khẩu rồi nạp lại. / Remove the password and offer the file again.",
    Kind.DAMAGED: "Tệp hỏng hoặc bị cắt; tải lại từ nguồn. / The file is damaged or cut short: fetch it again.",
    Kind.UNSUPPORTED: "Định dạng không hỗ trợ; đổi sang PDF hoặc DOCX. / Convert it to PDF or DOCX.",
    Kind.TOO_LARGE: "Tệp vượt giới hạn; tách nhỏ hoặc nâng giới hạn. / Split it, or raise the limit.",
    Kind.UNSAFE_PATH: "Tên trong kho nén trỏ ra ngoài; đóng gói lại. / A name points outside its archive: repack it.",
    Kind.TOOL_MISSING: "Thiếu chương trình ngoài; chạy `kehoach check`. / A tool is missing: run `kehoach check`.",
    Kind.TIMEOUT: "Quá thời gian; chạy riêng tệp này với --timeout lớn hơn. / Took too long: run it alone, longer.",
    Kind.OUT_OF_MEMORY: "Quá bộ nhớ; tách tệp. / Needed too much memory: split the file.",
    Kind.CRASHED: "Trình đọc dừng đột ngột; gửi tệp cho nhóm phát triển. / The reader died: report this file.",
    Kind.NO_TEXT: "Không thấy chữ; quét lại rõ hơn. / No writing was found: scan it again.",
    Kind.NOT_VIETNAMESE: "Không phải văn bản tiếng Việt. / The document is not in Vietnamese: leave it out.",
    Kind.INTERNAL: "Lỗi của kehoach; gửi tệp và thông báo này. / A fault of kehoach: report file and message.",
}


class CannotRun(Exception):
    """What keeps a whole command from going on, in both languages and with what to do; the last build stands."""


class DocumentError(Exception):
    """A file that can't become rows: its kind and what was found. `str()` adds what to do."""

    def __init__(self, kind: Kind, detail: str) -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.detail} {CURE[self.kind]}".strip()
