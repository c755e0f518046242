"""What parsers of whole documents read from a page: html5lib and lexbor, which follow the HTML standard by other ways.

Both give elements; which of them count, and what they say, is worked out here anew, by the rules of `Head`.
"""

import re
import warnings
from dataclasses import dataclass

import html5lib
from selectolax.lexbor import LexborHTMLParser

XHTML = "{http://www.w3.org/1999/xhtml}"
ELSEWHERE = {
    "template",
    "noscript",
    "svg",
    "math",
    "textarea",
    "style",
    "iframe",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
}
BLANKS = "\t\n\f\r "


@dataclass
class Read:
    metas: list
    links: list
    title: str | None
    base: str | None
    json_ld: list
    lang: str | None


def by_html5lib(text):
    """As browsers that run scripts read a page. html5lib knows no templates and follows the standard of 2013."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        root = html5lib.HTMLParser(namespaceHTMLElements=True).parse(text, scripting=True)
    found = []
    stack = [(root, False)]
    while stack:
        element, hidden = stack.pop()
        if not isinstance(element.tag, str):
            continue
        name = element.tag.removeprefix(XHTML)
        hidden = hidden or name.rpartition("}")[2] in ELSEWHERE
        if not hidden:
            attributes = {key: value for key, value in element.attrib.items() if isinstance(key, str)}
            found.append((name, attributes, element.text or ""))
        stack.extend((child, hidden) for child in reversed(element))
    return _read(found)


def by_lexbor(text):
    """As browsers that run no scripts read a page, so only for pages without noscript."""
    root = LexborHTMLParser(text).root
    found = []
    stack = [(root, False)]
    while stack:
        node, hidden = stack.pop()
        hidden = hidden or node.tag in ELSEWHERE
        if not hidden and node.is_element_node:
            attributes = {key: value or "" for key, value in node.attributes.items()}
            text = (node.text(deep=False) or "") if node.tag in ("title", "script") else ""
            found.append((node.tag, attributes, text))
            children = list(node.iter(include_text=False))
            stack.extend((child, hidden) for child in reversed(children))
    return _read(found)


def by_scan(head):
    """What the scanner read, in the same words."""
    metas = [(meta.name, meta.content) for meta in head.metas]
    links = [tuple(sorted(link.items())) for link in head.links]
    return Read(metas, links, head.title, head.base, [block.text for block in head.json_ld], head.lang)


def _read(elements):
    read = Read([], [], None, None, [], None)
    for name, attributes, text in elements:
        value = attributes.get("content") or attributes.get("value") or ""
        if name == "meta" and value.strip():
            words = [attributes.get(key, "") for key in ("property", "name", "itemprop")]
            read.metas += [(word, value) for word in dict.fromkeys(" ".join(words).lower().split())]
        elif name == "link" and attributes.get("rel", "").strip() and attributes.get("href", "").strip():
            read.links.append(tuple(sorted(attributes.items())))
        elif name == "title" and read.title is None and text.strip():
            read.title = text
        elif name == "base" and read.base is None:
            read.base = attributes.get("href")
        elif name == "script" and re.split(";", attributes.get("type", ""))[0].strip().lower() == "application/ld+json":
            read.json_ld.append(text)
        elif name == "html" and read.lang is None:
            read.lang = attributes.get("lang")
    return read
