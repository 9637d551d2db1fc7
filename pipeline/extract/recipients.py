"""The recipients under "Nơi nhận", one a line as printed, with what each gets the paper for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.evidence import evidence
from pipeline.extract.lines import Line, lines_of
from pipeline.extract.zones import RECIPIENTS, Zones
from pipeline.fold import fold
from pipeline.nlp import Reading
from pipeline.records import Recipient
from pipeline.rulebook import Rulebook, load_rulebook


@dataclass(slots=True)
class _Item:
    text: str
    start: int
    end: int


def read_recipients(reading: Reading, zones: Zones) -> tuple[Recipient, ...]:
    """The recipients in the order of the list, the archive line ("Lưu: ...") last as it stands."""
    rules = load_rulebook("recipients")
    lines = lines_of(reading.plan)
    items = _items([lines[index] for index in zones.blocks(RECIPIENTS)], rules)
    made = (_recipient(reading, item, rules) for item in items)
    return tuple(recipient for recipient in made if recipient.text)


def _recipient(reading: Reading, item: _Item, rules: Rulebook) -> Recipient:
    path = rules.first("path_tail", fold(item.text))
    text = item.text[: path.start if path else None].strip().rstrip(";.,: ").strip()
    purpose = rules.first("purpose", fold(text))
    return Recipient(
        text=text,
        evidence=evidence(reading.plan, (item.start, item.end), "recipients.line", 0.95),
        purpose=text[slice(*purpose.spans["purpose"])] if purpose else None,
        is_archive=rules.first("archive", fold(text)) is not None,
    )


def _items(lines: Sequence[Line], rules: Rulebook) -> list[_Item]:
    pieces = list(_pieces(lines, rules))
    bulleted = any(has_bullet for _, _, has_bullet in pieces)
    items: list[_Item] = []
    for text, start, has_bullet in pieces:
        if not has_bullet and (rules.full("subhead", fold(text)) or rules.full("noise", fold(text))):
            continue
        if items and not has_bullet and _goes_on(items[-1], text, bulleted):
            items[-1].text += " " + text
            items[-1].end = start + len(text)
        elif items and _is_after_archive(items[-1], has_bullet, rules):
            break
        else:
            items.append(_Item(text, start, start + len(text)))
    return items


def _goes_on(item: _Item, text: str, bulleted: bool) -> bool:
    """A line without a bullet goes on with the one above, unless that one is closed."""
    if item.text.endswith((",", ":", "-")) or text[:1].islower() or text[:1] == "(":
        return True
    return bulleted and not item.text.endswith((";", "."))


def _is_after_archive(item: _Item, has_bullet: bool, rules: Rulebook) -> bool:
    """ "Lưu: VT, TH." closes the list; what follows without a bullet is the typist's mark."""
    return not has_bullet and item.text.endswith(".") and rules.first("archive", fold(item.text)) is not None


def _pieces(lines: Sequence[Line], rules: Rulebook) -> Iterator[tuple[str, int, bool]]:
    """The list's lines without heading and bullets: words, start, did a bullet stand before them."""
    for line in lines:
        if line.is_table or line.role == "footnote":
            continue
        at = 0
        if head := rules.first("head", line.folded):
            at = head.end
        cuts = [at, *(cut.start for cut in rules.find("next_bullet", line.folded, at)), len(line.text)]
        for start, end in pairwise(cuts):
            yield from _piece(line, start, end, rules)


def _piece(line: Line, start: int, end: int, rules: Rulebook) -> Iterator[tuple[str, int, bool]]:
    words = line.text[start:end]
    start += len(words) - len(words.lstrip())
    bullet = rules.first("bullet", fold(words.strip()))
    if bullet:
        start += bullet.end
    text = line.text[start:end].strip()
    if any(sign.isalnum() for sign in text):
        yield text, line.start + start, bullet is not None
