"""Labels of paragraphs that OCR misread ("HI." for "III.", "43." for "4.3."), told by the labels around them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.grammar import ROMANS, UPRIGHT, strokes
from pipeline.rulebook import load_rulebook

Place = tuple[int, str]
"""A line and the label it begins with."""
Right = dict[int, tuple[str, str]]
"""Line → the label as read and as it must be."""
_ALPHABET = "abcdđeghiklmnopq"
_ALIKE = {"a": "äáàâãạ", "b": "h", "c": "eoé", "d": "đ", "đ": "däð", "e": "cé", "g": "q", "h": "b", "i": "l", "o": "ô"}
"""Letter of a list → what is read for it."""
_BULLETS = frozenset("~_«»=¬")


def repair_labels(lines: Sequence[Sequence[PageWord]]) -> list[list[PageWord]]:
    """The lines with the labels repaired of which the sequence of the page leaves one reading."""
    found: dict[str, list[Place]] = {"number": [], "letter": [], "decimal": [], "plain": [], "colon": []}
    for row, line in enumerate(lines):
        text = " ".join(word.text for word in line[:2]) + " "
        if (
            match := load_rulebook("repair").first("label", text)
            if not text[0].isupper() or text[0] in "IVXHL"
            else None
        ):
            for kind, label in match.values.items():
                found[kind].append((row, label))
    right = _romans(found["number"]) | _decimals(found["decimal"], found["plain"])
    right |= _stops(found["colon"], found["plain"])
    right |= _ones(found["number"], found["letter"], found["plain"]) | _letters(found["letter"])
    result = [list(line) for line in lines]
    for row, (old, new) in right.items():
        word = result[row][0]
        result[row][0] = word.repaired(new + word.text[len(old) :], "repair.label")
    return [_with_bullet(line) for line in result]


def _with_bullet(line: list[PageWord]) -> list[PageWord]:
    """A stroke of another kind, or a full stop, that stands alone before a capital is the "-" of a list."""
    bullet = len(line) > 1 and (line[0].text in _BULLETS or line[0].text == ".") and line[1].text[:1].isupper()
    return [line[0].repaired("-", "repair.bullet"), *line[1:]] if bullet else line


def _stops(colons: Sequence[Place], plain: Sequence[Place]) -> Right:
    """ "2:" that follows "1." or precedes "3.", and stands beside no other number, is "2."."""
    right: Right = {}
    for row, label in colons:
        number = int(label[:-1])
        before = next((int(own) for at, own in reversed(plain) if at < row), None)
        after = next((int(own) for at, own in plain if at > row), None)
        if (before == number - 1 and after in (None, 1, number + 1)) or (before is None and after == number + 1):
            right[row] = (label, f"{number}.")
    return right


def _ones(numbers: Sequence[Place], letters: Sequence[Place], plain: Sequence[Place]) -> Right:
    """ "l)" that is followed by "2)" is "1)", unless it comes after "k)"."""
    right: Right = {}
    labels = sorted((*numbers, *letters, *plain))
    for at, (row, label) in enumerate(labels[:-1]):
        if label in ("l", "|") and labels[at + 1][1] == "2" and (at == 0 or labels[at - 1][1] != "k"):
            right[row] = (label, "1")
    return right


def _letters(letters: Sequence[Place]) -> Right:
    """A letter between two letters that leave one place between them, read as one that looks like it."""
    right: Right = {}
    for at, (row, label) in enumerate(letters):
        before = _ALPHABET.find(letters[at - 1][1]) if at else -1
        after = _ALPHABET.find(letters[at + 1][1]) if at + 1 < len(letters) else -1
        first = label not in _ALPHABET and after == 1
        own = "a" if first else _ALPHABET[before + 1] if before >= 0 and after == before + 2 else label
        if label in _ALIKE.get(own, ""):
            right[row] = (label, own)
    return right


def _romans(labels: Sequence[Place]) -> Right:
    """Roman numbers: by their strokes, and by the numbers before and after them."""
    right: Right = {}
    before = 0
    for at, (row, label) in enumerate(labels):
        if label in ROMANS and (label != "I" or before == 0):
            before = ROMANS.index(label) + 1
            continue
        after = next((ROMANS.index(nxt) + 1 for _, nxt in labels[at + 1 : at + 2] if nxt in ROMANS), 0)
        number = _number(label, before, after)
        if number is not None and ROMANS[number - 1] != label:
            right[row] = (label, ROMANS[number - 1])
            before = number
    return right


def _number(label: str, before: int, after: int) -> int | None:
    """The number a misread Roman label stands for, between the ones before and after it (0: none on the page)."""
    literal = label.translate(UPRIGHT)
    read = ROMANS.index(literal) + 1 if literal in ROMANS else None
    if before and (read == before + 1 or (after == before + 2 and abs(strokes(label) - before - 1) <= 2)):
        return before + 1
    if not before and after == 2 and len(label) > 1 and strokes(label) <= 3:
        return 1
    if not before and read is not None and "H" in label and (len(label) > 1 or after == read + 1):
        return read
    return None


def _decimals(decimals: Sequence[Place], plain: Sequence[Place]) -> Right:
    """A label "43." after "4.2." or before "4.4." on a page that counts no 42 and no 44."""
    known = {label: row for row, label in decimals}
    counted = {int(label) for _, label in plain}
    right: Right = {}
    for row, label in plain:
        if len(label) != 2 or label[1] == "0" or counted & {int(label) - 1, int(label) + 1}:
            continue
        chapter, item = label[0], int(label[1])
        before, after = known.get(f"{chapter}.{item - 1}"), known.get(f"{chapter}.{item + 1}")
        if (before is not None and before < row) or (after is not None and after > row):
            right[row] = (label, f"{chapter}.{item}")
            known[f"{chapter}.{item}"] = row
    return right
