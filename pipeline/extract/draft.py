"""Is the paper a draft? The words "Dự thảo" say so, or the file's name; a blank number alone does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.extract.evidence import field
from pipeline.extract.lines import Line
from pipeline.records import Field, PlanText
from pipeline.rulebook import load_rulebook


def read_draft(plan: PlanText, header: Sequence[Line], title: Sequence[Line], file_name: str) -> Field:
    """Field is_draft, always given."""
    rules = load_rulebook("header")
    for line in (*header, *title):
        if match := rules.first("draft", line.folded):
            span = (line.start + match.start, line.start + match.end)
            return field(plan, "is_draft", True, "header", span, match.rule_id, 0.98)
    if rules.first("draft_file", _plain(file_name)):
        return Field("is_draft", True, "file_name", None)
    return Field("is_draft", False, "inferred", None)


def _plain(file_name: str) -> str:
    """The name without folders and marks, in small letters: "KH Dự thảo.docx" → "kh du thao.docx"."""
    base = re.split(r"[/\\!]", file_name)[-1].lower().replace("đ", "d")
    return "".join(sign for sign in unicodedata.normalize("NFD", base) if not unicodedata.combining(sign))
