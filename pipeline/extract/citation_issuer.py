"""Who issued an instrument: where the name ends in the sentence, and its full form with the province."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extract.citation_heads import bare, book
from pipeline.fold import fold
from pipeline.link.names import spell_out
from pipeline.link.provinces import Province, find_province, province_by_name

if TYPE_CHECKING:
    from pipeline.extract.context import Context

Span = tuple[int, int]

_GROUPS = ("issuer_central", "issuer_people", "issuer_party", "issuer_named")
_IN_FULL = {"Thủ tướng": "Thủ tướng Chính phủ"}
_LONGEST = 160
_OFFICE = re.compile(
    r"(?:Phó )?(?:(?:Tổng )?Gi[aáả]m đ[ốôóộò]c|Chánh|Trưởng|Cục trưởng) "
    r"(?=(?:Sở|Ban|Thanh|Văn|Phòng|Chi|Cục|Công|Trung)\b)"
)
_ABBREVIATION = re.compile(r"[A-ZĐ]{2}[A-ZĐa-z&]{0,10}(?!\w)")
_JOINT = re.compile(r"(?:,| và| -) (?=\w|$)")
# Between the bodies of a joint paper.
_BETWEEN = re.compile(r"(?:,| và| -) (?=(?:Bộ|Ban|Sở|Tòa|Viện|Ủy|Văn phòng|Liên|Công an|Kho bạc|Tỉnh đoàn|Giám đốc)\b)")
_OPEN_END = re.compile(r"(?:(?:^|\s)tỉnh|(?:^|\s)Tỉnh|Tỉnh ủy|Đảng bộ tỉnh|Tỉnh [Đđ]oàn)$")
_OPEN_CITY = re.compile(r"(?:(?:^|\s)[Tt]hành phố|Thành ủy|Đảng bộ thành phố|Thành [Đđ]oàn)$")
_BELOW = re.compile(
    r"(?:^|\s)(?:huyện|quận|thị xã|xã|phường|thị trấn|thành phố|đặc khu) (?!lần |khóa |nhiệm kỳ )[^,]+$", re.IGNORECASE
)
_OPEN_BELOW = re.compile(r"(?:^|\s)(?P<level>huyện|quận|thị xã|xã|phường|thị trấn)$", re.IGNORECASE)
# The term of a Party committee is part of its name.
_TERM = re.compile(r" khóa [IVXL]{1,6}(?!\w)")
_SAYS_KIND = re.compile(r"(?:tỉnh|thành phố)\s*$", re.IGNORECASE)
_KIND_OWNERS = re.compile(r"^(?:Phó )?(?:Giám đốc )?(?:Sở|Ban Dân tộc|Ủy ban nhân dân|Hội đồng nhân dân|Công an|Cục)\b")


def issuer_at(folded: str, start: int, limit: int) -> Span | None:
    """The span of the issuing body's name that begins at `start`, None when no body begins there."""
    for group in _GROUPS:
        found = book().first(group, folded, start, min(limit, start + _LONGEST))
        if found and found.start == start:
            end = start + len(folded[start : found.end].rstrip(" ,-"))
            term = _TERM.match(folded, end) if "Ban Chấp hành" in folded[start:end] else None
            return start, term.end() if term else end
    short = _ABBREVIATION.match(folded, start)
    if short and spell_out(short[0]) != short[0]:
        return short.span()
    garbled = _bare_central().match(bare(folded[start : min(limit, start + _LONGEST)]))
    return (start, start + garbled.end()) if garbled else None


def joint_end(folded: str, end: int, limit: int) -> int:
    """Where the last issuer of a joint paper ends: "Bộ Nội vụ và Bộ Tài chính"."""
    while (gap := _JOINT.match(folded, end)) and (more := issuer_at(folded, gap.end(), limit)):
        end = more[1]
    return end


