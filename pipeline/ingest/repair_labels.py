"""Labels of paragraphs that OCR misread ("HI." for "III.", "43." for "4.3."), told by the labels around them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.page_words import PageWord
from pipeline.ingest.repair_grammar import ROMANS, UPRIGHT, strokes
from pipeline.rulebook import load_rulebook

Place = tuple[int, str]
"""A line and the label it begins with."""


def repair_labels(lines: Sequence[Sequence[PageWord]]) -> list[list[PageWord]]:
    """The lines with the labels repaired of which the sequence of the page leaves one reading."""
    found: dict[str, list[Place]] = {"number": [], "decimal": [], "plain": []}
    for row, line in enumerate(lines):
        text = " ".join(word.text for word in line[:2]) + " "
        if match := load_rulebook("repair").first("label", text) if text[0] in "IVXHLl|0123456789" else None:
            for kind, label in match.values.items():
                found[kind].append((row, label))
    right = _romans(found["number"]) | _decimals(found["decimal"], found["plain"])
    result = [list(line) for line in lines]
    for row, (old, new) in right.items():
        word = result[row][0]
        result[row][0] = word.repaired(new + word.text[len(old) :], "repair.label")
    return result


def _romans(labels: Sequence[Place]) -> dict[int, tuple[str, str]]:
    """Row → the number as read and as it must be."""
    right: dict[int, tuple[str, str]] = {}
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
    if not before and read is not None and "H" in label and (len(label) > 1 or after == read + 1):
        return read
    return None


def _decimals(decimals: Sequence[Place], plain: Sequence[Place]) -> dict[int, tuple[str, str]]:
    """A label "43." after "4.2." or before "4.4." on a page that counts no 42 and no 44."""
    known = {label: row for row, label in decimals}
    counted = {int(label) for _, label in plain}
    right: dict[int, tuple[str, str]] = {}
    for row, label in plain:
        if len(label) != 2 or label[1] == "0" or counted & {int(label) - 1, int(label) + 1}:
            continue
        chapter, item = label[0], int(label[1])
        before, after = known.get(f"{chapter}.{item - 1}"), known.get(f"{chapter}.{item + 1}")
        if (before is not None and before < row) or (after is not None and after > row):
            right[row] = (label, f"{chapter}.{item}")
            known[f"{chapter}.{item}"] = row
    return right
