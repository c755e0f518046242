"""What a page shows: markdown through two parsers, and the text of one element back."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm import cmark
from markdown_it import MarkdownIt

_GFM = MarkdownIt("gfm-like")


def pages(source):
    """The HTML of markdown by each parser, raw HTML and all extensions on: whatever can go wrong shall."""
    yield _GFM.render(source)
    yield cmarkgfm.markdown_to_html_with_extensions(
        source, options=cmark.Options.CMARK_OPT_UNSAFE, extensions=["table", "autolink", "strikethrough"]
    )


class _Elements(HTMLParser):
    def __init__(self, tag):
        super().__init__(convert_charrefs=True)
        self.tag = tag
        self.texts = []
        self.inside = False
        self.markup = set()

    def handle_starttag(self, tag, attrs):
        if tag == self.tag and not self.inside:
            self.inside = True
            self.texts.append("")
        elif self.inside and tag == "br":
            self.texts[-1] += "\n"
        elif self.inside and not (tag == "p" and self.tag == "li"):
            self.markup.add(tag)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != self.tag

    def handle_data(self, data):
        if self.inside:
            self.texts[-1] += data

    def handle_comment(self, data):
        self.markup.add("comment")


def shown(source, tag):
    """For each parser the texts of the elements of that name, and what other markup stands in them."""
    for page in pages(source + "\n"):
        elements = _Elements(tag)
        elements.feed(page)
        elements.close()
        yield [folded(text) for text in elements.texts], elements.markup - {"a"}


def folded(text):
    """Text as a page shows it: lines without their outer blanks, no blank lines."""
    lines = re.split("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text)
    return "\n".join(line.strip() for line in lines if line.strip())
