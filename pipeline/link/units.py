"""Units by name: the canonical id, and whether a name stands for many units. Source: rules/units.csv."""

from __future__ import annotations

import re
from functools import cache

from pipeline.fold import fold
from pipeline.link.names import spell_out
from pipeline.link.provinces import provinces
from pipeline.rulebook import read_csv


def find_unit(name: str) -> str | None:
    """The id of the unit whose name or alias is `name`: spelled out, and without the province behind it."""
    index = _index()
    for wording in (name, spell_out(name), _without_province(spell_out(name))):
        if (row := index.get(_key(wording))) is not None:
            return row["unit_id"]
    return None


def is_collective(name: str) -> bool:
    """Does the name stand for many units ("các sở, ban, ngành", "UBND cấp xã")?"""
    row = _index().get(_key(name)) or _index().get(_key(spell_out(name)))
    return (row is not None and row["collective"] == "true") or _COLLECTIVE.match(fold(name)) is not None


_COLLECTIVE = re.compile(
    r"\s*(?:các|những|toàn thể|tất cả|mỗi|một số)\b"
    r"|(?:[Ss]ở|[Bb]an|[Nn]gành)(?:\s*,\s*(?:[Ss]ở|[Bb]an|[Nn]gành|đoàn thể|địa phương|đơn vị))+"
    r"|(?:UBND|Ủy ban nhân dân)\s+(?:cấp|các|(?:huyện|quận|thị xã|xã|phường|thị trấn)\s*,)"
    r"|(?:[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương|[Pp]hòng|[Tt]hành viên)\s*(?:,|liên quan|trực thuộc|chuyên môn|khác)"
)


def _key(name: str) -> str:
    return re.sub(r"[\s\-,.;:]+", " ", fold(name)).strip().casefold()


@cache
def _index() -> dict[str, dict[str, str]]:
    """Names first: an alias never hides another unit's own name."""
    rows = read_csv("units")
    index = {_key(row["name"]): row for row in reversed(rows)}
    for row in rows:
        for alias in filter(None, row["aliases"].split("|")):
            index.setdefault(_key(alias), row)
    return index


@cache
def _province_tail() -> re.Pattern[str]:
    names = sorted({re.escape(_key(p.name)) for p in provinces()}, key=len, reverse=True)
    return re.compile(rf"\s+(?:(?:tỉnh|thành phố)\s+)?(?:{'|'.join(names)})$")


def _without_province(name: str) -> str:
    return _province_tail().sub("", _key(name))
