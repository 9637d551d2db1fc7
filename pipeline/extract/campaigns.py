"""Campaigns: one row a distinct named campaign, movement or theme of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from pipeline.extract.campaign_names import Named, book, find_named
from pipeline.link.campaigns import campaign_key, link_campaign
from pipeline.link.provinces import find_province
from pipeline.records import Campaign, Evidence

if TYPE_CHECKING:
    from pipeline.extract.context import Context
    from pipeline.extract.zones import Zones
    from pipeline.nlp import Reading

Years = tuple[int, int]
Action = Literal["launch", "continue", "review", "mention"]

_CUE_REACH = 60
_SILENT_ZONES = ("recipients", "signature")
_ACTIONS: dict[str, Action] = {
    "action.launch": "launch",
    "action.review": "review",
    "action.continue": "continue",
}
_CONFIDENCE = {"campaign.listed": 0.95, "campaign.unquoted": 0.8, "campaign.quoted_theme": 0.85}


def read_campaigns(reading: Reading, zones: Zones, context: Context) -> tuple[Campaign, ...]:
    """The campaigns in order of their first mention; later mentions of the same name are counted."""
    mentions = [named for named in find_named(reading) if zones.at(named.start) not in _SILENT_ZONES]
    periods = _periods(mentions, reading.plan.folded)
    groups: dict[str, list[int]] = {}
    for index, named in enumerate(mentions):
        groups.setdefault(campaign_key(_name(named, reading)), []).append(index)
    return tuple(
        _campaign([mentions[i] for i in group], [periods[i] for i in group], reading, context)
        for group in groups.values()
    )


def _name(named: Named, reading: Reading) -> str:
    return re.sub(r"\s+", " ", reading.plan.text[named.name_start : named.name_end]).strip(" .,;")


def _campaign(
    mentions: Sequence[Named], periods: Sequence[Years | None], reading: Reading, context: Context
) -> Campaign:
    first, name = mentions[0], _name(mentions[0], reading)
    years = next(filter(None, periods), None) or _years_in(reading.plan.folded[first.name_start : first.name_end])
    link = link_campaign(name)
    confidence = _CONFIDENCE.get(first.rule_id, 0.96)
    return Campaign(
        name=name,
        evidence=Evidence(first.start, first.end, first.rule_id, confidence),
        kind=first.kind,
        scope=_scope(name, context) or (link.scope if link else None),
        period_start_year=years[0] if years else None,
        period_end_year=years[1] if years else None,
        action=_action(first, reading),
        mentions=len(mentions),
        campaign_id=link.campaign_id if link else None,
        link_method=link.method if link else None,
        link_score=link.score if link else None,
    )


def _periods(mentions: Sequence[Named], folded: str) -> list[Years | None]:
    """The period said behind each name; the one behind a list is that of all its names when it is the only one."""
    limits = [*(named.start for named in mentions[1:]), len(folded)][: len(mentions)]
    behind = [_years_behind(named, limit, folded) for named, limit in zip(mentions, limits, strict=True)]
    chains: dict[int, list[int]] = {}
    for index, named in enumerate(mentions):
        chains.setdefault(named.chain, []).append(index)
    shared = {
        chain: behind[items[-1]] for chain, items in chains.items() if not any(behind[item] for item in items[:-1])
    }
    inside = [_years_in(folded[named.name_start : named.name_end]) for named in mentions]
    return [
        own or within or shared.get(named.chain) or _years_before(named, folded)
        for named, own, within in zip(mentions, behind, inside, strict=True)
    ]


def _years_before(named: Named, folded: str) -> Years | None:
    """ "chủ đề thi đua năm 2024 là "…"", "phong trào thi đua năm 2024 với chủ đề "…"": before the name, or the cue."""
    between = folded[named.cue : named.start] if named.start - named.cue < _CUE_REACH else ""
    found = book().find("campaign_period", between)
    if not found and named.kind == "theme":
        before = folded[max(0, named.cue - _CUE_REACH) : named.cue]
        found = book().find("theme_year", before[max(before.rfind(sign) for sign in ".;\n\t") + 1 :])
    return _years(found[0].values) if len(found) == 1 else None


def _years_behind(named: Named, limit: int, folded: str) -> Years | None:
    found = book().first("campaign_period", folded, named.end, min(limit, named.end + 120))
    if found is None or book().first("period_gap", folded[named.end : found.start] or " ") is None:
        return None
    work = folded[named.end : found.start].rstrip().endswith("trong") and named.kind != "theme"
    if found.rule_id == "campaign_period.year" and work:
        return None  # the year of the work, not of the campaign; a theme is the year's own
    return _years(found.values)


def _years_in(name: str) -> Years | None:
    found = book().find("campaign_period", name)
    return _years(found[-1].values) if found else None


def _years(values: Mapping[str, str]) -> Years:
    return int(values["first"]), int(values.get("last", values["first"]))


def _action(named: Named, reading: Reading) -> Action:
    """The last word of doing before the cue, in the same sentence."""
    folded = reading.plan.folded
    start = (
        max(
            folded.rfind("\n", 0, named.cue),
            folded.rfind(". ", 0, named.cue),
            folded.rfind("\t", 0, named.cue),
        )
        + 1
    )
    found = book().find("action", folded, start, named.cue)
    actions = [_ACTIONS[match.rule_id] for match in found if match.rule_id in _ACTIONS]
    return actions[-1] if actions else "mention"


def _scope(name: str, context: Context) -> str | None:
    """What the name itself says: a province's name or "toàn tỉnh" makes it the province's own."""
    if find_province(name, context.issue_date):
        return "province"
    found = book().first("scope", name)
    return found.rule_id.removeprefix("scope.") if found else None
