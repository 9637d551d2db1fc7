"""Texts and pages of one short piece said over and over: what takes the square of its length shows in seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.bad_files import GOOD

LENGTH = 60_000
"""Characters. Each of these took from ten seconds to hours before it was mended, and takes less than one now."""


def _over(piece: str, length: int = LENGTH) -> str:
    return piece * (length // len(piece))


TEXTS: Mapping[str, Callable[[], str]] = {
    "marks on one letter": lambda: "a" + _over("\u0301\u0323"),
    "marks parted by nothing": lambda: "a" + _over("\u0301" * 20 + "\u200b" + "\u0323" * 20),
    "a line of blanks": lambda: _over(" ") + "x",
    "empty lines": lambda: _over(" \n"),
    "a word of digits": lambda: _over("1") + "a" + _over("1"),
    "a line of signs": lambda: _over("- ") + "x",
    "lines with a gap": lambda: _over("một    hai\n"),
    "a wide line with gaps": lambda: _over("a   ") + "\n" + _over("a   "),
    "blocks with gaps": lambda: _over("a   b   c\n\n"),
    "lines with pipes": lambda: _over("a|b|c\n"),
    "a rule without an end": lambda: _over("|---") + "x",
    "lists with tabs": lambda: _over("1.\tviệc\n"),
    "closed before opened": lambda: _over("_a **b "),
    "bold in bold": lambda: _over("**a ") + _over(" a**"),
    "pictures without an end": lambda: _over("![]("),
    "a heading of blanks": lambda: "# " + _over(" ") + "x",
    "addresses": lambda: _over("a@"),
    "points": lambda: _over("1.1."),
    "brackets": lambda: "Giao Sở Nội vụ " + _over("(a) "),
}
PAGES: Mapping[str, Callable[[], str]] = {
    "comments before the first tag": lambda: _over("<!---->") + "x",
    "hidden parts": lambda: "<p>" + _over("<b hidden></b>x"),
    "wide and high cells": lambda: "<table>" + _over("<tr><td colspan=1000 rowspan=1000>a"),
    "rows": lambda: "<table>" + _over("<tr><td>a<td>b"),
    "broken lines": lambda: "<p>" + _over("a<br>"),
    "styles": lambda: f"<table><tr><td style='{_over('border:')}'>a<td style='{_over('border')}'>b</table>",
    "nested parts": lambda: _over("<div>", 1_000) + _over("<p>thi đua khen thưởng"),
}


def page(made: Callable[[], str]) -> bytes:
    """The piece inside a page that is read as one."""
    return f"{made()}<html><body><p>{made()}</p><p>{GOOD}</p></body></html>".encode()


def text(made: Callable[[], str]) -> bytes:
    """The piece below a plan that is read as one."""
    return (GOOD + made()).encode()
