"""The paper's number as its file's name tells it: "QD_so_412_Vv_….pdf", "08-CT-UBND.signed.pdf"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.toneless import toneless
from pipeline.rulebook import load_rulebook

_LETTER_CODES = ("cv", "ubnd", "ub")
_SURE = {"number": 0.9, "number_apart": 0.8}


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A number with the rule that found it and how often such numbers are right."""

    number: str
    rule_id: str
    confidence: float
    beside_type: bool
    """Beside "so" or the paper's kind, so that it outweighs figures read from handwriting."""


def number_in_name(file_name: str, symbol: str | None) -> NamedNumber | None:
    """The number beside the kind of paper that `symbol` ("KH-UBND") names; None where the name speaks of another."""
    rules = load_rulebook("file_names")
    name = plain_name(file_name)
    for group, confidence in _SURE.items():
        for found in rules.find(group, name):
            if _agrees(found.values.get("code"), symbol):
                return NamedNumber(found.values["number"], found.rule_id, confidence, group == "number")
    return None


def plain_name(path: str) -> str:
    """The last part of a path without its ending, in small letters without marks, parted by "-"."""
    base = re.sub(r"(?:\.(?:signed|pdf|tiff?|jpe?g|png))+$", "", re.split(r"[/\\!]", path)[-1].lower())
    return re.sub(r"[^a-z0-9]+", "-", toneless(base)).strip("-")


def _agrees(code: str | None, symbol: str | None) -> bool:
    if code is None or symbol is None:
        return True
    kind = toneless(re.split(r"[-/]", symbol)[0]).lower()
    return code == kind or (kind == "ubnd" and code in _LETTER_CODES)
