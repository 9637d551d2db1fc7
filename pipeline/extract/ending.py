"""Where a paper ends: closing words, recipients, signature block, and what is bound behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.lines import Line
from pipeline.rulebook import Rulebook, load_rulebook

_CLOSING_REACH = 6
_SIGNATURE_REACH = 80
_BLOCK_LINES = 16
_LONGEST_BLOCK_LINE = 110

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ending:
    """Line ranges, end exclusive; (0, 0) where the part is missing. From `appendix` on all is appendix."""

    closing: Range
    recipients: Range
    signature: Range
    appendix: int


def find_ending(lines: Sequence[Line], body: int) -> Ending:
    """The end of the first paper, whose content begins at line `body`."""
    rules = load_rulebook("zones")
    head = next((i for i in range(body, len(lines)) if _is(rules, "recipients_head", lines[i])), None)
    signature = _lone_signature(lines, body, rules) if head is None else _signature(lines, body, head, rules)
    recipients = (0, 0) if head is None else (head, _recipients_end(lines, head, signature, rules))
    end = max(recipients[1], signature[1]) or _loose_appendix(lines, body, rules)
    first = min((part[0] for part in (recipients, signature) if part[1]), default=end)
    return Ending((_closing(lines, body, first, rules), first), recipients, signature, end)


def _is(rules: Rulebook, group: str, line: Line) -> bool:
    return not line.is_table and rules.first(group, line.folded) is not None


def _starts_other(rules: Rulebook, line: Line) -> bool:
    """A line that belongs to an appendix or a second paper, never to a signature block."""
    if line.is_table or rules.full("type_line", line.folded) or rules.first("motto", line.folded):
        return True
    return rules.first("appendix_head", line.folded) is not None


def _signature(lines: Sequence[Line], body: int, head: int, rules: Rulebook) -> Range:
    for line in lines[head + 1 : head + _SIGNATURE_REACH]:
        if _starts_other(rules, line):
            break
        # Beside the recipients stands the signer, even where a stamp made his title unreadable.
        if _is(rules, "signature_start", line) or (lines[head].column == 1 and line.column == 2):
            return _with_bodies(lines, head + 1, line.index), _signature_end(lines, line.index, rules)
    return _signature_before(lines, body, head, rules)


def _signature_before(lines: Sequence[Line], body: int, head: int, rules: Rulebook) -> Range:
    """Signers printed above the recipients: the short lines that stand directly before them."""
    start = head
    while start > body and head - start < 2 * _BLOCK_LINES and _is_short(lines[start - 1]):
        start -= 1
    found = [i for i in range(start, head) if _is(rules, "signature_start", lines[i])]
    return (_with_bodies(lines, body, found[0]), head) if found else (0, 0)


def _with_bodies(lines: Sequence[Line], body: int, start: int) -> int:
    """Joint papers print each signer's body above the title: "SỞ Y TẾ" / "GIÁM ĐỐC"."""
    while start > body and _is_body(lines[start - 1]) and lines[start - 1].column == lines[start].column:
        start -= 1
    return start


def _is_body(line: Line) -> bool:
    """A body's name alone on its line, in capitals."""
    named = load_rulebook("issuers").first("signing_body", line.folded)
    return named is not None and line.text.isupper() and _is_short(line)


def _is_short(line: Line) -> bool:
    whole = not line.text.endswith((".", ";", ":")) or len(line.text) < 30
    return not line.is_table and len(line.text) <= _LONGEST_BLOCK_LINE and whole and line.text[:1] not in "-+•*"


def _lone_signature(lines: Sequence[Line], body: int, rules: Rulebook) -> Range:
    """No recipients: the first signer's title that a name follows, else one among the last lines."""
    found = [line.index for line in lines[body:] if _is(rules, "signature_start", line)]
    blocks = [(index, _signature_end(lines, index, rules)) for index in found]
    named = ((s, e) for s, e in blocks if any(rules.full("name", line.folded) for line in lines[s + 1 : e]))
    start, end = next(named, None) or next((b for b in blocks if b[0] >= len(lines) - _BLOCK_LINES), (0, 0))
    return (_with_bodies(lines, body, start), end) if end else (0, 0)


def _signature_end(lines: Sequence[Line], start: int, rules: Rulebook) -> int:
    named = False
    for line in lines[start + 1 : start + 2 * _BLOCK_LINES]:
        opens = _is(rules, "signature_start", line)
        beside = line.column == 2 and lines[start].column in (1, 2)
        if _starts_other(rules, line) or not (beside or _is_short(line)) or line.page > lines[start].page + 1:
            return line.index
        if _is(rules, "recipients_head", line):
            return line.index
        if named and line.text.isupper() and not (opens or beside or _heads_signer(lines, line, rules)):
            return line.index
        if line.index - start > _BLOCK_LINES and not opens:
            return line.index
        named = named or (not opens and _is_person(line, rules))
    return min(len(lines), start + 2 * _BLOCK_LINES)


def _heads_signer(lines: Sequence[Line], line: Line, rules: Rulebook) -> bool:
    """The body of the next signer, his title right below it."""
    return _is_body(line) and any(_is(rules, "signature_start", below) for below in lines[line.index + 1 :][:1])


def _is_person(line: Line, rules: Rulebook) -> bool:
    """A name, not the capitals of an office or body."""
    return rules.full("name", line.folded) is not None and not load_rulebook("signature").first("no_name", line.folded)


def _recipients_end(lines: Sequence[Line], head: int, signature: Range, rules: Rulebook) -> int:
    if signature[0] > head:
        return signature[0]
    for line in lines[head + 1 :]:
        if _starts_other(rules, line) or len(line.text) > 2 * _LONGEST_BLOCK_LINE:
            return line.index
        if line.page > lines[head].page + 1 or line.role == "footnote":
            return line.index
    return len(lines)


def _closing(lines: Sequence[Line], body: int, end: int, rules: Rulebook) -> int:
    """The first of the last lines that says the plan is over; `end` when none does."""
    for line in lines[max(body, end - _CLOSING_REACH) : end]:
        if _is(rules, "closing", line) and not any(_is_item(rules, after) for after in lines[line.index : end]):
            return line.index
    return end


def _is_item(rules: Rulebook, line: Line) -> bool:
    return line.is_table or bool(rules.first("heading", line.folded)) or line.text[:1] in "-+•*"


def _loose_appendix(lines: Sequence[Line], body: int, rules: Rulebook) -> int:
    """Neither recipients nor signature: an appendix begins at its own capitals after the closing stroke."""
    closed = False
    for line in lines[body:]:
        if closed and _is(rules, "appendix_head", line) and line.text[:4].isupper():
            return line.index
        closed = closed or line.text.endswith("./.")
    return len(lines)
