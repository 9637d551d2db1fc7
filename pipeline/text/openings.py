"""What the first and last signs of a line say: a label or bullet begins an item, an open end asks for more."""

from __future__ import annotations

import re

HEADING_LENGTH = 40
"""Signs up to which a line that ends open may be a heading as well as a broken one."""
_UPPER = "A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_BULLET = re.compile(rf"[-–—−~+*•●○◦▪■□►➢✓§](?:\s+|(?=[{_UPPER}“\"(]))")
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}[.):]\s*(?=[^\W\d]|[\"“(*\[])|\d{1,2}(?:\.\d{1,2}){0,4}\s?[./)\-–]{1,2}\s+"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}\s+)(?=\S|$)"
)
_ROMAN = re.compile(rf"[IVX]{{1,6}}(?:\.\d{{1,2}})*\s?(?:[.):/]{{1,2}}|\s?[-–])(?:\s+|(?=[{_UPPER}]{{2}}))")
_LETTER = re.compile(r"[a-zđA-HĐ]\s?(?:[.)]|/\.?)\s*(?=[^\W\d]|[\"“(])(?![A-ZĐ]\.)|[a-zđ]\)\s*$")
_PARENTHESIS = re.compile(r"\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s+")
_WORDED = re.compile(
    r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC|Biểu|BIỂU|Bước)\s+"
    r"(?:(?:thứ|THỨ)\s+\w+|(?:số|SỐ)\s*\d{1,3}|[IVX]{1,6}|\d{1,3}|[A-H])\s*(?P<end>[.:\-–]|$)"
)
_OPENER = re.compile(
    r"(?:Nơi nhận\s*:|Kính gửi\s*:|KÍNH GỬI|(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\.\s|PHỤ LỤC\s*$"
    r"|Trên đây là (?:Kế hoạch|nội dung))"
)
_GROUND = re.compile(r"(?:Căn cứ|Xét|Theo đề nghị|Thực hiện|Trên cơ sở|Tiếp theo)\s")
_CLOSED = re.compile(r"[.;:!?…][\"”’'»)\]*]*$")
_WANTS_NUMBER = re.compile(
    r"(?:\b(?:số|điều|khoản|điểm|mục|phần|chương|quý|tháng|ngày|năm|lần|thứ|từ|đến|và|hoặc|các)|[-–(,])$", re.IGNORECASE
)
_HALF_REFERENCE = re.compile(r"(?:[^\W_][-/]|/)$")
_REST_OF_REFERENCE = re.compile(r"[-/][A-ZĐ]{2}|/")
_DATE_SO_FAR = re.compile(r"\b(?:ngày(?:\s+\d{1,2}(?:\s+tháng(?:\s+\d{1,2})?)?)?|tháng\s+\d{1,2})$", re.IGNORECASE)
_REST_OF_DATE = re.compile(
    r"\d{1,2}\s*/\s*\d{1,2}\b|\d{1,2}\s+tháng\b|tháng\s+\d{1,2}\s+năm\b|\d{1,2}\s+năm\s+\d{4}|năm\s+\d{4}\b"
)
_HALF_WORD = re.compile(
    r"(?<!\w)(?:chỉ\n(?:thị|đạo)|nghị\n(?:quyết|định)|quyết\n(?:định|nghị)|kế\nhoạch|thông\n(?:tư|báo|tri)|công\n(?:văn|điện)"
    r"|hướng\ndẫn|chương\ntrình|văn\nbản|kết\nluận|căn\ncứ|thực\nhiện|ủy\nban|uỷ\nban|thủ\ntướng|chính\nphủ)(?!\w)"
)
_REFERENCE_SO_FAR = re.compile(r"\d[\w/.-]*$")


def is_open(text: str) -> bool:
    """Whether the line ends without a sign that closes a sentence or an item."""
    return not _CLOSED.search(text)


def starts_low(text: str) -> bool:
    """Whether the first letter, right at the start (after an opening quote or bracket), is a small one."""
    return text.lstrip("“\"'‘(«[")[:1].islower()


def is_capitals(text: str) -> bool:
    """Whether a line of at least five letters is all capitals, as headings and titles are."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 5 and all(c.isupper() for c in letters)


def label_end(text: str) -> int:
    """Where the item's label or bullet ends; 0 without one."""
    for pattern in (_BULLET, _NUMBER, _ROMAN, _LETTER, _PARENTHESIS):
        found = pattern.match(text)
        if found:
            return found.end()
    return 0


def begins_item(text: str, before: str, full: bool) -> bool:
    """Whether a line opens an item although it follows `before` (`full`: up to the column's border)."""
    if _OPENER.match(text):
        return True
    running = is_open(before) and full
    worded = _WORDED.match(text)
    if worded:
        return not running or (worded["end"] != "" and not _WANTS_NUMBER.search(before))
    if _GROUND.match(text):
        return not is_open(before)
    end = label_end(text)
    if not end or (running and _WANTS_NUMBER.search(before) and not _BULLET.match(text)):
        return False
    weak = starts_low(text[end:]) or text[end : end + 1].isdigit() or bool(_PARENTHESIS.match(text))
    return not (weak and running)


def breaks_word(before: str, text: str) -> bool:
    """Whether a word of two syllables is broken by a line: "Thực hiện Chỉ" + "thị số 12/CT-TTg"."""
    return starts_low(text) and _HALF_WORD.search(f"{before[-8:].lower()}\n{text[:8]}") is not None


def breaks_date(before: str, text: str) -> bool:
    """Whether a date broken by a line goes on: "Bến Tre, ngày" + "28 tháng 3 năm 2013"."""
    return bool(_REST_OF_DATE.match(text) and _DATE_SO_FAR.search(before))


def breaks_reference(before: str, text: str) -> bool:
    """Whether a word or reference broken at its hyphen or slash goes on: "39/KH-" + "BDT", "217/2025/NĐ" + "-CP"."""
    if _HALF_REFERENCE.search(before):
        return text[:1].isalnum()
    return bool(_REST_OF_REFERENCE.match(text) and _REFERENCE_SO_FAR.search(before))
