"""What is known of a document as a paper, and the facts by which two papers are compared."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from pipeline.fold import fold
from pipeline.link.shingles import bare_words

_LEAD_IN = re.compile(r"(?:ve viec|v v|ve) ")
_NUMERAL = re.compile(r"\w*[0-9]\w*|[ivx]+")
_CENTRE = re.compile(r" (?:tinh|thanh pho)$")


@dataclass(frozen=True, slots=True)
class Paper:
    """What `documents` says of one document (null where it says nothing), and the wording of its text."""

    doc_id: str
    source_path: str
    number: str | None = None
    symbol: str | None = None
    reference: str | None = None
    issuer: str | None = None
    province: str | None = None
    issue_date: dt.date | None = None
    issue_year: int | None = None
    issue_month: int | None = None
    issue_day: int | None = None
    title: str | None = None
    doc_type: str | None = None
    plan_year: int | None = None
    text_source: str = "native"
    is_draft: bool = False
    shingles: bytes = b""

    @classmethod
    def read(cls, doc_id: str, source_path: str, facts: str, shingles: bytes) -> Paper:
        """`facts` is a row of `documents` as JSON; columns that are not needed, or absent, do not matter.

        Raises:
            ValueError: no JSON, or a date that is none.
        """
        row: dict[str, Any] = json.loads(facts)
        known = {name: row[name] for name in _COLUMNS if row.get(name) is not None}
        if "issue_date" in known:
            known["issue_date"] = dt.date.fromisoformat(known["issue_date"])
        return cls(**known | {"doc_id": doc_id, "source_path": source_path, "shingles": shingles})


_COLUMNS = tuple(field.name for field in fields(Paper) if field.name != "shingles")


@dataclass(frozen=True, slots=True)
class Facts:
    """A paper's facts as they are compared: without case, blanks, zeros in front and, but for the issuer, tones."""

    number: str | None
    symbol: str | None
    doc_type: str | None
    issuer: str | None
    issuer_toned: str | None
    body: str | None
    """The issuer without its province."""
    province: str | None
    days: tuple[int | None, int | None]
    """Month and day."""
    year: int | None
    date: dt.date | None
    plan_year: int | None
    title: str | None
    numerals: tuple[str, ...]
    """Of the title: "2023", "ii", "10a"."""
    scanned: bool
    draft: bool


def facts_of(paper: Paper) -> Facts:
    """The facts as they are compared."""
    title = _LEAD_IN.sub("", _bare(paper.title) or "", count=1) or None
    issuer, province = _bare(paper.issuer), _bare(paper.province)
    return Facts(
        number=(paper.number.strip().lstrip("0").casefold() or None) if paper.number else None,
        symbol=(_bare(paper.symbol) or "").replace(" ", "") or None,
        doc_type=_bare(paper.doc_type),
        issuer=issuer,
        issuer_toned=_toned(paper.issuer),
        body=_CENTRE.sub("", issuer.removesuffix(f" {province}")) if issuer else None,
        province=province,
        days=(paper.issue_month, paper.issue_day),
        year=paper.issue_year,
        date=paper.issue_date,
        plan_year=paper.plan_year,
        title=title,
        numerals=tuple(word for word in (title or "").split() if _NUMERAL.fullmatch(word)),
        scanned=paper.text_source != "native",
        draft=paper.is_draft,
    )


@lru_cache(maxsize=32768)
def _bare(text: str | None) -> str | None:
    return " ".join(bare_words(text or "")) or None


@lru_cache(maxsize=32768)
def _toned(text: str | None) -> str | None:
    return " ".join(re.findall(r"\w+", fold(text or "").casefold())) or None
