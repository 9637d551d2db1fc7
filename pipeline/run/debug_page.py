"""The `index.html` of a debug folder: each page's decision, and its steps with the picture before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.ingest.page.reading import PageReading
    from pipeline.ingest.scan.trace import Step

_SIGN = '<meta name="generator" content="kehoach show --debug">'
_STEPS: dict[str, tuple[str, str]] = {
    "scan": ("Ảnh của trang", "The page's picture"),
    "turned": ("Xoay trang", "Turned"),
    "scaled": ("Đổi độ phân giải", "Resolution changed"),
    "stamp-removed": ("Bỏ dấu đỏ, dấu tròn", "Stamps removed"),
    "light-evened": ("Cân ánh sáng", "Light evened"),
    "edges-whitened": ("Bỏ viền đen", "Black borders whitened"),
    "holes-whitened": ("Bỏ lỗ đục", "Punch holes whitened"),
    "back-faded": ("Bỏ chữ mặt sau", "The back's print faded"),
    "half": ("Một trong hai trang cạnh nhau", "One of two pages side by side"),
    "deskewed": ("Nắn nghiêng", "Deskewed"),
    "lines-wiped-cells": ("Bỏ đường kẻ; các ô của bảng", "Ruling lines wiped; the tables' cells"),
    "pieces": ("Các phần được đọc, theo thứ tự", "The pieces that are read, in order"),
    "words": ("Các từ: xanh là chắc, đỏ là ngờ, xám là bỏ", "Words: green sure, red doubted, grey dropped"),
}
_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:1500px;padding:0 1rem;color:#222}
h2{border-top:2px solid #888;padding-top:1rem;margin-top:3rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}dt{color:#666}dd{margin:0}
figure{margin:1.5rem 0}figcaption{font-weight:600;margin-bottom:.4rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
img{width:100%;border:1px solid #bbb;background:#eee}
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A step's name, the file of its picture, and what was measured."""

    step: Step
    file: str
    note: str


@dataclass(slots=True)
class ShownPage:
    """What is kept of one page; `facts` are pairs of a label in both languages and a value."""

    number: int
    steps: list[Shown] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)

    def decided(self, reading: PageReading) -> None:
        """Keeps what came of the page."""
        sure = "" if reading.confidence is None else f"{100 * reading.confidence:.1f} %"
        size = "" if reading.size is None else f"{reading.size[0]:.0f} × {reading.size[1]:.0f} pt"
        self.facts += [
            ("Đọc từ / Read from", reading.text_source),
            ("Tình trạng / Status", reading.status),
            ("Khổ / Size", size),
            ("Xoay / Turned by", f"{reading.rotation}°"),
            ("OCR chắc / OCR is sure", sure),
            *(("Ghi chú / Finding", f"{finding.code}: {finding.message}") for finding in reading.findings),
        ]


def is_ours(index: Path) -> bool:
    """Whether a file is an index that was written here. OSError."""
    with index.open(encoding="utf-8", errors="replace") as file:
        return _SIGN in file.read(2000)


def page_of_steps(name: str, pages: list[ShownPage]) -> str:
    """The whole HTML; links are relative, and nothing of the document stands in it unescaped."""
    title = f"Các bước đọc / Steps of reading: {escape(name)}"
    head = f'<meta charset="utf-8">{_SIGN}<title>{title}</title><style>{_STYLE}</style>'
    body = "\n".join(_page(page) for page in pages)
    return f'<!doctype html>\n<html lang="vi"><head>{head}</head>\n<body><h1>{title}</h1>\n{body}\n</body></html>\n'


def _page(page: ShownPage) -> str:
    notes = [("Ảnh / Picture", step.note) for step in page.steps[:1]]
    notes += [("Nghiêng / Slant", step.note) for step in page.steps if step.step == "deskewed"]
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in page.facts + notes if value)
    steps = "\n".join(_figure(before, after) for before, after in pairwise(page.steps))
    return f'<h2 id="p{page.number}">Trang / Page {page.number}</h2>\n<dl>{facts}</dl>\n{steps}'


def _figure(before: Shown, after: Shown) -> str:
    vietnamese, english = _STEPS[after.step]
    note = f" ({escape(after.note)})" if after.note else ""
    pictures = "".join(
        f'<a href="{file}"><img loading="lazy" src="{file}" alt=""></a>' for file in (before.file, after.file)
    )
    return f'<figure><figcaption>{vietnamese} / {english}{note}</figcaption><div class="pair">{pictures}</div></figure>'
