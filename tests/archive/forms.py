"""A plan as a file: text, Markdown, web page, PDF with a text layer, Word, scan."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

from tests.archive.plan import Plan
from tests.samples.markup import Block, Columns, Line, read_blocks
from tests.samples.printed import write_pdf
from tests.samples.scan import write_scan
from tests.samples.spec import Sample
from tests.samples.word import write_word

LEFT_WIDTH = 44
"""Characters to the middle of a two-column line of plain text."""


def as_text(plan: Plan) -> bytes:
    """Header and signature side by side, as text taken off a page has them."""
    lines = [line for block in read_blocks(plan.markup) for line in _text(block)]
    return ("\n".join(lines) + "\n").encode()


def as_markdown(plan: Plan) -> bytes:
    lines = [f"{_marked(line)}\n" for block in read_blocks(plan.markup) for line in _flat(block)]
    return "\n".join(lines).encode()


def as_web_page(plan: Plan) -> bytes:
    body = "\n".join(part for block in read_blocks(plan.markup) for part in _web(block))
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'.encode()
    )


def as_pdf(plan: Plan) -> bytes:
    return write_pdf(_sample(plan))


def as_word(plan: Plan) -> bytes:
    return write_word(_sample(plan))


def as_scan(plan: Plan) -> bytes:
    """Page images in a PDF: each page costs an OCR of some seconds."""
    return write_scan(_sample(plan))


FORMS: Mapping[str, Callable[[Plan], bytes]] = {
    "txt": as_text, "md": as_markdown, "html": as_web_page, "pdf": as_pdf, "docx": as_word, "quet.pdf": as_scan
}  # fmt: skip
SHARES = {"txt": 0.40, "md": 0.14, "html": 0.14, "pdf": 0.30, "docx": 0.02}
"""Of plans that are no scans."""


def _sample(plan: Plan) -> Sample:
    return Sample(f"kh-{plan.number}", "pdf", plan.markup, None, {})


def _flat(block: Block) -> tuple[Line, ...]:
    if isinstance(block, Columns):
        return (*block.left, *block.right)
    return (block,) if isinstance(block, Line) else ()


def _marked(line: Line) -> str:
    if line.bold and line.text:
        return f"**{line.text}**"
    return f"*{line.text}*" if line.italic and line.text else line.text


def _text(block: Block) -> list[str]:
    if not isinstance(block, Columns):
        return ["", *(line.text for line in _flat(block))]
    height = max(len(block.left), len(block.right))
    left = [line.text for line in block.left] + [""] * (height - len(block.left))
    right = [line.text for line in block.right] + [""] * (height - len(block.right))
    return ["", *(f"{a:{LEFT_WIDTH}}{b}".rstrip() for a, b in zip(left, right, strict=True))]


def _web(block: Block) -> list[str]:
    if isinstance(block, Columns):
        sides = ("".join(f"<p>{html.escape(line.text)}</p>" for line in side) for side in (block.left, block.right))
        return [f"<table><tr>{''.join(f'<td>{side}</td>' for side in sides)}</tr></table>"]
    return [
        f"<p>{'<b>' if line.bold else ''}{html.escape(line.text)}{'</b>' if line.bold else ''}</p>"
        for line in _flat(block)
    ]
