"""Which part a mention plays: ground of the document, nested in another's description, or plain mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.citation_heads import book
from pipeline.extract.citation_tail import Mention

_LONGEST_LIST = 30
_ONLY_SEPARATOR = re.compile(r"^ ?(?:,|;|và|hoặc)? ?(?:các |số )?$")
# The subject is quoted and closed: what follows is the sentence's own again.
_QUOTED_SUBJECT = re.compile(r'^ ?(?:về|v/v)[^"]{0,20}"[^"]+".')


@dataclass(frozen=True, slots=True)
class Role:
    role: Literal["basis", "nested", "mention"]
    parent: int | None = None


def roles_of(mentions: Sequence[Mention], folded: str, sentences: Sequence[int], grounds: Sequence[bool]) -> list[Role]:
    """The role of each mention (in text order); `sentences` are sentence numbers, `grounds` who may be basis."""
    roles: list[Role] = []
    for index, mention in enumerate(mentions):
        parent = None
        if index and sentences[index] == sentences[index - 1]:
            parent = _parent(mention, index, mentions, roles, folded)
        outer = Role("basis" if grounds[index] else "mention")
        roles.append(outer if parent is None else Role("nested", parent))
    return roles


def _parent(
    mention: Mention, index: int, mentions: Sequence[Mention], roles: Sequence[Role], folded: str
) -> int | None:
    """The mention whose description holds this one; None for an item of the outer list."""
    before = mentions[index - 1]
    gap = folded[before.end : mention.whole_start]
    if gap.endswith("(") or _is_alias(gap):
        return index - 1
    if _found("joined", gap):
        return _shared(index, mentions, roles, folded)
    if _found("clause", gap):
        return None
    if _found("describes", gap) and not _QUOTED_SUBJECT.match(gap):
        return index - 1
    return roles[index - 1].parent if not re.search(r"[;:,]", gap) else None


def _shared(index: int, mentions: Sequence[Mention], roles: Sequence[Role], folded: str) -> int | None:
    """ "… thi hành Luật A và Nghị định B": both are implemented, so both are nested in the same text."""
    legislation, first = book().words("legislation"), index
    while (
        first
        and index - first < _LONGEST_LIST
        and _ONLY_SEPARATOR.match(folded[mentions[first - 1].end : mentions[first].whole_start])
    ):
        first -= 1
    lead = folded[max(0, mentions[first].whole_start - 80) : mentions[first].whole_start]
    listed = all(mention.head.type in legislation for mention in mentions[first : index + 1])
    return roles[first].parent if first < index and listed and _found("implements", lead) else None


def _is_alias(gap: str) -> bool:
    return re.search(r"\((?:sau đây )?(?:viết|gọi)[^()]{0,40}$", gap) is not None


def _found(group: str, text: str) -> bool:
    return book().first(group, text) is not None
