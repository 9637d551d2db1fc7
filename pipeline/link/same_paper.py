"""Whether two documents are one paper: first that nothing they know contradicts, then that enough agrees."""

from __future__ import annotations

from enum import Enum

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.link.papers import Facts

MODEST = 0.5
"""Share of the wording that one reference of one issuer asks for: the rest may be an appendix, or unread."""
EDITED = 0.7
"""Between a draft and the paper it became."""
ALIKE = 0.85
"""Between two copies of one wording: the worst made-up scan keeps 0.89, a paper of another matter has 0.3 at most."""
SHORTEST = 30
"""Syllables under which wording says nothing."""

_BY_THE_DOZEN = frozenset({"quyet dinh", "cong van", "to trinh", "giay moi"})
"""Of one day, title and issuer there are many of these that differ in a name alone: their number tells them apart."""


class Issuer(Enum):
    """How the issuers of two papers stand to each other; OPEN: one is unknown, or may be the other misread."""

    SAME = "same"
    OPEN = "open"
    OTHER = "other"


def contradict(one: Facts, two: Facts) -> bool:
    """Whether something that both know differs, beyond what OCR misreads."""
    return (
        _differ(one.number, two.number)
        or _differ(one.year, two.year)
        or _differ(one.doc_type, two.doc_type)
        or _differ(one.plan_year, two.plan_year)
        or _differ(one.province, two.province)
        or _other_symbol(one, two)
        or _other_title(one, two)
        or issuers(one, two) is Issuer.OTHER
        or (_other_day(one, two) and not _day_misread(one, two))
    )


def one_reference(one: Facts, two: Facts, likeness: float) -> bool:
    """Whether both are known to bear one number of one issuer's papers of one kind and year."""
    known = None not in (one.number, one.year, one.doc_type)
    if not known or (one.number, one.year, one.doc_type) != (two.number, two.year, two.doc_type):
        return False
    return issuers(one, two) is Issuer.SAME and likeness >= (ALIKE if _other_day(one, two) else MODEST)


def one_wording(one: Facts, two: Facts, likeness: float) -> bool:
    """Whether likeness tells enough where number, year, issuer or title of one is not known."""
    numbered = one.number is not None and one.number == two.number
    if one.doc_type is None or one.doc_type != two.doc_type or (not numbered and one.doc_type in _BY_THE_DOZEN):
        return False
    if issuers(one, two) is Issuer.OPEN:
        dated = one.date is not None and one.date == two.date
        return numbered and dated and titles_agree(one, two) and likeness >= ALIKE
    if one.title is None or two.title is None:
        month = (one.year, one.days[0])
        return None not in month and month == (two.year, two.days[0]) and likeness >= ALIKE
    return titles_agree(one, two) and likeness >= (EDITED if one.draft or two.draft else ALIKE)


def issuers(one: Facts, two: Facts) -> Issuer:
    """A name may lack its province; on a scan it may be misread. Between texts, tones tell two communes apart."""
    if one.issuer is None or two.issuer is None or one.body is None or two.body is None:
        return Issuer.OPEN
    scanned = one.scanned or two.scanned
    if one.issuer == two.issuer:
        return Issuer.SAME if scanned or one.issuer_toned == two.issuer_toned else Issuer.OTHER
    if one.body == two.body and (one.body == one.issuer or two.body == two.issuer):
        return Issuer.OPEN
    return Issuer.OPEN if scanned and fuzz.partial_ratio(one.body, two.body) >= 85 else Issuer.OTHER


def titles_agree(one: Facts, two: Facts) -> bool:
    """Both known, the same numerals, the same words; on a scan a letter in twenty-five may be misread."""
    if one.title is None or two.title is None or one.numerals != two.numerals:
        return False
    slips = max(2, len(one.title) // 25) if one.scanned or two.scanned else 0
    return Levenshtein.distance(one.title, two.title, score_cutoff=slips) <= slips


def _other_title(one: Facts, two: Facts) -> bool:
    """A title may be cut, or spoilt on a scan, but "quý I" and "quý II" of two texts are two."""
    if one.title is None or two.title is None:
        return False
    ours, theirs = set(one.numerals), set(two.numerals)
    cut = ours <= theirs or theirs <= ours
    return not (cut or one.scanned or two.scanned) or fuzz.partial_ratio(one.title, two.title) < 60


def _other_symbol(one: Facts, two: Facts) -> bool:
    if one.symbol is None or two.symbol is None:
        return False
    slips = 1 if one.scanned or two.scanned else 0
    return Levenshtein.distance(one.symbol, two.symbol, score_cutoff=slips) > slips


def _other_day(one: Facts, two: Facts) -> bool:
    return any(_differ(*pair) for pair in zip(one.days, two.days, strict=True))


def _day_misread(one: Facts, two: Facts) -> bool:
    """An issuer gives a number once a year: where number and title agree, the day on the scan is misread."""
    numbered = one.number is not None and one.number == two.number
    return numbered and (one.scanned or two.scanned) and titles_agree(one, two)


def _differ(one: object, two: object) -> bool:
    return one is not None and two is not None and one != two
