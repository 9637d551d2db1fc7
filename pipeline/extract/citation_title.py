"""What a cited instrument is about, as written behind it."""

from __future__ import annotations

import re

from pipeline.extract.citation_heads import book
from pipeline.extract.citation_tail import Mention

_LONGEST = 400
_END = re.compile(r"[;\n\t]|\s\((?:sau đây|viết tắt|gọi tắt|gọi chung)|\.(?=\s|$|/)")
_LEAD = re.compile(r"^(?:\s*\(?khóa [IVXL]+\)?)?[\s,(]*(?:(?:về việc|về|v/v)\s*:?\s*)?[\"“]?", re.IGNORECASE)
_JOIN = re.compile(r"[\s,]*(?:,|\bvà)\s*(?:các\s*)?$")


def title_of(mention: Mention, text: str, folded: str, limit: int) -> str | None:
    """The words after "về"; with "quy định", "ban hành" … those words too. A law's title is its name."""
    if mention.head.name:
        return mention.head.name
    behind = folded[mention.end : mention.end + _LONGEST]
    if book().first("describes", behind) is None:
        return None
    end = _END.search(behind)
    stop = mention.end + (end.start() if end else len(behind))
    lead = _LEAD.match(folded[mention.end : stop])
    start = mention.end + (lead.end() if lead else 0)
    if folded[start - 1 : start] == '"' and (closing := folded.find('"', start, stop)) > 0:
        return re.sub(r"\s+", " ", text[start:closing]).strip()
    if start < limit < stop and (join := _JOIN.search(folded[start:limit])):
        stop = start + join.start()  # the next item of the list, not part of this one's subject
    stop = start + _balanced(folded[start:stop])
    return re.sub(r"\s+", " ", text[start:stop]).strip(' ,;."”“') or None


def _balanced(words: str) -> int:
    """Where the first closing parenthesis stands that nothing opened: there the aside round the mention ends."""
    depth = 0
    for at, sign in enumerate(words):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return at
    return len(words)
