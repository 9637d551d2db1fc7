"""Where a paper opens: its type line, its title, and the recital up to the plan's own content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.lines import Line
from pipeline.extract.toneless import toneless
from pipeline.rulebook import Rulebook, load_rulebook

# A header never runs longer than this; a type word below it is a cited paper's or a second paper's.
_HEADER_LINES = 60
_RECITAL_LINES = 60
_TITLE_LINES = 12
_LONGEST_TITLE_LINE = 400


@dataclass(frozen=True, slots=True)
class Opening:
    """Line indices: `type_line` (None for an official letter), title lines, addressees, [recital, body)."""

    type_line: int | None
    title: tuple[int, ...]
    addressees: tuple[int, ...]
    recital: int
    body: int


def find_opening(lines: Sequence[Line]) -> Opening:
    """The opening of the first paper in the text."""
    rules = load_rulebook("zones")
    type_line = _type_line(lines, rules)
    title = subject_lines(lines, rules) if type_line is None else _title(lines, type_line, rules)
    after = 0 if type_line is None else max((*title, type_line)) + 1
    addressees = _addressees(lines, after, rules)
    recital = max(after, addressees[-1] + 1) if addressees else after
    if type_line is None and not addressees:
        recital = _first_prose(lines, max(title, default=-1) + 1, rules)
    narrative = type_line is None or bool(rules.first("narrative", lines[type_line].folded))
    body = (_after_grounds if narrative else _body)(lines, recital, rules)
    return Opening(type_line, title, addressees, recital, body)


def _type_line(lines: Sequence[Line], rules: Rulebook) -> int | None:
    head = [line for line in lines[:_HEADER_LINES] if not line.is_table and line.column != 1]
    whole = next((line.index for line in head if is_type_line(line, rules)), None)
    if whole is not None:
        return whole
    if any(rules.first("addressee", line.folded) for line in head):
        return None
    return next((line.index for line in head if rules.first("type_start", line.folded)), None)


def is_type_line(line: Line, rules: Rulebook) -> bool:
    """The kind of paper alone on its line, in capitals; a scan may have lost their marks."""
    words = line.folded.rstrip(" :.")
    if rules.full("type_line", words):
        return True
    return words.isupper() and toneless(words) in {toneless(kind) for kind in rules.words("types")}


def _title(lines: Sequence[Line], type_line: int, rules: Rulebook) -> tuple[int, ...]:
    """The lines under the type word that belong to the title, notes and rules in between left out."""
    title: list[int] = []
    for line in lines[type_line + 1 : type_line + 1 + _TITLE_LINES]:
        if rules.full("aside", line.folded):
            if title and not any(sign.isalnum() for sign in line.text):
                break
            continue
        if not _goes_on(lines, title, line, rules):
            break
        title.append(line.index)
    return tuple(title)


def _goes_on(lines: Sequence[Line], title: Sequence[int], line: Line, rules: Rulebook) -> bool:
    if line.is_table or len(line.text) > _LONGEST_TITLE_LINE or _is_never_title(line, rules):
        return False
    ends_sentence = line.text.endswith((";", ":", "."))
    opens_recital = rules.first("recital", line.folded) is not None
    if not title:
        # "Thực hiện Chương trình ..." may open a title; a recital of that form is a whole sentence.
        return not (ends_sentence and opens_recital)
    first = lines[title[0]]
    if ends_sentence and not line.bold:
        return False
    if line.text[0].islower() or line.text[0].isdigit() or line.folded[0] in '("':
        return len(line.text) < 250
    if opens_recital and not (line.bold and first.bold):
        return False
    return line.bold == first.bold and len(line.text) < 160


def _is_never_title(line: Line, rules: Rulebook) -> bool:
    groups = ("ground", "heading", "addressee", "authority", "decides", "recipients_head")
    return any(rules.first(group, line.folded) for group in groups)


def subject_lines(lines: Sequence[Line], rules: Rulebook) -> tuple[int, ...]:
    """The "V/v ..." lines of an official letter, which stand under its number."""
    head = lines[:_HEADER_LINES]
    start = next((line.index for line in head if rules.first("subject", line.folded)), None)
    if start is None:
        return _under_number(head, rules)
    found = [start]
    for line in lines[start + 1 : start + 8]:
        if line.is_table or rules.first("not_subject", line.folded) or rules.first("addressee", line.folded):
            break
        if line.column != lines[start].column or (not line.column and not line.text[0].islower()):
            break
        found.append(line.index)
    return tuple(found)


def _under_number(head: Sequence[Line], rules: Rulebook) -> tuple[int, ...]:
    """A Party letter's subject has no "V/v": the ordinary words right under the number."""
    numbers = load_rulebook("header")
    start = next((line.index for line in head if numbers.first("number", line.folded)), None)
    if start is None or not any(rules.first("addressee", line.folded) for line in head[start:]):
        return ()
    found: list[int] = []
    for line in head[start + 1 : start + 8]:
        if not found and rules.full("aside", line.folded):
            continue
        ended = rules.first("not_subject", line.folded) or rules.first("addressee", line.folded)
        if line.is_table or ended or line.column != head[start].column or not _is_prose(line.text):
            break
        found.append(line.index)
    return tuple(found)


def _is_prose(text: str) -> bool:
    """Words in ordinary writing, not a name in capitals or a sign."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and sum(sign.islower() for sign in letters) > 0.6 * len(letters)


def _addressees(lines: Sequence[Line], start: int, rules: Rulebook) -> tuple[int, ...]:
    """The lines of "Kính gửi: ..." and of the list under it."""
    head = lines[start : start + (12 if start else _HEADER_LINES)]
    first = next((line.index for line in head if rules.first("addressee", line.folded)), None)
    if first is None:
        return ()
    found = [first]
    listed = lines[first].text.endswith(":")
    for line in lines[first + 1 : first + 30]:
        item = line.text[:1] in "-+•*" or (listed and len(line.text) < 90 and not line.text.endswith(":"))
        if line.is_table or not item or rules.first("recital", line.folded):
            break
        found.append(line.index)
    return tuple(found)


def _first_prose(lines: Sequence[Line], start: int, rules: Rulebook) -> int:
    """A paper without type line and addressee: its body begins at the first ground, heading, table or sentence."""
    for line in lines[start:_HEADER_LINES]:
        if line.is_table or len(line.text) > 200:
            return line.index
        if rules.first("ground", line.folded) or rules.first("heading", line.folded):
            return line.index
    return start


def _body(lines: Sequence[Line], start: int, rules: Rulebook) -> int:
    """The first line of the plan's own content."""
    for line in lines[start : start + _RECITAL_LINES]:
        if rules.full("decides", line.folded):
            return line.index + 1
        if line.is_table or (_is_item(line, rules) and not rules.first("recital", line.folded)):
            return line.index
        if rules.first("lead_in", line.folded):
            return line.index + 1
    return _after_grounds(lines, start, rules)


def _is_item(line: Line, rules: Rulebook) -> bool:
    return bool(rules.first("heading", line.folded)) or line.text[:1] in "-+•*"


def _after_grounds(lines: Sequence[Line], start: int, rules: Rulebook) -> int:
    """A letter or directive tells a story: of it only what cites its grounds is recital."""
    end = start
    while end < len(lines) and not lines[end].is_table and rules.first("basis", lines[end].folded):
        end += 1
    return end
