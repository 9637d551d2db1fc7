"""A web page's own document: what is left when menus, scripts and hidden parts are taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.word.layout_tables import has_layout_words
from pipeline.ingest.word.xmltree import Element, children, name_of

CHROME = frozenset(
    {
        "script",
        "style",
        "nav",
        "aside",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "applet",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "head",
        "title",
        "meta",
        "link",
        "canvas",
        "video",
        "audio",
        "img",
        "map",
        "dialog",
        "menu",
        "progress",
    }
)
PAGE_EDGES = frozenset({"header", "footer"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "tablist", "dialog"})
OWN_SHARE = 0.7
"""An element with this share of its parent's running text holds the document, if no letterhead is beside it."""
PARAGRAPH = 40
MENU_LINKS = 4
MENU_SHARE = 0.8


def document_root(root: Element) -> Element:
    """The element that holds the document's own text; parts that are not text are removed from the tree."""
    _remove({element for element in root.iter() if element is not root and _is_unseen(element)})
    current = root
    while (inner := _inner(current)) is not None:
        current = inner
    _remove({e for e in current.iter("ul", "ol", "div") if e is not current and _is_menu(e)})
    return current


def _is_unseen(element: Element) -> bool:
    name = name_of(element)
    if name in CHROME or not name:
        return True
    if element.get("hidden") is not None or HIDDEN.search(element.get("style", "")):
        return True
    if element.get("role", "").lower() in CHROME_ROLES or name in PAGE_EDGES:
        return not has_layout_words(_text(element))
    return False


def _remove(elements: set[Element]) -> None:
    """Take elements away but keep the text that follows them, put together once for each parent."""
    for parent in {parent for element in elements if (parent := element.getparent()) is not None}:
        before: Element | None = None
        texts = [parent.text]
        for child in list(parent):
            if child in elements:
                texts.append(child.tail)
                parent.remove(child)
            else:
                _set_text(parent, before, texts)
                before, texts = child, [child.tail]
        _set_text(parent, before, texts)


def _set_text(parent: Element, before: Element | None, texts: list[str | None]) -> None:
    """What stands behind the child `before`, or in front of all where it is None."""
    if len(texts) == 1:
        return
    text = "".join(filter(None, texts)) or None
    if before is None:
        parent.text = text
    else:
        before.tail = text


def _inner(element: Element) -> Element | None:
    """The one child that holds nearly all running text, unless marks of the document stand beside it."""
    weights = [(child, _weight(child)) for child in children(element)]
    total = sum(weight for _, weight in weights)
    if not total or name_of(element) in ("table", "tbody", "tr", "p", "ul", "ol"):
        return None
    best, weight = max(weights, key=lambda pair: pair[1])
    if weight < OWN_SHARE * total or name_of(best) in ("table", "p", "ul", "ol"):
        return None
    beside = "\n".join(_text(child) for child, _ in weights if child is not best)
    return None if has_layout_words(beside) and not has_layout_words(_text(best)) else best


def _weight(element: Element) -> int:
    """Characters of running text: paragraphs and cells of some length, links not counted."""
    linked = sum(len(_text(link)) for link in element.iter("a"))
    return max(0, sum(len(part) for part in _paragraphs(element) if len(part) >= PARAGRAPH) - linked)


def _paragraphs(element: Element) -> Iterator[str]:
    yield from (str(text).strip() for text in element.itertext() if text.strip())


def _is_menu(element: Element) -> bool:
    links = list(element.iter("a"))
    if len(links) < MENU_LINKS:
        return False
    text = _text(element)
    mostly_links = sum(len(_text(link)) for link in links) >= MENU_SHARE * max(1, len(text))
    return mostly_links and not has_layout_words(text)


def _text(element: Element) -> str:
    return "\n".join(_paragraphs(element))
