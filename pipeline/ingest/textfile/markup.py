"""Markdown and stray HTML marks in text: taken out, with what was bold remembered."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

SIGNS = re.compile(
    r"(?m)^\s{0,3}#{1,6}[ \t]+\S|\*\*[^\s*]|(?<![\w*])\*[^\s*)][^*\n]{0,200}\*(?![\w*])|\\[*#_.\-\[\]()>|]"
    r"|^[^\S\n]*(?:\|[^\S\n]*)?:?-{3,}:?[^\S\n]*\|[\s:|-]*$|</?(?:b|strong|i|em|br|u)\s*/?>"
)
_HEADING = re.compile(r"\s{0,3}#{1,6}[ \t]+(.*)$")
QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
STAR_BULLET = re.compile(r"^(\s*)\*[ \t]+(?=\S)")
TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<delim>\*{1,3}|(?<![_\w])_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?![\w_]))"
    r"|<(?P<close>/?)(?P<tag>b|strong|i|em|u|s|sup|sub|font|span|center|p|div|mark|small|big)\b[^<>\n]{0,200}>"
    r"|(?P<line><br\s*/?>)|(?P<image>!\[[^\]\n]{0,500}\]\((?:(?!!\[)[^)\n])*\))"
    r"|\[(?P<link>[^\]\n]{1,500})\]\([^)\n]{0,2000}\)|(?P<comment><!--(?:(?!<!--|-->).){0,2000}-->)|(?P<code>`+)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)",
    re.DOTALL | re.IGNORECASE,
)
BOLD_TAGS = frozenset({"b", "strong"})


@dataclass(frozen=True, slots=True)
class Marked:
    """One line of text without marks, and whether all of it was bold."""

    text: str
    bold: bool


@dataclass(slots=True)
class _Delimiter:
    place: int
    sign: str
    opens: bool
    closes: bool
    used: bool = False


@dataclass(slots=True)
class _Piece:
    text: str
    delimiter: _Delimiter | None = None
    bold: int = 0


def is_markup(text: str) -> bool:
    """Whether a text is told by its marks to be Markdown (or text with HTML marks in it)."""
    return SIGNS.search(text) is not None


def heading(line: str) -> str | None:
    """The words of a line that is a heading, without its marks before and behind."""
    found = _HEADING.match(line)
    return found[1].rstrip(" \t").rstrip("#").rstrip(" \t") if found else None


def unmark(text: str) -> list[Marked]:
    """The lines of one paragraph or cell ("\\n" and <br> part them) without marks."""
    pieces = _pieces(text)
    _pair(pieces)
    lines: list[list[tuple[str, bool]]] = [[]]
    for piece in pieces:
        kept = "" if piece.delimiter and piece.delimiter.used else piece.text
        for index, part in enumerate(kept.split("\n")):
            if index:
                lines.append([])
            lines[-1].append((part, piece.bold > 0))
    return [_line(parts) for parts in lines]


def _line(parts: list[tuple[str, bool]]) -> Marked:
    text = "".join(part for part, _ in parts)
    filled = [bold for part, bold in parts if part.strip()]
    return Marked(text, bool(filled) and all(filled))


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    end = depth = 0
    for match in TOKEN.finditer(text):
        pieces.append(_Piece(text[end : match.start()], bold=depth))
        end = match.end()
        if match["tag"] and match["tag"].lower() in BOLD_TAGS:
            depth = max(0, depth + (-1 if match["close"] else 1))
        pieces.append(_token(match, text, len(pieces), depth))
    pieces.append(_Piece(text[end:], bold=depth))
    return pieces


def _token(match: re.Match[str], text: str, place: int, depth: int) -> _Piece:
    if match["delim"]:
        return _Piece(match["delim"], _delimiter(match, text, place), depth)
    kept = match["escaped"] or match["link"] or ""
    if match["line"]:
        kept = "\n"
    if match["entity"]:
        kept = html.unescape(match["entity"])
    return _Piece(kept, bold=depth)


def _delimiter(match: re.Match[str], text: str, place: int) -> _Delimiter:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    # "(*)" is a footnote sign of the document, never emphasis.
    lone = before == "(" and after == ")"
    return _Delimiter(place, match["delim"], not after.isspace() and not lone, not before.isspace() and not lone)


def _pair(pieces: list[_Piece]) -> None:
    """Match closing delimiters with the nearest opening ones of the same sign; what is between is emphasised."""
    opened: list[_Delimiter] = []
    by_sign: defaultdict[str, list[_Delimiter]] = defaultdict(list)
    deeper = [0] * (len(pieces) + 1)
    for piece in pieces:
        closer = piece.delimiter
        if closer is None:
            continue
        if not (closer.closes and by_sign[closer.sign]):
            if closer.opens:
                opened.append(closer)
                by_sign[closer.sign].append(closer)
            continue
        opener = by_sign[closer.sign][-1]
        opener.used = closer.used = True
        while by_sign[opened[-1].sign].pop() is not opener:
            opened.pop()
        opened.pop()
        if len(closer.sign) > 1:
            deeper[opener.place] += 1
            deeper[closer.place] -= 1
    for piece, depth in zip(pieces, accumulate(deeper), strict=False):
        piece.bold += depth
