"""Stable row ids: the same words in the same document have the same id, wherever other rows come or go."""

from __future__ import annotations

import hashlib
from collections import Counter


class RowIds:
    """Gives ids for one document: a hash of kind, words and how often these words came before."""

    def __init__(self, doc_id: str) -> None:
        self._doc_id = doc_id
        self._seen: Counter[tuple[str, str]] = Counter()

    def next(self, kind: str, words: str) -> str:
        """An id such as "3f2a…-task-91bc04d2e7": unique in the document, the same in every run."""
        folded = " ".join(words.casefold().split())
        self._seen[kind, folded] += 1
        nth = self._seen[kind, folded]
        digest = hashlib.sha256(f"{kind}\x1f{folded}\x1f{nth}".encode()).hexdigest()[:10]
        return f"{self._doc_id}-{kind}-{digest}"
