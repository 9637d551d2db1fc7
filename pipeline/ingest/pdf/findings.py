"""What can be wrong with a page's text layer, and how it is told to people."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from pipeline.records import Finding

Done = Literal["ocr", "repaired", "reconciled", "kept", "left_out", "unread"]
"""What was done: read by OCR, letters repaired, reconciled with OCR, kept after a comparison, left out,
not read for want of OCR."""


class Fault(Enum):
    """A kind of lying text layer; the value tells it in Vietnamese and in English."""

    SIGNATURE_ONLY = (
        "Lớp chữ của trang chỉ có ghi chú chữ ký số",
        "The text layer of the page holds only the note of a digital signature",
    )
    FEW_WORDS = ("Lớp chữ của trang quét chỉ có vài chữ", "The text layer of the scanned page holds only a few words")
    SOME_PAGES = ("Trang không có lớp chữ, dù trang khác có", "The page has no text layer, though others have")
    BROKEN_CODES = (
        "Phông chữ trong PDF ghi sai mã chữ (ToUnicode hỏng)",
        "The PDF's fonts name wrong letters (broken ToUnicode)",
    )
    OLD_CODES = ("Chữ gõ bằng phông mã cũ (TCVN3, VNI)", "Typed in fonts of an old code page (TCVN3, VNI)")
    WRONG_LANGUAGE = (
        "Lớp chữ do OCR bằng ngôn ngữ khác tạo ra, mất dấu tiếng Việt",
        "The text layer was made by OCR in another language and lost the Vietnamese marks",
    )
    NOT_VIETNAMESE = ("Lớp chữ của trang không phải tiếng Việt", "The text layer of the page is no Vietnamese")
    POOR_LAYER = (
        "Lớp chữ ẩn trên ảnh quét có nhiều chữ sai",
        "The hidden text layer over the scan has many wrong words",
    )
    PART_OF_PAGE = ("Lớp chữ chỉ có một phần chữ của trang", "The text layer holds only a part of the page's writing")
    PICTURE = ("Trang có hình ảnh chứa chữ", "A picture on the page holds writing")
    INVISIBLE = ("Trang có chữ không nhìn thấy được", "The page holds text that cannot be seen")


_DONE: dict[Done, tuple[str, str]] = {
    "ocr": ("đã đọc bằng OCR", "it was read by OCR"),
    "repaired": ("đã đổi lại thành tiếng Việt, không cần OCR", "repaired letter by letter, without OCR"),
    "reconciled": ("đã ghép với kết quả OCR", "put together with what OCR reads"),
    "kept": ("đã so với OCR và giữ nguyên", "compared with OCR and kept"),
    "left_out": ("đã bỏ qua", "left out"),
    "unread": ("không đọc được vì thiếu OCR", "not read, for there was no OCR"),
}


def finding(fault: Fault, done: Done, page: int) -> Finding:
    """The warning about one page."""
    vietnamese, english = (f"{what}; {how}." for what, how in zip(fault.value, _DONE[done], strict=True))
    return Finding("garbled_text_layer", f"{vietnamese} / {english}", page)
