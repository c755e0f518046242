"""Pages as nobody should write them: tags, quotings, entities, comments and elements of every kind, in any order.

A page is made by a function that picks one of some options, so that hypothesis can pick, or a random number.
"""

from hypothesis import strategies as st

NAMES = ["og:title", "OG:Image", "description", "twitter:title og:title", "a", ""]
VALUES = [
    "x", "", " ", "a b", "Tom &amp; Ann", "&amp;amp;", "&lt;b>", "&copy=1", "&copy 2", "&copy;3", "&copyx", "&notit;", "&notin;", "&#x41;",
    "&#65", "&#65x", "&#0;", "&#128;", "&#x9f;", "&#x81;", "&#xD800;", "&#1114112;", "&#99999999999999;", "&#;", "&#x;", "&", "&&amp", "&AMP",
    "&unknown;", "&ampere", "a\r\nb\rc\n", "é&eacute;&#xe9;", "日本", "a=b", "/u?a=1&b=2", "a'b", 'a"b', "<meta name=in content=value>", ">", "-->",
    "&#13;", "&#x80;&#8364;", "&lang;&rang", "&NotEqualTilde;", "\xa0", "\x0b", "\x1c", "&#1;", "&#xb;", "</title>", "</script>", "&fjlig;&frac12",
]  # fmt: skip
BARE = ["x", "a/b", "a/", "a'b", 'a"b', "a=b", "=", "a&amp;b", "&copy=1", "a<b", "`", "é"]
KEYS = ["content", "name", "property", "itemprop", "value", "CONTENT", "Name", "rel", "href", "type", "lang", "ｎame"]
OTHER_KEYS = ["a", "a'b", 'a"b', "=", "=a", "a<b", "class", "@x", ":y", "data-a", "é"]
BLANKS = [" ", " ", " ", "\n", "\t", "\f", "\r\n", "  ", "/", " / "]
GAPS = ["", "", "", "", " ", "\n", "\t "]
HTML_TAGS = ["p", "div", "a", "b", "i", "span", "h1", "ul", "li", "html", "body", "head", "table", "tr", "td", "form", "x-y", "br", "img", "button", "colgroup"]  # fmt: skip
RAW = ["script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "title", "noscript"]
SVG_TAGS = ["g", "path", "title", "desc", "foreignObject", "script", "style", "a", "text", "use"]
MATH_TAGS = ["mi", "mo", "mn", "mrow", "annotation-xml", "mglyph"]
COMMENTS = ["<!-- {} -->", "<!-->{}", "<!--->{}", "<!--{}--!>", "<!--!>{}-->", "<!---!>{}-->", "<!--{}", "<!----!>{}", "<!-- <!-->{}", "<!--{}--->"]  # fmt: skip
BOGUS = [
    "<!{}>",
    "<?{}>",
    "</ {}>",
    "<!doctype html>",
    "<!DOCTYPE a '{}>",
    "<![CDATA[{}]]>",
    "</>",
    "<>",
    "< p {}>",
    "<3",
    "</3{}>",
    "<!->",
    "<!-",
]
ODD_TEXT = ["text", " ", "\n", "&amp;", "'", '"', "<", ">", "</", "=", "--", "\x00"]
SCRIPTS = [
    '{"a": 1}', "a < b && c > d", "<!--", "-->", "<!-- <script", " </script ", "</scrip>", "</scripty>", "<script>", "</script/>", "--!>", "<!-->",
    '"<meta name=a content=b>"', "\r\n", "&amp;", "<!--<script></script>-->", "</SCRIPT\t",
]  # fmt: skip


def attribute(pick):
    blank, gap, end_gap = pick(BLANKS), pick(GAPS), pick(GAPS)
    key = pick(pick([KEYS, KEYS, KEYS, OTHER_KEYS]))
    quote = pick(['"', '"', "'", "", "none"])
    if quote == "none":
        return blank + key
    value = pick(BARE) if quote == "" else pick(NAMES + VALUES).replace(quote, "")
    return f"{blank}{key}{gap}={end_gap}{quote}{value}{quote}"


def tag(pick, name, attributes=(0, 0, 1, 2, 3), ends=("", "", "", " ", "/", " /")):
    written = pick([name, name, name, name.upper(), name.title()])
    return "<" + written + "".join(attribute(pick) for _ in range(pick(attributes))) + pick(ends) + ">"


def meta(pick):
    if pick([True, False]):
        quote = pick(['"', "'"])
        name, value = pick(NAMES).replace(quote, ""), pick(VALUES).replace(quote, "")
        first, second = f"{pick(KEYS[1:4])}={quote}{name}{quote}", f"content={quote}{value}{quote}"
        if pick([True, False]):
            first, second = second, first
        return f"<meta {first} {second}>"
    return tag(pick, "meta", (1, 2, 3, 4))


def link(pick):
    rel, href = pick(["canonical", "icon", "'image_src x'", '""']), pick(VALUES).replace("'", "")
    return f"<link rel={rel} href='{href}'>"


def json_ld(pick):
    kind = pick(["application/ld+json", "application/ld+json", "APPLICATION/LD+JSON ", "text/javascript"])
    return (
        f'<script type="{kind}">'
        + "".join(pick(SCRIPTS) for _ in range(pick([0, 1, 2, 3])))
        + pick(["</script>"] * 5 + ["</SCRIPT >", ""])
    )


def title(pick):
    return f"<title{pick(['', ' a=b'])}>{pick(VALUES)}" + pick(["</title>"] * 5 + ["</TITLE >", "", "</title x='>'>"])


def base(pick):
    return f'<base href="{pick(BARE).replace(chr(34), "")}">'


def raw(pick, depth, without):
    name = pick([name for name in RAW if name not in without])
    inner = "".join(pick([*SCRIPTS, *VALUES]) for _ in range(pick([0, 1, 2])))
    inner += pick(["", page_part(pick, depth + 1, without)])
    return tag(pick, name, (0, 0, 1)) + inner + pick([f"</{name}>"] * 6 + [f"</{name.upper()} a='>'>", f"</{name}"])


def element(pick, names, depth, without):
    name = pick(names)
    inner = "".join(page_part(pick, depth + 1, without) for _ in range(pick([0, 1, 2])))
    return tag(pick, name) + inner + pick([f"</{name}>"] * 3 + [""])


def closed(pick, name, depth, without):
    """An element with its end, and in drawings only parts that drawings have."""
    parts = {"svg": SVG_TAGS, "math": MATH_TAGS}.get(name.partition(" ")[0])
    name = name.rpartition(" ")[2]
    inner = ""
    for _ in range(pick([0, 1, 2])):
        if parts and depth < 2 and pick([True, True, False]):
            inner += closed(pick, f"{'svg' if parts is SVG_TAGS else 'math'} {pick(parts)}", depth + 1, without)
        else:
            inner += page_part(pick, depth + 1, without)
    return tag(pick, name, ends=("", " ")) + inner + f"</{name}>"


SIMPLE = {
    "meta": meta,
    "link": link,
    "json_ld": json_ld,
    "title": title,
    "base": base,
    "text": lambda pick: pick(ODD_TEXT),
}
CLOSED = {"text": "{}", "title": "<title>{}</title>", "json_ld": '<script type="application/ld+json">{}</script>'}
LEAVES = ["meta", "meta", "meta", "link", "title", "base", "json_ld", "text"]
NESTED = ["html", "comment", "bogus", "raw", "template", "svg", "math"]
CLOSED_TAGS = ["p", "div", "a", "b", "i", "span", "h1", "ul", "li", "x-y", "button"]
DRAWN = {"template": ["template"], "svg": ["svg", "svg", *SVG_TAGS], "math": ["math", "math", *MATH_TAGS]}


def page_part(pick, depth=0, without=()):
    """A piece of a page, without the kinds that are named; "unclosed" is what leaves elements open, closes others, or moves
    them, as tables do.
    """
    kind = pick(LEAVES + [kind for kind in NESTED if depth < 3 and kind not in without])
    if kind in CLOSED and "unclosed" in without:
        return CLOSED[kind].replace("{}", pick(["x", "&amp;", ""]))
    if kind in SIMPLE:
        return SIMPLE[kind](pick)
    return nested(pick, kind, depth, without)


def nested(pick, kind, depth, without):
    if kind in ("comment", "bogus"):
        return pick(COMMENTS if kind == "comment" else BOGUS).replace("{}", page_part(pick, depth + 1, without))
    if kind == "raw":
        return raw(pick, depth, without)
    if "unclosed" in without:
        return closed(pick, pick(CLOSED_TAGS) if kind == "html" else kind, depth, without)
    if kind == "html" and pick([False, True]):
        return f"</{pick(HTML_TAGS)}>"
    return element(pick, DRAWN.get(kind, HTML_TAGS), depth, without)


def page(pick, without=()):
    """A page of soup, sometimes within the usual frame, sometimes cut."""
    parts = "".join(page_part(pick, 0, without) for _ in range(pick(range(1, 9))))
    frames = ["{}", "<!doctype html><html lang=en><head>{}</head><body><p>x</body></html>", "<head>{}"]
    whole = pick(frames).replace("{}", parts)
    return whole[: pick(range(len(whole) + 1))] if pick([False, False, False, True]) else whole


@st.composite
def pages(draw, without=()):
    """Such pages as hypothesis picks them."""
    return page(lambda options: draw(st.sampled_from(options)), without)
