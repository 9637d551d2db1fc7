"""The issuer out of the header's left column: printed lines → names of bodies → one full name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pipeline.extract.issuer_names import written
from pipeline.extract.lines import Line
from pipeline.extract.number import number_line
from pipeline.extract.toneless import toneless
from pipeline.fold import fold
from pipeline.link.provinces import Province
from pipeline.rulebook import Rulebook, RuleMatch, load_rulebook

_MOST_LINES = 12
_BELOW_KINDS = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn")


@dataclass(frozen=True, slots=True)
class Body:
    """One body named in the header: its name in ordinary writing and where it stands."""

    name: str
    start: int
    end: int


def header_bodies(header: Sequence[Line], joint: bool = False) -> tuple[Body, ...]:
    """The bodies the header names, parent first, as printed (no province attached yet).

    In a `joint` paper the right column may name the second body.
    """
    lines = issuer_lines(header)
    if joint and any(line.column == 1 for line in lines):
        lines += _right_bodies(header)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    bodies = (Body(written(_joined(group)), group[0].start, group[-1].end) for group in groups)
    return tuple(body for body in bodies if len(body.name) > 2)


def issuer_lines(header: Sequence[Line]) -> list[Line]:
    """The header's lines above the number that belong to the issuer's name."""
    rules = load_rulebook("issuers")
    numbered = number_line(header)
    last = len(header) if numbered is None else header.index(numbered[0])
    trimmed = [_trimmed(line, rules) for line in header[:last] if not line.is_table]
    kept = [line for line in trimmed if not rules.first("not_issuer", line.folded) and _is_name(line, rules)]
    left = [line for line in kept if line.column == 1]
    return (left or [line for line in kept if line.column != 2])[:_MOST_LINES]


def _right_bodies(header: Sequence[Line]) -> list[Line]:
    """Names at the top of the right column: the second body of a joint paper."""
    rules = load_rulebook("issuers")
    right = [_trimmed(line, rules) for line in header if line.column == 2 and not line.is_table]
    named = list(takewhile(lambda line: not rules.first("not_issuer", line.folded) and _is_name(line, rules), right))
    own = bool(named) and _has_head(named[0].folded.upper(), rules)
    return named if own and not rules.full("right_motto", named[0].folded) else []


def _trimmed(line: Line, rules: Rulebook) -> Line:
    """Without specks before the name and without the motto that a scan read into the same line."""
    motto = rules.first("motto_inside", line.folded)
    end = motto.start if motto else len(line.text)
    speck = rules.first("speck", line.folded[:end])
    whole = _has_head(line.folded[:end].upper(), rules)
    start = speck.end if speck and not whole and _has_head(line.folded[speck.end : end].upper(), rules) else 0
    text, folded = line.text[start:end].rstrip(), line.folded[start:end].rstrip()
    return replace(line, start=line.start + start, end=line.start + start + len(text), text=text, folded=folded)


def _is_name(line: Line, rules: Rulebook) -> bool:
    """Names are printed in capitals; where they are not, only a known head makes one."""
    letters = [sign for sign in line.text if sign.isalpha()]
    if len(letters) < 2 or len(line.text) > 120:
        return False
    shouted = sum(sign.isupper() for sign in letters) > 0.7 * len(letters)
    return shouted or bool(rules.first("issuing_head", line.folded))


def _goes_on(group: Sequence[Line], line: Line) -> bool:
    rules = load_rulebook("issuers")
    above, now = fold(_joined(group)).upper(), line.folded.upper()
    if rules.first("goes_on", now) or rules.first("open_end", above):
        return True
    if _is_place_line(now, rules):
        # "ỦY BAN NHÂN DÂN / TỈNH X": a place completes the name above, unless that is a place itself.
        return not _is_place_line(group[0].folded.upper(), rules)
    return not _has_head(now, rules)


def _is_place_line(shouted: str, rules: Rulebook) -> bool:
    return (
        rules.first("place_line", shouted) is not None or rules.first("place_line_bare", toneless(shouted)) is not None
    )


def is_place(name: str) -> bool:
    """A place alone ("tỉnh Quảng Bình"), which issues nothing."""
    return _is_place_line(fold(name).upper(), load_rulebook("issuers"))


def _has_head(folded: str, rules: Rulebook) -> bool:
    heads = _upper(rules, "heads")
    if any(folded == head or folded.startswith(head + " ") for head in heads):
        return True
    # A scan loses tone marks; short heads would then meet other words ("SỞ", "SỐ").
    bare = toneless(folded)
    return any(bare.startswith(toneless(head) + " ") for head in heads if len(head) > 3)


def _upper(rules: Rulebook, name: str) -> list[str]:
    return [fold(word) for word in rules.words(name)]


def _joined(group: Sequence[Line]) -> str:
    """The lines as one name; a second place goes behind a comma ("thành phố X, tỉnh Y")."""
    rules = load_rulebook("issuers")
    text = group[0].text
    for line in group[1:]:
        second = _is_place_line(line.folded.upper(), rules) and rules.first("has_place", fold(text).upper())
        text += (", " if second else " ") + line.text
    return text


def full_name(names: Sequence[str], province: Province | None) -> str:
    """The issuer's full name out of its header names, parent first, with place and province attached."""
    rules = load_rulebook("issuers")
    own, parents = names[-1], list(names[:-1])
    if rules.first("school", own) or rules.first("central", own):
        return own
    if is_place(own):
        # A place issues nothing: the line above it was lost.
        return _placed(f"Ủy ban nhân dân {own[:1].lower()}{own[1:]}", parents, province, rules)
    parent = parents[-1] if parents else None
    if parent and own.endswith(" Sở") and parent.startswith("Sở "):
        own = own.removesuffix(" Sở")
    if parent and not is_place(parent):
        state = fold(parent).startswith("Ủy ban nhân dân")
        if rules.first("leans_on_state" if state else "leans", own):
            return full_name([*parents[:-1], f"{own} {parent}"], province)
        if (office := rules.first("committee_of", fold(own))) and rules.first("mass", fold(parent)):
            start = office.spans["place"][0]
            place = own[start].lower() + own[start + 1 :]
            middle = re.sub(r"^(?:Ủy ban )?", "", parent)
            return _placed(f"{own[:start]}{middle} {place}", parents[:-1], province, rules)
        if rules.first("team", own) and rules.first("department", parent):
            return f"{own} - {full_name(parents, province)}"
    return _placed(own, parents, province, rules)


