"""Campaign names linked to the register. Source: rules/campaigns.csv; the threshold: rules/campaigns.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz import fuzz, process

from pipeline.fold import fold
from pipeline.link.provinces import provinces
from pipeline.rulebook import load_rulebook, read_csv


@dataclass(frozen=True, slots=True)
class CampaignLink:
    """A register row and how it was found; `score` is 0 to 1, 1 for exact and alias."""

    campaign_id: str
    method: Literal["exact", "alias", "fuzzy"]
    score: float
    kind: str
    scope: str | None


def link_campaign(name: str) -> CampaignLink | None:
    """The register's campaign of that name: its own name, an alias, or the nearest above the threshold."""
    key = campaign_key(name)
    if row := _names().get(key):
        return _link(row, "exact", 1.0)
    if row := _aliases().get(key) or next(_by_pattern(name), None):
        return _link(row, "alias", 1.0)
    known = _names() | _aliases()
    best = process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=_threshold())
    return _link(known[best[0]], "fuzzy", round(best[1] / 100, 4)) if best else None


def campaign_key(name: str) -> str:
    """What makes two spellings one name: case, blanks, dashes and closing marks do not count."""
    return re.sub(r"[\s\-,.;:]+", " ", fold(name)).strip().casefold()


def known_campaigns() -> tuple[str, ...]:
    """Names and aliases long enough to be told from plain words without quotes (four syllables and more)."""
    names = [row["name"] for row in _names().values()]
    names += [alias for row in read_csv("campaigns") for alias in row["aliases"].split("|")]
    return tuple(sorted({name for name in names if len(name.split()) >= 4}, key=len, reverse=True))


def _threshold() -> float:
    return float(load_rulebook("campaigns").words("fuzzy_threshold")[0])


def _link(row: dict[str, str], method: Literal["exact", "alias", "fuzzy"], score: float) -> CampaignLink:
    return CampaignLink(row["campaign_id"], method, score, row["kind"], row["scope"] or None)


@cache
def _names() -> dict[str, dict[str, str]]:
    return {campaign_key(row["name"]): row for row in reversed(read_csv("campaigns"))}


@cache
def _aliases() -> dict[str, dict[str, str]]:
    rows = read_csv("campaigns")
    return {campaign_key(alias): row for row in rows for alias in filter(None, row["aliases"].split("|"))}


def _by_pattern(name: str) -> Iterator[dict[str, str]]:
    """Rows one of whose alias patterns covers the whole name."""
    folded = fold(name).strip()
    return (row for row, pattern in _patterns() if pattern.fullmatch(folded))


@cache
def _patterns() -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    """ "{province} chung sức xây dựng nông thôn mới": {province} is any province's name, {any} up to 60 signs."""
    places = "|".join(sorted({re.escape(fold(p.name)) for p in provinces()}, key=len, reverse=True))
    return tuple(
        (row, re.compile(_expanded(fold(alias), places), re.IGNORECASE))
        for row in read_csv("campaigns")
        for alias in filter(None, row["alias_pattern"].split("|"))
    )


def _expanded(alias: str, places: str) -> str:
    parts = re.split(r"(\{province\}|\{any\})", alias)
    known = {"{province}": f"(?:{places})", "{any}": ".{0,60}"}
    return "".join(known.get(part) or re.escape(part) for part in parts)
