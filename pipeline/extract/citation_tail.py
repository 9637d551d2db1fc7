"""What stands round a mention and belongs to it: date and issuer behind it or before it, and the locator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.citation_heads import Head, bare, book
from pipeline.extract.citation_issuer import Span, issuer_at, joint_end, joint_start, last_issuer, without_office
from pipeline.nlp.dates import read_date
from pipeline.rulebook import load_rulebook

if TYPE_CHECKING:
    from pipeline.nlp import Reading

_DATE_GAP = re.compile(r"[ \n]{0,3}(?:,? ?\(?(?:ký |ban hành )?|- ?)")
_LAW_DATE_GAP = re.compile(r" {0,3}\(?(?:sửa đổi )?")
_REF_BEHIND = re.compile(r",? ?\(?")
_OF = re.compile(r"[ \n]?,? ?\(?(?:của|giữa)[ \n](?:liên )?", re.IGNORECASE)
_SHORT_NAME = re.compile(r" ?\([A-ZĐ][\w&Đ-]{0,15}\)(?=,? ?ngày)")
_REACH_BEFORE = 220
_REACH_BEHIND = 400
_FILLER = re.compile(r"^,?(?: (?!của )[\w-]+){0,5} ?$")
_LOCATOR_GAP = re.compile(r"^,?(?: của| tại|(?: ban hành)? kèm theo)? $")
_DAY_BEFORE = re.compile(r"^,? ?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A head with all that belongs to it. [start, end) is the mention as written, `date` ISO or a part of it."""

    head: Head
    start: int
    end: int
    ref: str | None
    date: str | None
    issuer: Span | None
    locator: Span | None

    @property
    def whole_start(self) -> int:
        return self.locator[0] if self.locator else self.start


def complete(head: Head, reading: Reading, sentence: Span) -> Mention:
    """`head` with date, issuer and locator looked up in its sentence (a span that covers it)."""
    folded = reading.plan.folded
    limit = head.end + _REACH_BEHIND
    end, date, issuer, ref = head.end, None, head.issuer, head.ref
    if head.name and not ref and (numbered := _ref_behind(folded, end)):
        ref, end = numbered
    for _ in range(3):
        if date is None and (found := _date_behind(head, reading, end)):
            date, end = found
        if issuer is None and (of := _OF.match(folded, end)) and (span := issuer_at(folded, of.end(), limit)):
            issuer = span[0], joint_end(folded, span[1], limit) if _is_joint(head, of[0]) else span[1]
            end = issuer[1]
        if issuer is None and head.name is None and (plenum := _plenum(folded, end)):
            issuer, end = plenum, plenum[1]
        if issuer and date is None and (short := _SHORT_NAME.match(folded, end)):
            end = short.end()
    if issuer is None and head.name is None:
        issuer, day = _before(head, reading, sentence[0])
        date = date or day
    return Mention(head, head.start, end, ref, date, issuer, _locator(head, reading, sentence[0]))


def _plenum(folded: str, at: int) -> Span | None:
    """ "Nghị quyết số 27-NQ/TW ngày … Hội nghị lần thứ bảy Ban Chấp hành Trung ương khóa XII"."""
    start = at + (folded[at : at + 1] in (" ", ","))
    start += folded[start : start + 1] == " "
    found = book().first("plenum", folded, start, start + 140)
    if found is None or found.start != start:
        return None
    return start + 4 * folded.startswith("của ", start), found.end


def _is_joint(head: Head, of: str) -> bool:
    """Papers of several bodies: "Thông tư liên tịch … của A và B", "Chương trình phối hợp … giữa A và B"."""
    return "liên" in head.type or "giữa" in of


def _ref_behind(folded: str, at: int) -> tuple[str, int] | None:
    """ "Luật Đất đai số 31/2024/QH15"."""
    gap = _REF_BEHIND.match(folded, at)
    start = gap.end() if gap else at
    found = book().first("citation_sibling", folded, start, start + 40)
    if found is None or found.start != start or not folded.startswith("số", start):
        return None
    return found.values["ref"], found.end + (folded[found.end : found.end + 1] == ")")


def _date_behind(head: Head, reading: Reading, at: int) -> tuple[str, int] | None:
    folded = reading.plan.folded
    gap = (_LAW_DATE_GAP if head.name else _DATE_GAP).match(folded, at)
    start = gap.end() if gap else at
    if folded.startswith("ngày", at):
        return _glued_date(folded, at)
    found = next(iter(reading.find("date", at, start + 60)), None)
    if found is None or found.start > start or (iso := read_date(found).iso) is None:
        return None
    if found.rule_id == "date.year" and ("," in folded[at : found.start] or head.issuer):
        return None  # the year something is done in, not that of the instrument
    closed = folded[at : found.start].endswith("(") and folded[found.end : found.end + 1] == ")"
    return iso, found.end + closed


def _glued_date(folded: str, at: int) -> tuple[str, int] | None:
    """ "09/KH-SYTngày 02/02/2026": the blank was lost."""
    found = load_rulebook("dates").first("date", folded[at : at + 40])
    iso = read_date(found).iso if found and found.start == 0 else None
    return (iso, at + found.end) if found and iso else None


def _before(head: Head, reading: Reading, start: int) -> tuple[Span | None, str | None]:
    """Issuer and date that stand before: "Ngày 5/3/2024, Sở Y tế đã ban hành Kế hoạch số …", "… tại Tờ trình số"."""
    folded = reading.plan.folded
    start = max(start, head.start - _REACH_BEFORE, folded.rfind(";", start, head.start) + 1)
    lead = book().first("lead", folded, start, head.start)
    if lead is None:
        return None, None
    issuer = last_issuer(folded, start, lead.start)
    if issuer is None or not _FILLER.match(folded[issuer[1] : lead.start]) or _is_owner(folded, issuer[0]):
        return None, None
    if "tại" in folded[lead.start : lead.end]:
        return without_office(folded, joint_start(folded, issuer, start)), None
    days = reading.find("date", start, issuer[0])
    if days and _DAY_BEFORE.match(folded[days[-1].end : issuer[0]]):
        return issuer, read_date(days[-1]).iso
    return issuer, None


def _is_owner(folded: str, start: int) -> bool:
    """ "Đoàn kiểm tra của Bộ Y tế yêu cầu tại …": the body is named as an owner, not as who speaks."""
    before = folded[max(0, start - 30) : start]
    if not before.endswith("của "):
        return False
    words = tuple(map(bare, book().words("tabling_words")))
    return not bare(before.removesuffix("của ").rstrip()).endswith(words)


def _locator(head: Head, reading: Reading, start: int) -> Span | None:
    """ "khoản 2 Điều 5" right before the mention."""
    found = reading.find("locator", max(start, head.start - 120), head.start)
    if not found or not _LOCATOR_GAP.match(reading.plan.folded[found[-1].end : head.start]):
        return None
    return found[-1].start, found[-1].end
