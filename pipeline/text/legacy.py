"""Text typed in TCVN3 (ABC) and VNI fonts → Unicode, told by the share of Vietnamese words before and after.

Sources: TCVN 5712:1993 (VN3 code page) and the VNI-Win code page, as read through Windows-1252.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from pipeline.ingest.vietnamese import is_syllable
from pipeline.records import Finding, Run, SourceBlock, SourceDocument, SourceLine, SourceParagraph, SourceTable

_ENOUGH = 0.8
"""Share of marked words that have to be Vietnamese after the conversion, and may not be before it (1 - that)."""
_FEWEST = 3
"""Marked words from which a single block may be judged without the rest of the document."""
_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_ALONE = dict(zip("íìæóòôöîñÍÌÆÓÒÔÖÎÑ", "íìỉĩịơưỵđÍÌỈĨỊƠƯỴĐ", strict=True))
# Marks typed behind a letter, and what the letter becomes with them.
_VNI_TONES = {"ù": "áéíóúý", "ø": "àèìòùỳ", "û": "ảẻỉỏủỷ", "õ": "ãẽĩõũỹ", "ï": "ạẹịọụỵ"}
_VNI_HATS = {"â": "âêô", "á": "ấếố", "à": "ầềồ", "å": "ẩểổ", "ã": "ẫễỗ", "ä": "ậệộ"}
_VNI_BREVES = dict(zip("êéèúüë", "ăắằẳẵặ", strict=True))
_VNI_HORNS = {"ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)), "ö": dict(zip("ùøûõï", "ứừửữự", strict=True))}
_WORD = re.compile(r"[^\W\d_]+")
_TCVN3_WORD = re.compile("(?:[^\\W\\d_]|[¡-¿×÷])+")
_UNICODE_ONLY = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]"
)
_MARKED = re.compile("[\u00a1-\u00ff]")

Convert = Callable[[str], str]


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
            blocks.append(_converted(block, _capitals_kept(_CONVERTERS[found], text)) if found else block)
        pages.append(replace(page, blocks=tuple(blocks)))
    if name is None:
        return source, ()
    message = f"Văn bản gõ bằng phông {name}, đã chuyển sang Unicode. / Typed in a {name} font, converted to Unicode."
    return replace(source, pages=tuple(pages)), (Finding("garbled_text_layer", message, page=1),)


def from_tcvn3(text: str) -> str:
    """TCVN3 text in Unicode. The font alone says what is capital, so letters with marks come out small."""
    return text.translate(_tcvn3_table())


def from_vni(text: str) -> str:
    """VNI text in Unicode, capitals included."""
    return _vni_pattern().sub(lambda found: _vni_table()[found.group()], text)


_CONVERTERS: dict[str, Convert] = {"TCVN3": from_tcvn3, "VNI": from_vni}


def _judge(text: str) -> str | None:
    """The legacy encoding of a text, or None: the conversion has to turn nearly all marked words Vietnamese."""
    if _UNICODE_ONLY.search(text) or len(_MARKED.findall(text)) < _FEWEST:
        return None
    if _share(_marked_words(text, _WORD)) > 1 - _ENOUGH / 2:
        return None
    best, share = None, _ENOUGH
    for name, convert in _CONVERTERS.items():
        words = list(_marked_words(text, _TCVN3_WORD))
        reached = _share(convert(word) for word in words) if len(words) >= _FEWEST else 0.0
        if reached >= share:
            best, share = name, reached
    return best


def _marked_words(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    return (word for word in pattern.findall(text) if _MARKED.search(word))


def _share(words: Iterator[str] | list[str]) -> float:
    judged = [is_syllable(word) for word in words]
    return sum(judged) / len(judged) if judged else 0.0


def _capitals_kept(convert: Convert, block: str) -> Convert:
    """Capitals where all plain letters of the block are capital, or all (two or more) of the word's."""
    plain = [c for c in block if c.isascii() and c.isalpha()]
    if len(plain) >= 4 and all(c.isupper() for c in plain):
        return lambda text: convert(text).upper()
    return lambda text: _TCVN3_WORD.sub(lambda word: _word_case(convert, word.group()), text)


def _word_case(convert: Convert, word: str) -> str:
    plain = [c for c in word if c.isascii() and c.isalpha()]
    new = convert(word)
    return new.upper() if len(plain) >= 2 and all(c.isupper() for c in plain) else new


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


@cache
def _tcvn3_table() -> dict[int, str]:
    return {ord(old): new for old, new in _TCVN3.items()} | {0x03BC: "à"}


@cache
def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for mark, letters in _VNI_TONES.items():
        table |= {plain + mark: new for plain, new in zip("aeiouy", letters, strict=True)}
    for mark, letters in _VNI_HATS.items():
        table |= {plain + mark: new for plain, new in zip("aeo", letters, strict=True)}
    table |= {"a" + mark: new for mark, new in _VNI_BREVES.items()}
    for base, horns in _VNI_HORNS.items():
        table |= {base + mark: new for mark, new in horns.items()}
    small = [(old, new) for old, new in table.items() if len(old) > 1]
    for old, new in small:  # capitals, and a capital letter whose mark is small or the other way round
        table |= {old.upper(): new.upper(), old[0].upper() + old[1]: new.upper(), old[0] + old[1].upper(): new}
    return table


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni_table()), key=len, reverse=True)))
