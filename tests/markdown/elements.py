"""A page as a tree of elements, as each of the parsers with all extensions on makes it."""

from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm import cmark
from markdown_it import MarkdownIt

from tests.markdown.rendered import folded

_GFM = MarkdownIt("gfm-like")
_OPTIONS = cmark.Options.CMARK_OPT_UNSAFE | cmark.Options.CMARK_OPT_FOOTNOTES
_VOID = {"br", "hr", "img", "input"}


def roots(source):
    """For each parser the page of a document. What GitHub has beyond GFM, tasks and footnotes, is on as well."""
    yield tree(_GFM.render(f"{source}\n"))
    yield tree(
        cmarkgfm.markdown_to_html_with_extensions(
            f"{source}\n", options=_OPTIONS, extensions=["table", "autolink", "strikethrough", "tasklist"]
        )
    )


def tree(page):
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.open[0]


class Element:
    def __init__(self, tag, attributes):
        self.tag = tag
        self.attributes = attributes
        self.children = []

    def __getitem__(self, index):
        return self.elements[index]

    @property
    def elements(self):
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def kinds(self):
        """The names of the elements right below."""
        return [element.tag for element in self.elements]

    @property
    def markup(self):
        """The names of all elements below but line breaks, which are text, in order."""
        return [tag for child in self.elements for tag in (child.tag, *child.markup) if tag != "br"]

    @property
    def text(self):
        """All text below; an image is its alternative text."""
        return "".join(child if isinstance(child, str) else child.shown for child in self.children)

    @property
    def shown(self):
        return "\n" if self.tag == "br" else self.attributes.get("alt", "") if self.tag == "img" else self.text

    @property
    def lines(self):
        return folded(self.text)

    def find(self, tag):
        return [found for child in self.elements for found in ([child] if child.tag == tag else []) + child.find(tag)]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Element("page", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if tag in [element.tag for element in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.open[-1].children.append(data)

    def handle_comment(self, data):
        self.open[-1].children.append(Element("comment", {"data": data}))

    handle_decl = handle_pi = handle_comment
