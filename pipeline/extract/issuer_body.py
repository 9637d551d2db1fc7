"""The issuer where the header is lost: from the lead-in sentence, the signature or the symbol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.issuer import Body
from pipeline.extract.issuer_names import written
from pipeline.extract.lines import Line
from pipeline.fold import fold
from pipeline.rulebook import RuleMatch, load_rulebook, read_csv


def issuer_in_sentence(recital: Sequence[Line]) -> Body | None:
    """ "..., Ban Dân tộc tỉnh xây dựng Kế hoạch ...": the body before the verb, from the last such line."""
    rules = load_rulebook("issuers")
    for line in reversed(recital):
        for verb in reversed(rules.find("issuing", line.folded)):
            heads = [
                head for head in rules.find("issuing_head", line.folded, 0, verb.start) if _opens(line, head.start)
            ]
            clause = _clause_start(line.folded, verb.start)
            inside = [head.start for head in heads if head.start >= clause] or [
                head.start for head in heads if _only_names(line.folded[head.start : verb.start])
            ]
            if inside:
                start = min(inside)
                end = _name_end(line.folded, start, verb)
                return Body(written(line.text[start:end]), line.start + start, line.start + end)
    return None


def _name_end(folded: str, start: int, issuing: RuleMatch) -> int:
    """Before the first verb behind the body's head: "UBND tỉnh | thống nhất xây dựng …", "Sở Y tế | đã ban hành …"."""
    verb = load_rulebook("issuers").first("issuing_verb", folded, start, issuing.end)
    return min(verb.start, issuing.start) if verb else issuing.start


def _opens(line: Line, start: int) -> bool:
    return start == 0 or not line.folded[start - 1].isalnum()


def _clause_start(folded: str, end: int) -> int:
    """After the last comma, semicolon or full stop before `end`."""
    return max(folded.rfind(sign, 0, end) for sign in (", ", "; ", ". ", ": ")) + 1


def _only_names(words: str) -> bool:
    """A name may hold commas of its own ("Sở Văn hóa, Thể thao và Du lịch")."""
    return words.count(",") == 1 and ";" not in words and len(words) < 60 and fold(words).count(" và ") == 1


def issuer_in_authority(authority: str | None) -> str | None:
    """ "TM. Ủy ban nhân dân" → "Ủy ban nhân dân"."""
    found = re.match(r"T/?M\.?\s*(?P<body>[^,;]+)", authority or "")
    return written(found["body"]) if found else None


def is_of_symbol(name: str, symbol: str | None) -> bool:
    """Does the symbol name this body? "KH-SYT" and "Sở Y tế tỉnh Long An" agree."""
    office = issuer_in_symbol(symbol)
    return office is not None and fold(name).casefold().startswith(fold(office).casefold())


def issuer_in_symbol(symbol: str | None) -> str | None:
    """ "KH-SNV" → "Sở Nội vụ": the office's letters, looked up among the names of units."""
    if not symbol:
        return None
    parts = re.split(r"[-/]", symbol)
    return _offices().get(parts[0] if parts[0] == "UBND" else parts[-1])


@cache
def _offices() -> dict[str, str]:
    """Letters of a symbol → the office; units go before the general abbreviations."""
    spelled = {row["abbreviation"]: row["expansion"] for row in read_csv("abbreviations")}
    offices = {letters: name for letters, name in spelled.items() if name and ";" not in name}
    for row in reversed(read_csv("units")):
        if row["collective"] != "true":
            name = re.sub(r" (?:tỉnh|thành phố)$", "", row["name"])
            offices |= dict.fromkeys(row["aliases"].split("|"), name)
    return offices
