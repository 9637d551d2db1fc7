"""Documents that repeat a paper: a new scan, the Word beside the PDF, the draft beside what was signed.

They are linked, never dropped: `documents.duplicate_of` names the one to read instead. Precision goes first, for a
reader who counts plans leaves the linked ones out. Two documents are one paper where nothing they know contradicts
and one of these holds (`pipeline.link.same_paper` has the figures):

- one number, kind, issuer and year, and half of the wording;
- one issuer, kind and title, with a number unknown, and nearly the whole wording; of a draft, most of it;
- one issuer and kind, a title unknown, one month and year, and nearly the whole wording;
- one number, date and title, an issuer unknown or misread on a scan, and nearly the whole wording;
- the same words throughout, without regard to tones and marks.

Not linked, on purpose: numbers that differ, be it by one digit on a scan (decisions of one day share all but a name);
another year in date, title or the text's own main year (annual plans); another issuer or province (every province
has its own 01/KH-UBND); another kind (a plan, the decision that issues it, the report on it); a draft that bears
another day or title than the paper; a paper without number that fits two papers which contradict each other; a
decision, letter, request or invitation without number, unless word for word; wordings of which one issuer, or one
day, has more than `CROWD` papers, by wording alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.link.papers import Facts, Paper, facts_of
from pipeline.link.same_paper import MODEST, SHORTEST, contradict, one_reference, one_wording
from pipeline.link.shingles import Wordings, mixed, shingles, wordings

__all__ = ["CROWD", "Paper", "repeats", "shingles"]

CROWD = 32
"""A door (see `_doors`) behind which more papers stand than this says nothing: it leads to a template."""
_BAND = 5
_SOURCES = ("native", "mixed", "ocr")


def repeats(papers: Sequence[Paper]) -> dict[str, str]:
    """doc_id → doc_id of the paper it repeats, which itself repeats none; the order of `papers` does not matter.

    The best of a group is kept: no draft, number and date known, text before scan, then the smaller source path.
    """
    best = sorted({paper.doc_id: paper for paper in sorted(papers, key=_rank)[::-1]}.values(), key=_rank)
    archive = _Archive([facts_of(paper) for paper in best], wordings(paper.shingles for paper in best))
    return {best[at].doc_id: best[kept].doc_id for at, kept in archive.links()}


class _Archive:
    """Papers from the best to the worst; those that repeat none so far stand behind their doors."""

    def __init__(self, facts: list[Facts], wording: Wordings) -> None:
        self.facts, self.wording = facts, wording
        self.behind: dict[int, list[int]] = {}

    def links(self) -> Iterator[tuple[int, int]]:
        """Each paper that repeats a better one, with that one."""
        for at, doors in enumerate(_shared(_doors(self.facts, self.wording))):
            if (kept := self._kept(at, doors)) is not None:
                yield at, kept
                continue
            for door in doors:
                crowd = self.behind.setdefault(door, [])
                if len(crowd) <= CROWD:
                    crowd.append(at)

    def _kept(self, at: int, doors: list[int]) -> int | None:
        """The most alike of the papers that `at` may repeat, without those between which it can't be decided."""
        crowds = [self.behind[door] for door in doors if door in self.behind]
        met = sorted({other for crowd in crowds if len(crowd) <= CROWD for other in crowd})
        if not met:
            return None
        likeness = dict(zip(met, self.wording.likeness(at, met), strict=True))
        same = [other for other in met if self._same(at, other, likeness[other])]
        sure = [one for one in same if not any(contradict(self.facts[one], self.facts[two]) for two in same)]
        return max(sure, key=lambda other: (likeness[other], -other)) if sure else None

    def _same(self, at: int, other: int, likeness: float) -> bool:
        one, two = self.facts[at], self.facts[other]
        if likeness < MODEST or contradict(one, two):
            return False
        if one_reference(one, two, likeness):
            return True
        head, other_head = self.wording.heads[at].tolist(), self.wording.heads[other].tolist()
        if min(head[0], other_head[0]) < SHORTEST:
            return False
        another_year = 0 not in (head[2], other_head[2]) and head[2] != other_head[2]
        return head == other_head or (not another_year and one_wording(one, two, likeness))


def _rank(paper: Paper) -> tuple[bool, int, int, str, str]:
    unknown = (paper.number is None) + (paper.issue_date is None)
    return (paper.is_draft, unknown, _SOURCES.index(paper.text_source), paper.source_path, paper.doc_id)


def _doors(facts: list[Facts], wording: Wordings) -> NDArray[np.uint64]:
    """A row a paper: numbers under which it meets the papers it may repeat, 0 where it does not know enough.

    They are number with issuer and year; all words with issuer, number and date; and each band of the wording with
    the issuer, with issuer and title, and with the date. So papers of one template meet only where more agrees.
    """
    words = wording.heads[:, :2].tolist()
    bands = wording.bands(_BAND)
    columns = [
        _numbered((f.number, f.issuer, f.year) if f.number and f.issuer and f.year else None for f in facts),
        _numbered((f.issuer, f.number, f.date, *own) for f, own in zip(facts, words, strict=True)),
    ]
    for key in (
        _numbered(f.issuer for f in facts),
        _numbered((f.issuer, f.title) if f.issuer and f.title else None for f in facts),
        _numbered(f.date for f in facts),
    ):
        columns.append(np.where(key == 0, key, mixed(bands + key)))
    # Mixed with its place, so that no two kinds of doors share a number.
    apart = [mixed(column + np.uint64(kind << 40)) for kind, column in enumerate(columns)]
    return np.hstack([np.where(column == 0, column, own) for column, own in zip(columns, apart, strict=True)])


def _numbered(keys: Iterable[Hashable | None]) -> NDArray[np.uint64]:
    """A column that has one number for each key, from 1; 0 for None."""
    known: dict[Hashable | None, int] = {None: 0}
    return np.array([[known.setdefault(key, len(known))] for key in keys], np.uint64).reshape(-1, 1)


def _shared(doors: NDArray[np.uint64]) -> Iterator[list[int]]:
    """Of each paper the doors at which it meets any other: most papers are like none, and have none."""
    _, door, papers = np.unique(doors, return_inverse=True, return_counts=True)
    door = door.reshape(doors.shape)
    met = (papers[door] > 1) & (doors != 0)
    for row, at_door in zip(door, met, strict=True):
        yield row[at_door].tolist()
