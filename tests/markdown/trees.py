"""The lists of a page as a tree: how deep each item stands, and the text that is its own."""

from html.parser import HTMLParser

from tests.markdown.rendered import folded, pages

_EXPECTED = {"ul", "ol", "li", "p", "br", "a"}


class _Items(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.items = []
        self.open = []
        self.markup = set()
        self.starts = []

    def handle_starttag(self, tag, attrs):
        if tag in {"ol", "ul"}:
            self.starts.append((tag, int(dict(attrs).get("start", 1))))
        if tag == "li":
            self.open.append(len(self.items))
            self.items.append([len(self.open), ""])
        elif tag == "br" and self.open:
            self.items[self.open[-1]][1] += "\n"
        if tag not in _EXPECTED:
            self.markup.add(tag)

    def handle_endtag(self, tag):
        if tag == "li":
            self.open.pop()

    def handle_data(self, data):
        if self.open:
            self.items[self.open[-1]][1] += data
        elif data.strip():
            self.markup.add(f"text outside of the list: {data!r}")

    def handle_comment(self, data):
        self.markup.add("comment")


def trees(source):
    """For each parser its items as (depth, text), and the markup that no list has."""
    for page in pages(source + "\n"):
        found = _Items()
        found.feed(page)
        found.close()
        yield [(depth, folded(text)) for depth, text in found.items], found.markup


def starts(source):
    """For each parser the kind and first number of its lists."""
    for page in pages(source + "\n"):
        found = _Items()
        found.feed(page)
        yield found.starts
