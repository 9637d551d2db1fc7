"""XML and HTML trees, hardened: no entities, no network, no external files. The one home of lxml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree, html

from pipeline.errors import DocumentError, Kind

Element: TypeAlias = etree._Element
DEEPEST = 200
"""Elements nested deeper than this are no document."""


def parse_xml(data: bytes) -> Element:
    """The root of an XML part. Entities are never resolved, so a bomb of them stays a few bytes.

    Raises:
        DocumentError: damaged, when it is no well-formed XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(Kind.DAMAGED, f"XML: {error}.") from error


def parse_html(text: str) -> Element:
    """The root of an HTML page or fragment; broken markup is mended as browsers do.

    Raises:
        DocumentError: damaged, when there is no element at all.
    """
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser, ensure_head_body=False)
    if not isinstance(root, etree._Element):
        raise DocumentError(Kind.DAMAGED, "HTML.")
    return root


def children(element: Element) -> Iterator[Element]:
    """Child elements proper (comments, entities and instructions have no name of their own)."""
    return (child for child in element if isinstance(child.tag, str))


def name_of(element: Element) -> str:
    """The local name: "p" of "{http://...}p"."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
