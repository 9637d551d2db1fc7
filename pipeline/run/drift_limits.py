"""From which difference on a measure is worth a warning, and from which a build is held. Data, with reasons.

A limit says what is large; whether a large difference can be chance is reckoned in `pipeline.run.drift`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Worse = Literal["up", "down", "both"]


@dataclass(frozen=True, slots=True)
class Limit:
    """How far a measure may lie from what is usual."""

    vi: str
    en: str
    warn: float
    hold: float | None
    """None: this measure never holds a build, and is told on its worse side alone."""
    worse: Worse = "up"
    """The side on which a build is held; on the other side a difference is told, no more: values may be invented."""
    relative: bool = False
    """`warn` and `hold` are parts of what is usual, not points."""
    share: bool = True
    """The measure lies between 0 and 1, and is shown in per cent."""
    spread: float | None = None
    """Least standard deviation from one document to the next; None: the measure is a share of things counted, and
    its spread is at least that of one odd document among them."""


_LINK = (0.10, 0.25)
"""Registers never know everything, and a new province brings new units: a quarter more unknown is a broken register."""

LIMITS: dict[str, Limit] = {
    # Not held by itself: what vanished is judged by name, and an archive may be cut on purpose.
    "documents": Limit("Số văn bản", "Documents", 0.10, None, "down", relative=True, share=False, spread=0.0),
    # Good scans read at 0.93 to 0.97, poor ones at 0.85: 0.03 is another scanner, 0.08 is one that is broken.
    "ocr_confidence": Limit("Độ chắc của OCR", "OCR confidence", 0.03, 0.08, "down", spread=0.02),
    # A page that can't be read is lost, so little is much.
    "unreadable_pages": Limit("Trang không đọc được", "Unreadable pages", 0.02, 0.10),
    # Numbers and days are often left blank or written by hand: these shares move with the kind of papers.
    "null_number": Limit("Thiếu số văn bản", "No number", 0.08, 0.20),
    "null_issue_date": Limit("Thiếu ngày ban hành", "No date of issue", 0.08, 0.20),
    # Printed in nearly every paper: one in ten without them is a header that is no longer found.
    "null_issuer": Limit("Thiếu cơ quan ban hành", "No issuer", 0.04, 0.10),
    "null_title": Limit("Thiếu trích yếu", "No title", 0.04, 0.10),
    "null_province": Limit("Thiếu tỉnh", "No province", 0.05, 0.15),
    # Stamps cover names, and Word drafts have none.
    "null_signer_name": Limit("Thiếu người ký", "No signer", 0.08, 0.20),
    "unlinked_citations": Limit("Viện dẫn chưa nối được", "Citations not in the register", *_LINK),
    "unlinked_campaigns": Limit("Phong trào chưa nối được", "Campaigns not in the register", *_LINK),
    "unlinked_units": Limit("Đơn vị chưa nối được", "Units not in the register", *_LINK),
    # Half of the tasks gone, or as many again, is a table or a list that is read in another way.
    "tasks_per_document": Limit(
        "Nhiệm vụ mỗi văn bản", "Tasks a document", 0.25, 0.50, "both", relative=True, share=False, spread=0.0
    ),
    "plans_without_tasks": Limit("Kế hoạch không có nhiệm vụ", "Plans without tasks", 0.05, 0.15),
    # Warnings are made to be raised: more of them ask for a look, not for a halt.
    "warnings_per_document": Limit("Cảnh báo mỗi văn bản", "Warnings a document", 0.50, None, share=False, spread=0.5),
    # What kind of files people bring is their business: told, never held.
    "source_native": Limit("Văn bản có lớp chữ", "Documents with text", 0.20, None, "both"),
    "source_ocr": Limit("Văn bản quét", "Scanned documents", 0.20, None, "both"),
    "source_mixed": Limit("Văn bản vừa chữ vừa quét", "Part text, part scan", 0.20, None, "both"),
}
"""By the names of `pipeline.run.measures`, in the order in which a report shows them."""
