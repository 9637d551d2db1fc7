"""Pieces of HTML for the morning page. Whatever comes from a file or its name is escaped here and nowhere else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from html import escape

_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
"""Signs that can't be seen or that turn the order of others: a name must look like what it is."""

_VIETNAM = dt.timezone(dt.timedelta(hours=7))


def visible(text: str) -> str:
    """Text of others with its hidden signs shown as their code, for a page or a terminal."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def safe(text: str) -> str:
    """Text of others as HTML, set apart in its own direction."""
    return f"<bdi>{escape(visible(text))}</bdi>"


def both(vi: str, en: str) -> str:
    """Our own words in both languages, the English smaller."""
    return f'{escape(vi)} <span class="en" lang="en">{escape(en)}</span>'


def split(words: str) -> str:
    """Words of the form "Tiếng Việt. / English." as `both`."""
    vi, slash, en = words.partition(" / ")
    return both(vi, en) if slash else escape(words)


def section(vi: str, en: str, body: str, key: str = "") -> str:
    """A headed part of the page, or nothing where `body` is empty."""
    anchor = f' id="{key}"' if key else ""
    return f"<section{anchor}><h2>{both(vi, en)}</h2>\n{body}\n</section>" if body else ""


def folded(head: str, body: str, *, open_: bool = False) -> str:
    """A part that opens at a click; `head` and `body` are HTML."""
    return f"<details{' open' if open_ else ''}><summary>{head}</summary>\n{body}\n</details>"


def listed(items: Iterable[str], more: int = 0) -> str:
    """A list of HTML items, and how many are not shown."""
    rest = f'<li class="more">{both(f"… và {more} nữa", f"and {more} more")}</li>' if more > 0 else ""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + rest + "</ul>"


def badge(level: str, vi: str, en: str) -> str:
    """A coloured word: the colour never says more than the word."""
    return f'<span class="badge {escape(level)}">{escape(vi)} <span lang="en">· {escape(en)}</span></span>'


def time_of(text: str) -> str:
    """A time in ISO, as a person in Vietnam reads it; what is no time stays as it is."""
    try:
        time = dt.datetime.fromisoformat(text).astimezone(_VIETNAM)
    except ValueError:
        return safe(text)
    return time.strftime("%d/%m/%Y %H:%M (UTC+7)")


def day_of(text: str) -> str:
    """The day of `time_of`."""
    return time_of(text).partition(" ")[0]