@cache
def _bare_central() -> re.Pattern[str]:
    names = sorted(map(bare, book().words("central")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\w)")


@cache
def _central_names() -> dict[str, str]:
    return {bare(name): name for name in book().words("central")}


def _repaired(written: str) -> str:
    """A scan's "Giám đôc Sở", "Chinh phủ" with the marks the lists know."""
    if name := _central_names().get(bare(written)):
        return _IN_FULL.get(name, name)
    heads = (
        head for head in book().words("school_heads") + book().words("offices") if bare(written).startswith(bare(head))
    )
    head = next(heads, None)
    return head + written[len(head) :] if head else written


def last_issuer(folded: str, start: int, end: int) -> Span | None:
    """The body named last in [start, end)."""
    spans = [issuer_at(folded, m.start, end) for group in _GROUPS for m in book().find(group, folded, start, end)]
    # Of "Giám đốc Sở Y tế" and the "Sở Y tế" inside it, the one that begins first.
    found = sorted(span for span in spans if span)
    outer = [span for span in found if not any(o[0] < span[0] and span[1] <= o[1] for o in found)]
    return max(outer, key=lambda span: span[1], default=None)


def joint_start(folded: str, span: Span, start: int) -> Span:
    """ "Bộ trưởng Bộ A và Bộ trưởng Bộ B tại …": from the first of the bodies, the last of which is `span`."""
    while (before := last_issuer(folded, start, span[0])) and _JOINT.fullmatch(folded, before[1], span[0]):
        span = before[0], span[1]
    return span


def without_office(folded: str, span: Span) -> Span:
    """ "Giám đốc Sở Y tế" as who tables a paper: the paper is the body's."""
    office = _OFFICE.match(folded, *span)
    return (office.end(), span[1]) if office else span


def full_issuer(written: str, context: Context) -> str:
    """The name in full: abbreviations spelled out, and the province (or school) where it is left unsaid."""
    if len(parts := _BETWEEN.split(written)) > 1:
        if not _OFFICE.match(parts[0]):
            parts = [_OFFICE.sub("", part, count=1) for part in parts]
        return "; ".join(full_issuer(part, context) for part in parts)
    if term := re.search(rf"{_TERM.pattern}$", fold(written)):
        body, tail = written[: term.start()], written[term.start() :]
        return f"{body if _BELOW.search(fold(body)) else full_issuer(body, context)}{tail}"
    name = re.sub(r" -(?=\w)|(?<=\w)- ", " - ", spell_out(_repaired(written)))
    if own := _own(name, context):
        return own
    if name.startswith(book().words("school_heads")):
        return f"{name} {context.issuer}" if _is_school(context) else name
    if _is_central(written):
        return name
    if named := find_province(name, context.issue_date):
        return _with_kind(name, named)
    home = province_by_name(context.province, context.issue_date) if context.province else None
    return _with_province(name, home, context) if home else name


def _own(name: str, context: Context) -> str | None:
    """ "của Sở", "của Trường": the document's own issuer."""
    if name not in ("Sở", "Ban", "Trường", "Nhà trường", "Ủy ban nhân dân", "Phòng") or not context.issuer:
        return None
    return context.issuer if context.issuer.startswith(name) or name == "Nhà trường" else None


def _is_school(context: Context) -> bool:
    return bool(context.issuer) and context.issuer_level == "school"


def _is_central(written: str) -> bool:
    found = book().first("issuer_central", fold(written))
    return bool(found and found.start == 0) or re.search(r"Trung ương|[Qq]uốc gia|Việt Nam$", written) is not None


def _with_kind(name: str, named: Province) -> str:
    """ "Sở Y tế Sơn La" → "Sở Y tế tỉnh Sơn La"."""
    if named.kind == "tỉnh" and re.search(rf"(?:thành phố|thị xã|huyện|xã|phường) {named.name}$", name):
        return f"{name}, {named.full_name}"  # a town of the province's name
    if _SAYS_KIND.search(name[: -len(named.name)]) or not _KIND_OWNERS.match(name) or not name.endswith(named.name):
        return name
    return f"{name.removesuffix(named.name).rstrip(' ,')} {named.full_name}"


def _with_province(name: str, home: Province, context: Context) -> str:
    city, folded = home.kind == "thành phố", fold(name)
    if _OPEN_END.search(folded) or (city and _OPEN_CITY.search(folded)):
        return f"{name} {home.name}"
    if found := _OPEN_BELOW.search(folded):
        return _with_district(name, found["level"], context)
    if _BELOW.search(folded):
        return f"{name}, {home.full_name}"
    return f"{name} {home.full_name}" if folded.startswith(book().words("provincial_heads")) else name


def _with_district(name: str, level: str, context: Context) -> str:
    """ "Ủy ban nhân dân huyện" in a paper of the district's own: the rest of its issuer's name."""
    own = context.issuer or ""
    at = own.casefold().find(f"{level.casefold()} ")
    return f"{name} {own[at + len(level) + 1 :]}" if at >= 0 else name
