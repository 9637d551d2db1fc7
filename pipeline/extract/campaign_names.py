"""Names of campaigns, movements and themes in the text: quoted behind a cue, listed, or known without quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from pipeline.extract.campaign_quotes import Quote, find_quotes
from pipeline.fold import fold
from pipeline.link.campaigns import campaign_key, known_campaigns
from pipeline.rulebook import Rulebook, RuleMatch, load_rulebook

if TYPE_CHECKING:
    from pipeline.nlp import Reading

Kind = Literal["campaign", "movement", "theme"]

_KINDS: dict[str, Kind] = {"cue.campaign": "campaign", "cue.movement": "movement", "cue.theme": "theme"}
_REACH = 200


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a name. `cue` is the place of its cue; `chain` numbers the list it stands in."""

    start: int
    end: int
    name_start: int
    name_end: int
    kind: Kind
    cue: int
    chain: int
    rule_id: str


def book() -> Rulebook:
    return load_rulebook("campaigns")


def find_named(reading: Reading) -> list[Named]:
    """All mentions in text order."""
    quoted = list(_quoted(reading))
    quotes = [(quote.start, quote.end) for quote in find_quotes(reading.plan.text)]
    known = [named for named in _known(reading) if not _inside(named, quotes)]
    return sorted(quoted + known, key=lambda named: named.start)


def _quoted(reading: Reading) -> Iterator[Named]:
    folded, chain = reading.plan.folded, 0
    last: Named | None = None
    behind = 0
    for quote in find_quotes(reading.plan.text):
        named = _by_cue(folded, quote, behind, chain + 1)
        if named is None and last is not None and last.end == behind and _continues(folded, last.end, quote.start):
            named = _named(quote, last.kind, last.cue, last.chain, "campaign.listed")
        behind = quote.end
        if named and _is_campaign(folded, quote):
            chain = named.chain
            last = named
            yield named


def _by_cue(folded: str, quote: Quote, behind: int, chain: int) -> Named | None:
    """The quote under the last cue that reaches it."""
    line = max(folded.rfind("\n", 0, quote.start), folded.rfind("\t", 0, quote.start)) + 1
    start = max(behind, line, quote.start - _REACH)
    cues = book().find("cue", folded, start, quote.start)
    if not cues or not _reaches(folded, cues, start, quote):
        return None
    cue = cues[-1]
    # "khẩu hiệu thi đua", "chủ đề thi đua": a theme, whatever word comes last.
    theme = next((c for c in reversed(cues) if c.rule_id == "cue.theme" and cue.start - c.end < 25), None)
    kind = _KINDS[(theme or cue).rule_id]
    if kind == "theme" and _of_event(folded[start : (theme or cue).start]):
        return None
    return _named(quote, kind, cue.start, chain, cue.rule_id.replace("cue.", "campaign.quoted_"))


def _named(quote: Quote, kind: Kind, cue: int, chain: int, rule_id: str) -> Named:
    return Named(quote.start, quote.end, quote.name_start, quote.name_end, kind, cue, chain, rule_id)


def _reaches(folded: str, cues: Sequence[RuleMatch], start: int, quote: Quote) -> bool:
    between = folded[cues[-1].end : quote.start]
    if book().first("reach", between) is None and between.strip():
        return False
    if re.search(r"(?:về|V/v|việc)\s*$", between):
        return False
    return not any(word in between for word in book().words("blockers"))


def _of_event(before: str) -> bool:
    """The nearest word before is a meeting or show, not a day, a month or a campaign that bears the theme."""
    near = before[-130:]
    event = max(near.casefold().rfind(word) for word in book().words("events"))
    return event > max(near.rfind(word) for word in book().words("theme_bearers"))


def _continues(folded: str, end: int, start: int) -> bool:
    """Between two names of one list: separators, and the first one's period."""
    gap = folded[end:start]
    for period in reversed(book().find("campaign_period", gap)):
        gap = gap[: period.start] + gap[period.end :]
    gap = re.sub(r"\([^()]{0,60}\)", "", gap)
    return len(gap) < 90 and book().first("list_gap", gap or " ") is not None


def _is_campaign(folded: str, quote: Quote) -> bool:
    return book().first("not_campaign", folded[quote.name_start : quote.name_end]) is None


def _known(reading: Reading) -> Iterator[Named]:
    """Names of the register without quotes, right behind a cue."""
    folded = reading.plan.folded
    for found in _known_pattern().finditer(folded):
        cues = book().find("cue", folded, max(0, found.start() - 40), found.start())
        if cues and re.fullmatch(r"[ :]*", folded[cues[-1].end : found.start()]):
            kind = _KINDS[cues[-1].rule_id]
            yield Named(*found.span(), *found.span(), kind, cues[-1].start, -found.start() - 1, "campaign.unquoted")


@cache
def _known_pattern() -> re.Pattern[str]:
    names = (r"[\s,-]+".join(map(re.escape, campaign_key(fold(name)).split())) for name in known_campaigns())
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)


def _inside(named: Named, quotes: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(quotes, (named.start, named.end)) - 1
    return at >= 0 and named.start < quotes[at][1]
