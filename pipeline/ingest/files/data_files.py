"""Text that is data or program source and no document: told by its shape, which no prose has."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice

_SEPARATORS = {",": 3, "\t": 3, ";": 3, "|": 3}
"""How many of each a line of a table of data has at least."""
_LEAST_RECORDS = 3
_MOST_RECORDS = 200
_SAME_SHARE = 0.9
_JSON = re.compile(r'\s*(?:\{\s*"[^"\n]{1,200}"\s*:|\[\s*(?:\{\s*"|\[\s*["\d\[{-]|"[^"\n]{0,200}"\s*,\s*["\n]))')
_SCRIPT = re.compile(r"\s*(?:#!\s?/|<\?php|<\?xml\b)")
_CODE_LINE = re.compile(
    r"\s*(?:"
    r"(?:import|from|use|using|package|namespace)\s[\w.:*{}, /]+;?|from\s+[\w.]+\s+import\s.+|#\s?include\s*[<\"].+|"
    r"(?:async\s+)?(?:def|function|func|fn)\s+\w*\s*\(.*|(?:export\s+)?(?:class|struct|interface|enum)\s+\w+\b.{0,80}[:{(]|"
    r"(?:export\s+)?(?:const|let|var)\s+[\w{}\[\], ]+\s*=.*|(?:public|private|protected|static)\s.*[({;]|"
    r"(?:if|for|while|switch|elif|else if)\s*\(?.*[:{]|return\b.*|"
    r"(?:SELECT|INSERT INTO|CREATE TABLE|DROP TABLE|ALTER TABLE)\b.*|[\w.]+\s*=\s*[^=].*[;)\]}\"'\d]|"
    r"[\w.]+\(.*\);?|[})\]]+[;,)]*"
    r")\s*",
    re.ASCII,
)
_CODE_SHARE = 0.3
_LEAST_CODE = 5


def data_kind(head: str, is_whole: bool) -> str | None:
    """What kind of data the head of a text is, said for people; None for prose. `is_whole`: nothing was cut off."""
    if _JSON.match(head):
        return "JSON"
    if _SCRIPT.match(head) or _is_code(head):
        return "mã nguồn / source code"
    lines = head.splitlines()
    return _separated(lines if is_whole else lines[:-1])


def _separated(lines: list[str]) -> str | None:
    """CSV and its kin: nearly all records have the same number of unquoted separators."""
    for separator, least in _SEPARATORS.items():
        try:
            records = [row for row in islice(csv.reader(lines, delimiter=separator), _MOST_RECORDS) if row]
        except csv.Error:
            continue
        widths = Counter(len(row) - 1 for row in records)
        usual, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        if usual >= least and len(records) >= _LEAST_RECORDS and count >= _SAME_SHARE * len(records):
            return "CSV / TSV"
    return None


def _is_code(head: str) -> bool:
    lines = [line[:300] for line in head.splitlines()[:400] if line.strip()]
    code = sum(_CODE_LINE.fullmatch(line) is not None for line in lines)
    return code >= _LEAST_CODE and code >= _CODE_SHARE * len(lines)
