"""Text typed in TCVN3 (ABC) and VNI fonts → Unicode, told by the share of Vietnamese words before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.pdf.old_codes import TCVN3_WORD, Convert, capitals_kept, from_tcvn3, from_vni
from pipeline.records import Finding, Run, SourceBlock, SourceDocument, SourceLine, SourceParagraph, SourceTable

_ENOUGH = 0.8
"""Share of marked words that have to be Vietnamese after the conversion, and may not be before it (1 - that)."""
_FEWEST = 3
"""Marked words from which a single block may be judged without the rest of the document."""
_WORD = re.compile(r"[^\W\d_]+")
_UNICODE_ONLY = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]"
)
_MARKED = re.compile("[\u00a1-\u00ff]")


def to_unicode(source: SourceDocument) -> tuple[SourceDocument, tuple[Finding, ...]]:
    """The document with legacy text converted, and a finding if there was any; Unicode text is never changed."""
    texts = [_text(block) for page in source.pages for block in page.blocks]
    whole = _judge("\n".join(text for text in texts if not _UNICODE_ONLY.search(text)))
    name = whole
    pages = []
    for page in source.pages:
        blocks = []
        for block in page.blocks:
            text = _text(block)
            found = None if _UNICODE_ONLY.search(text) else whole or _judge(text)
            name = name or found
            blocks.append(_converted(block, capitals_kept(_CONVERTERS[found], text)) if found else block)
        pages.append(replace(page, blocks=tuple(blocks)))
    if name is None:
        return source, ()
    message = f"Văn bản gõ bằng phông {name}, đã chuyển sang Unicode. / Typed in a {name} font, converted to Unicode."
    return replace(source, pages=tuple(pages)), (Finding("garbled_text_layer", message, page=1),)


_CONVERTERS: dict[str, Convert] = {"TCVN3": from_tcvn3, "VNI": from_vni}


def _judge(text: str) -> str | None:
    """The legacy encoding of a text, or None: the conversion has to turn nearly all marked words Vietnamese."""
    if _UNICODE_ONLY.search(text) or len(_MARKED.findall(text)) < _FEWEST:
        return None
    if _share(_marked_words(text, _WORD)) > 1 - _ENOUGH / 2:
        return None
    best, share = None, _ENOUGH
    for name, convert in _CONVERTERS.items():
        words = list(_marked_words(text, TCVN3_WORD))
        reached = _share(convert(word) for word in words) if len(words) >= _FEWEST else 0.0
        if reached >= share:
            best, share = name, reached
    return best


def _marked_words(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    return (word for word in pattern.findall(text) if _MARKED.search(word))


def _share(words: Iterator[str] | list[str]) -> float:
    judged = [is_syllable(word) for word in words]
    return sum(judged) / len(judged) if judged else 0.0


def _text(block: SourceBlock) -> str:
    if isinstance(block, SourceTable):
        cells = (cell for row in block.rows for cell in row.cells)
        return "\n".join("".join(run.text for run in runs) for cell in cells for runs in cell.paragraphs)
    return "".join(run.text for run in block.runs)


def _converted(block: SourceBlock, convert: Convert) -> SourceBlock:
    if isinstance(block, SourceLine | SourceParagraph):
        return replace(block, runs=_runs(block.runs, convert))
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, paragraphs=tuple(_runs(runs, convert) for runs in cell.paragraphs)) for cell in row.cells
            ),
        )
        for row in block.rows
    )
    return replace(block, rows=rows)


def _runs(runs: tuple[Run, ...], convert: Convert) -> tuple[Run, ...]:
    return tuple(replace(run, text=convert(run.text)) for run in runs)
