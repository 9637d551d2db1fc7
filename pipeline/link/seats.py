"""The province a district, town or commune lies in, by name at a date. Source: rules/seats.csv."""

from __future__ import annotations

import datetime as dt
from functools import cache

from pipeline.fold import fold
from pipeline.link.provinces import Province, province_by_name
from pipeline.rulebook import read_csv

# Districts ended and communes were drawn anew on 1 July 2025; a place is looked up among those of its time.
_NEW_ORDER = dt.date(2025, 7, 1)
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")


def province_of_seat(name: str, kind: str | None, day: dt.date | None) -> Province | None:
    """The province of "huyện" "Mai Sơn"; None where the time has no such place or more than one province does.

    Without `kind` the bare name must belong to one province alone.
    """
    new = day is not None and day >= _NEW_ORDER
    if kind and (kind.casefold() in _COMMUNES) != new:
        return None  # "xã Tân Hưng" of 2015 is not the district of that name
    places = _by_name(new).get(_key(name), ())
    found = {province for _, province in places}
    if len(found) > 1 and kind:
        found = {province for own, province in places if own == kind.casefold()}
    return province_by_name(found.pop(), day) if len(found) == 1 else None


@cache
def _by_name(new: bool) -> dict[str, tuple[tuple[str, str], ...]]:
    """Name → (kind, province) of the places of one time."""
    index: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in read_csv("seats"):
        if bool(row["valid_from"]) == new:
            key = _key(row["name"])
            index[key] = (*index.get(key, ()), (row["kind"], row["province"]))
    return index


def _key(name: str) -> str:
    return fold(name).replace("'", "").casefold().strip()
