"""The province a paper comes from: its issuer's name, its place of issue, else what its body speaks of."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extract.toneless import toneless
from pipeline.fold import fold
from pipeline.link.provinces import Province, find_province, province_by_name, provinces
from pipeline.link.seats import province_of_seat
from pipeline.rulebook import load_rulebook

# The kind of place a committee's word says: "Huyện ủy" sits in a huyện.
_SEAT_KINDS = {"thị": "thị xã", "thành": "thành phố"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A province with the words that name it (offsets in the text given)."""

    province: Province
    start: int
    end: int


def signing_day(date: dt.date | None, year: int | None, month: int | None, plan_year: int | None) -> dt.date | None:
    """A day that stands for the time of signing when looking up provinces; None when nothing is known."""
    if date:
        return date
    if year:
        return dt.date(year, month or 1, 1)
    return dt.date(plan_year, 1, 1) if plan_year else None


def province_in_names(names: Sequence[str], day: dt.date | None) -> Province | None:
    """The province named in the issuer's own name, else in its parents'."""
    for name in reversed(names):
        if found := _outside_schools(name, day):
            return found
    return None


def _outside_schools(name: str, day: dt.date | None) -> Province | None:
    """A school, street or district may bear a province's name; only "tỉnh X" or a provincial body's tail counts."""
    titled = re.search(r"(?:tỉnh|thành phố|(?:Tỉnh|Thành) (?:ủy|đoàn))\s+(?P<name>[^,;()\-]+(?:-[^,;()]+)?)", name)
    if (
        titled
        and (found := find_province(titled["name"], day))
        and fold(titled["name"]).casefold().startswith(fold(found.name).casefold()[:3])
    ):
        # "thành phố Cao Bằng" is a town in the province of that name: the same province.
        return found
    if re.match(r"(?:Trường|Trung tâm|Bệnh viện|Công ty|Học viện|Đại học)", name):
        return None
    if re.search(r"(?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+\w", name):
        return None
    return find_province(name, day)


def province_of_place(place: str | None, day: dt.date | None) -> Province | None:
    """ "Cao Bằng", "TP. Hồ Chí Minh" of the date line; a district's name gives None."""
    if not place:
        return None
    bare = re.sub(r"^(?:TP|Tp|T\.P|Thành phố|thành phố|Tỉnh|tỉnh)\.?\s*", "", place).strip()
    return province_by_name(bare, day) or province_by_name(_marked().get(toneless(bare).casefold(), ""), day)


def province_of_seats(names: Sequence[str], day: dt.date | None) -> Province | None:
    """The province in which the district or commune lies that the issuer's own name says, else its parents'."""
    rules = load_rulebook("issuers")
    for name in reversed(names):
        for found in reversed([*rules.find("place", fold(name)), *rules.find("seat", fold(name))]):
            kind = _SEAT_KINDS.get(found.values["kind"].casefold(), found.values["kind"])
            if province := province_of_seat(found.values["name"], kind, day):
                return province
    return None


def province_of_town(place: str, names: Sequence[str], day: dt.date | None) -> Province | None:
    """ "Vị Thanh" of the date line: a town of one province. A commune's own place may bear any town's name."""
    rules = load_rulebook("issuers")
    kinds = {found.values["kind"].casefold() for name in names for found in rules.find("place", fold(name))}
    if kinds & {"xã", "phường", "thị trấn"}:
        return None
    kind = rules.first("place_kind", fold(place))
    bare = place[kind.end :].strip() if kind else place
    return province_of_seat(bare, None, day)


@cache
def _marked() -> dict[str, str]:
    """Names without marks → names: "can tho" → "Cần Thơ", for scans."""
    return {toneless(province.name).casefold(): province.name for province in provinces()}


def province_in_text(text: str, day: dt.date | None) -> tuple[Choice | None, tuple[str, ...]]:
    """The province a text speaks of most, and all that could be meant when two are as frequent."""
    weights: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for found in _mentions().finditer(fold(text)):
        province = province_by_name(found["name"], day)
        if province and not (found["name"].islower() or _is_person(found)):
            weights[province.name] += 3 if found["kind"] else 1
            first.setdefault(province.name, found.span())
    ranked = weights.most_common(2)
    if not ranked:
        return None, ()
    if len(ranked) == 2 and ranked[1][1] * 2 > ranked[0][1]:
        return None, tuple(name for name, _ in ranked)
    name = ranked[0][0]
    province = province_by_name(name, day)
    return (Choice(province, *first[name]) if province else None), (name,)


def _is_person(found: re.Match[str]) -> bool:
    return found["name"].casefold() == "hồ chí minh" and not found["kind"]


@cache
def _mentions() -> re.Pattern[str]:
    every = {fold(name) for province in provinces() for name in (province.name, *province.aliases)}
    names = {name for name in every if " " in name or name == "Huế"}
    spelled = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<kind>(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|Tp\.?) ?)?(?P<name>{spelled})(?!\w)(?! Phủ)")
