"""Names of bodies from header capitals to ordinary writing: "SỞ GDĐT" → "Sở Giáo dục và Đào tạo"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extract.toneless import toneless
from pipeline.fold import fold
from pipeline.link.provinces import provinces
from pipeline.rulebook import read_csv

_KINDS = r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
# After these the rest of the name is a proper name, every word with a capital.
_PROPER = re.compile(
    rf"(?<!\w)(?:{_KINDS}(?! (?:hội|viên))|mẫu giáo|mầm non|tiểu học|trung học cơ sở|trung học phổ thông"
    r"|nội trú|bán trú|trường đại học|trường cao đẳng|công ty tnhh|công ty cổ phần)\s+(?P<rest>[^,;()]+)",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"^(?:sở|ban|phòng|bộ|cục|chi cục|tổng cục|viện|trung tâm|bệnh viện|vụ|trường|hội đồng|hội|báo|đài|ủy ban"
    r"|đoàn|kho bạc)\s+(?=\w)",
    re.IGNORECASE,
)
_LOWER_AFTER = ("nhân dân", "kiểm tra", "kiểm sát", "thanh tra", "giám sát", "công tác", "khảo sát", "nhà trường")


def written(printed: str) -> str:
    """A header name in ordinary writing: abbreviations spelled out, capitals only where the field puts them."""
    name = re.sub(r"[–—]", "-", printed).strip(" .,;:-")
    name = re.sub(r"\s+", " ", re.sub(r"(?<=\w)-(?=\s)|(?<=\s)-(?=\w)", " - ", name))
    spelled = _spell_out(name)
    return _mended(_sentence(spelled) if _is_shouted(name) else spelled)


def _mended(name: str) -> str:
    """What a scan does to a People's Committee: "Ban nhân dân tĩnh" has lost its first word and a mark."""
    whole = re.sub(r"^Ban nhân dân(?! (?:ấp|khóm|thôn|khu phố|tổ))", "Ủy ban nhân dân", name)
    return re.sub(r"(?<=nhân dân )t[iìíĩ]nh(?!\w)", "tỉnh", whole)


def sentence_case(printed: str) -> str:
    """Capitals in ordinary writing, abbreviations kept: "CHỦ TỊCH UBND TỈNH" → "Chủ tịch UBND tỉnh"."""
    name = re.sub(r"\s+", " ", printed).strip(" .,;:")
    if not _is_shouted(name):
        return name
    kept = {short.lower(): short for short in _abbreviations() if " " not in short}
    return re.sub(r"[\w&.-]*\w", lambda m: kept.get(m[0].lower(), m[0]), _sentence(name))


def office_in(shouted: str) -> str | None:
    """The office a line of capitals ends in, though a scan spoilt its marks: "XTRUONG ĐOAN" → "Trưởng đoàn"."""
    if not shouted.isupper():
        return None
    bare = toneless(shouted).lower()
    ends = (name for low, name in _offices().items() if bare.endswith(low))
    return max(ends, key=len, default=None)


def _is_shouted(name: str) -> bool:
    return sum(sign.isupper() for sign in name) > 0.6 * sum(sign.isalpha() for sign in name)


def _spell_out(name: str) -> str:
    words = _abbreviations()
    folded = fold(name)
    parts, at = [], 0
    for found in _abbreviation_pattern().finditer(folded):
        parts += [name[at : found.start()], words[found[0]], " " if found[0].endswith(".") else ""]
        at = found.end()
    return re.sub(r"\s+", " ", "".join([*parts, name[at:]])).strip()


def _sentence(name: str) -> str:
    """First all small, then a capital for the first letter, for known names and for places."""
    low = name.lower()
    low = _PROPER.sub(lambda m: m[0][: m.start("rest") - m.start()] + _titled(m["rest"]), low)
    low = _HEADS.sub(lambda m: m[0].capitalize(), low)
    head = _HEADS.match(low)
    if head and not low[head.end() :].startswith(_LOWER_AFTER):
        low = low[: head.end()] + low[head.end() :][:1].upper() + low[head.end() :][1:]
        low = re.sub(r"(?<= và )\w", lambda m: m[0].upper(), low, count=1)
        low = re.sub(r"(?<= - )\w", lambda m: m[0].upper(), low)
    low = _known_words(low)
    low = re.sub(r"\d+(?:/\d{4})?/[\w\-]+|\b[ivx]{2,5}\b", lambda m: m[0].upper(), low)
    return low[:1].upper() + low[1:]


def _known_words(name: str) -> str:
    """Known names in their right writing; a scan that lost or mixed up tone marks is put right too."""
    known, marked = _known(), _toneless_known()
    name = _known_pattern().sub(lambda m: known[m[0].lower()], name)
    parts, at = [], 0
    for found in _toneless_pattern().finditer(toneless(name).lower()):
        words = name[found.start() : found.end()]
        parts += [name[at : found.start()], words if words.lower() in known else marked[found[0]]]
        at = found.end()
    return "".join([*parts, name[at:]])


def _titled(words: str) -> str:
    return re.sub(r"\w[\w']*", lambda m: m[0][:1].upper() + m[0][1:], words)


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviations of bodies and places; the header's own list goes before the general one."""
    words: dict[str, str] = {}
    for row in read_csv("issuer_words"):
        if row["note"].startswith("abbreviation"):
            words[fold(row["words"])] = row["written"]
    for row in read_csv("abbreviations"):
        # "TƯ" is also a syllable of its own ("SỞ TƯ PHÁP").
        syllable = len(row["abbreviation"]) < 3 and row["abbreviation"][-1:] in "ƯUAOI"
        if row["kind"] in ("institution", "place") and ";" not in row["expansion"] and not syllable:
            words.setdefault(fold(row["abbreviation"]), row["expansion"])
    return words


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/&-])(?:{_alternation(_abbreviations())})(?![\w&/]|-\w)")


@cache
def _offices() -> dict[str, str]:
    rows = (row for row in read_csv("issuer_words") if row["note"].endswith("office"))
    return {toneless(row["words"]).lower(): row["written"] for row in rows}


@cache
def _known() -> dict[str, str]:
    """Small letters → right writing, of phrases, units, places and what abbreviations stand for."""
    return {name.lower(): name for name in _known_names()}


def _known_names() -> Iterator[str]:
    yield from (row["name"] for row in read_csv("units") if row["collective"] != "true")
    yield from (row["expansion"] for row in read_csv("abbreviations") if row["kind"] == "institution")
    yield from (province.name for province in provinces())
    yield from (row["written"] for row in read_csv("issuer_words"))


@cache
def _toneless_known() -> dict[str, str]:
    """The same by letters without marks; single words would be too often another word."""
    return {toneless(low): right for low, right in _known().items() if " " in low}


@cache
def _known_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternation(_known())})(?!\w)", re.IGNORECASE)


@cache
def _toneless_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternation(_toneless_known())})(?!\w)")


def _alternation(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