def is_of_ministry(names: Sequence[str]) -> bool:
    """ "Bộ Y tế / Cục Y tế dự phòng": a body of the centre's own, that names no place."""
    rules = load_rulebook("issuers")
    if len(names) < 2 or not rules.first("central", fold(names[-2])) or rules.first("place", fold(names[-1])):
        return False
    return rules.first("of_ministry", fold(names[-1])) is not None


def _placed(own: str, parents: Sequence[str], province: Province | None, rules: Rulebook) -> str:
    """`own` with district and province behind it, as far as it lacks them."""
    if province is None:
        return own
    if rules.first("bloc", own) and _names(own, province):
        return own
    wants = rules.first("wants_name", own)
    if wants:
        return f"{own} {province.name}"
    below = _below(own, parents, province, rules) or _below_in_parents(own, parents, province, rules)
    if below:
        return below
    if _names(own, province):
        return _with_kind(own, province)
    return f"{own} {province.full_name}"


def _names(name: str, province: Province) -> bool:
    return fold(province.name).casefold() in fold(name).casefold()


def _with_kind(own: str, province: Province) -> str:
    """ "Sở Y tế Thanh Hóa" → "Sở Y tế tỉnh Thanh Hóa"; names of other bodies stay."""
    rules = load_rulebook("issuers")
    place = fold(province.name).casefold()
    low = fold(own).casefold()
    state = rules.first("department", own) or rules.first("government", own)
    if not state or rules.first("party", own) or not low.endswith(" " + place):
        return own
    before = own[: -len(province.name)].rstrip()
    # "huyện Điện Biên, tỉnh Điện Biên" and "Tỉnh ủy Điện Biên" have their kind already.
    if before.casefold().endswith(("tỉnh", "thành phố", "tỉnh ủy", "huyện", "thị xã", "đoàn")):
        return own
    return f"{before} {province.full_name}"


def _below(own: str, parents: Sequence[str], province: Province, rules: Rulebook) -> str | None:
    """A name that carries a district or commune of its own: the rest of the address follows it."""
    places = [found for found in rules.find("place", own) if not _is_province(found, province)]
    if not places and not rules.first("below_seat", fold(own)):
        return None
    if _ends_in(own, province):
        return own
    district = None
    if places and all(found.values["kind"] in ("xã", "phường", "thị trấn") for found in places):
        district = _district(parents, province, rules)
    named = f"{own}, {district}" if district else own
    return f"{named}, {province.full_name}"


def _below_in_parents(own: str, parents: Sequence[str], province: Province, rules: Rulebook) -> str | None:
    """ "UBND huyện Mai Sơn" above "Phòng Nội vụ": the district belongs to the room's name."""
    district = _district(parents, province, rules)
    if district is None:
        return None
    # "BAN CHỈ ĐẠO 389 HUYỆN" under "UBND HUYỆN KỲ SƠN": the kind is said once.
    said = own.casefold()
    kind = next((kind for kind in _BELOW_KINDS if _says(kind, said) and district.startswith(kind)), "")
    return f"{own} {district[len(kind) :].lstrip()}, {province.full_name}"


def _says(kind: str, name: str) -> bool:
    return name.endswith(f" {kind}") or name.startswith((f"{kind} đoàn", f"{kind} ủy"))


def _district(parents: Sequence[str], province: Province, rules: Rulebook) -> str | None:
    """The place below the province that a parent's name says: "huyện Mai Sơn"."""
    for parent in reversed(parents):
        for found in rules.find("place", parent):
            if not _is_province(found, province):
                place = parent[found.start : found.end]
                return place[:1].lower() + place[1:]
    return None


def _is_province(found: RuleMatch, province: Province) -> bool:
    name, kind = found.values["name"].casefold(), found.values["kind"].casefold()
    return name == fold(province.name).casefold() and kind == fold(province.kind).casefold()


def _ends_in(own: str, province: Province) -> bool:
    return fold(own).casefold().endswith(fold(province.full_name).casefold())


def level_of(name: str) -> str:
    """The level of an issuer's full name: the contract's `issuer_level`."""
    rules = load_rulebook("issuers")
    folded = fold(name)
    for level in ("school", "bloc", "party", "mass", "central"):
        if rules.first(level, folded):
            return "other" if level == "mass" else level
    places = [found.values["kind"].casefold() for found in rules.find("place", folded)]
    if rules.first("government", folded):
        return _place_level(places, folded)
    if rules.first("department", folded):
        lower = _place_level(places, folded)
        return "department" if lower == "province" else lower
    return "other"


def _place_level(kinds: Sequence[str], folded: str) -> str:
    if any(kind in ("xã", "phường", "thị trấn", "đặc khu") for kind in kinds):
        return "commune"
    # "thành phố X, tỉnh Y" is a district; "thành phố X" alone is of the province's rank.
    city_below = "thành phố" in kinds and "tỉnh" in kinds
    if city_below or any(kind in ("huyện", "quận", "thị xã") for kind in kinds):
        return "district"
    return "province" if kinds or "tỉnh" in folded.casefold() else "other"
