"""Pages of HTML as trees, what a browser shows of them, and what a page of markdown shows, in one shape.

[("p", "a line\\nand another"), ("h2", "a heading"), ("ul", [[("p", "an item"), ("ul", [...])]]), ("quote", [...]),
 ("pre", "code"), ("table", [["cell", ...], ...]), ("hr", "")]
"""

import re
from html import escape

from hypothesis import strategies as st

from tests.markdown.elements import Element
from tests.markdown.hostile import hostile, visible
from tests.markdown.rendered import folded

_BLOCKS = {"p", "ul", "ol", "blockquote", "pre", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")

texts = (hostile | st.text(max_size=12)).map(lambda text: _LINE_ENDS.sub(" ", visible(text)))
"""Text without what no page shows. Line ends of other systems are left to the emitters' own tests."""

URLS = [
    "https://e.example/",
    "https://e.example/a_b*c*?d=1&e=(2)",
    "mailto:a@b.example",
    "https://e.example/é b|<c>`d`\"'",
]
BAD_URLS = [
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "#top",
    "",
    "ftp://e.example/",
    "https://u:p@e.example/",
    "/relative",
]


def unbroken(inline):
    """What stands in a line without its breaks: a link is on one line."""
    pieces = [piece for piece in inline if piece != ("br",)]
    return [
        piece if isinstance(piece, str) or piece[0] == "code" else (*piece[:-1], unbroken(piece[-1]))
        for piece in pieces
    ]


_codes = st.tuples(st.just("code"), texts.map(lambda text: re.sub(r"[^\S \t\n\r]", "x", text)))
_leaves = texts | _codes | st.just(("br",))
inlines = st.recursive(
    st.lists(_leaves, min_size=1, max_size=4),
    lambda inner: st.lists(
        _leaves
        | st.tuples(st.sampled_from(["b", "i", "del", "strong", "em", "span", "u"]), inner)
        | st.tuples(st.just("a"), st.sampled_from(URLS + BAD_URLS), inner.map(unbroken)),
        min_size=1,
        max_size=4,
    ),
    max_leaves=6,
)
_simple = (
    st.tuples(st.just("p"), inlines)
    | st.tuples(st.sampled_from(["h1", "h2", "h6"]), inlines)
    | st.tuples(st.just("pre"), texts)
    | st.tuples(
        st.just("table"),
        st.integers(2, 3).flatmap(
            lambda n: st.lists(st.lists(inlines, min_size=n, max_size=n), min_size=2, max_size=3)
        ),
    )
    | st.just(("hr", ""))
)
blocks = st.recursive(
    st.lists(_simple, max_size=4),
    lambda inner: st.lists(
        _simple
        | st.tuples(st.sampled_from(["ul", "ol"]), st.lists(inner, min_size=1, max_size=3))
        | st.tuples(st.just("quote"), inner),
        max_size=4,
    ),
    max_leaves=8,
)


def written(page):
    """The HTML of blocks."""
    return "".join(_block(*block) for block in page)


def _block(kind, content):
    if kind in ("ul", "ol"):
        return f"<{kind}>" + "".join(f"<li>{written(item)}</li>" for item in content) + f"</{kind}>"
    if kind == "quote":
        return f"<blockquote>{written(content)}</blockquote>"
    if kind == "table":
        rows = "</tr><tr>".join("".join(f"<td>{line(cell)}</td>" for cell in row) for row in content)
        return f"<table><tr>{rows}</tr></table>"
    if kind == "pre":
        return f"<pre>{escape(content)}</pre>"
    return "<hr>" if kind == "hr" else f"<{kind}>{line(content)}</{kind}>"


def line(inline):
    """The HTML of what stands in a line."""
    found = []
    for piece in inline:
        if isinstance(piece, str):
            found.append(escape(piece))
        elif piece[0] == "br":
            found.append("<br>")
        elif piece[0] == "code":
            found.append(f"<code>{escape(piece[1])}</code>")
        elif piece[0] == "a":
            found.append(f'<a href="{escape(piece[1])}">{line(piece[2])}</a>')
        else:
            found.append(f"<{piece[0]}>{line(piece[1])}</{piece[0]}>")
    return "".join(found)


def expected(page):
    """What a browser shows of blocks; what shows nothing is not there."""
    return [shape for block in page for shape in _expected(*block)]


def _expected(kind, content):
    if kind in ("ul", "ol"):
        items = [shapes for item in content if (shapes := expected(item))]
        return [(kind, items)] if items else []
    if kind == "quote":
        shapes = expected(content)
        return [("quote", shapes)] if shapes else []
    if kind == "table":
        return _table([[one_line(cell) for cell in row] for row in content])
    if kind == "p":
        return [("p", part) for part in paragraphs(content)]
    if kind == "pre":
        text = re.sub(r"\n\s*\Z", "", content.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
        text = text if text.strip() else ""
    else:
        text = one_line(content).replace("\n", " ")
    return [(kind, text)] if text or kind == "hr" else []


def _table(rows):
    used = {place for row in rows for place, cell in enumerate(row) if cell}
    rows = [[cell for place, cell in enumerate(row) if place in used] for row in rows if any(row)]
    if len(used) > 1 and len(rows) > 1:
        return [("table", rows)]
    return [("p", cell) for row in rows for cell in row if cell]


def shown(inline):
    """The text of what stands in a line, as CSS collapses it; a break is a line end."""
    text = "".join(_pieces(inline))
    return re.sub(" ?\n ?", "\n", re.sub("[ \t\n\r\f]+", " ", text).replace("\x00", "\n"))


def _pieces(inline):
    for piece in inline:
        if isinstance(piece, str):
            yield piece
        elif piece[0] == "br":
            yield "\x00"
        elif piece[0] == "code":
            yield piece[1]
        else:
            yield from _pieces(piece[-1])


def one_line(inline):
    return folded(visible(shown(inline)))


def paragraphs(inline):
    """What stands in a line, in the paragraphs that two breaks in a row make of it."""
    return list(filter(None, (folded(visible(part)) for part in re.split("\n{2,}", shown(inline)))))


def shape(element):
    """What a rendered page shows."""
    found, text = [], ""
    for child in (*element.children, None):
        if (isinstance(child, Element) and child.tag in _BLOCKS) or child is None:
            if folded(text):
                found.append(("p", folded(text)))
            text = ""
            found += [] if child is None else _shape(child)
        elif isinstance(child, Element):
            text += child.shown
        else:
            text += child
    return found


def _shape(element):
    tag = element.tag
    if tag in ("ul", "ol"):
        return [(tag, [shape(item) for item in element.elements])]
    if tag == "blockquote":
        return [("quote", shape(element))]
    if tag == "table":
        rows = [[cell.lines for cell in row.elements] for row in element.find("tr")]
        return [("table", [row for row in rows if any(row)])]
    if tag == "pre":
        return [("pre", element.text.removesuffix("\n"))]
    return [(tag, element.lines)]
