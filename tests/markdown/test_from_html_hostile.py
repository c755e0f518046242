"""Whatever a page is: no exception, nothing but its text, bounded work, and no text lost in silence."""

import re
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import markdown as md
from richresp.limits import markdown as limits
from tests.links.soup import pages
from tests.markdown.elements import roots
from tests.markdown.hostile_documents import DOCUMENTS
from tests.markdown.pages import blocks, texts, written

URL = "https://e.example/p"
SHOWN = {"page", "strong", "em", "del", "s", "a", "img", "code", "br", "p", "ul", "ol", "li", "input", "blockquote", "pre", "hr", "table", "thead",
         "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
SAFE = re.compile(r"https?://[^/]|mailto:|ftp://|xmpp:|//", re.IGNORECASE)  # of the last three parsers link bare text
SILENT = [
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "svg",
    "select",
    "textarea",
    "button",
    "object",
    "video",
    "audio",
    "title",
    "noembed",
]

any_bytes = st.binary(max_size=200) | st.lists(
    st.sampled_from([b"<table>", b"<tr>", b"<td colspan=3 rowspan=0>", b"</td>", b"<ul>", b"<li value=-1>", b"<ol reversed>", b"<pre>", b"<a href=/x>", b"</a>",
                     b"<b>", b"</b>", b"<i>", b"<dl>", b"<dt>", b"<dd>", b"<blockquote>", b"<br>", b"<code>", b"<h1>", b"<p>", b"</p>", b"<math>", b"x", b" ", b"*",
                     b"`", b"|", b"\xff", b"&#0;", b"&nbsp;", b"<input type=checkbox>", b"<sup>2</sup>", b"<caption>", b"<main>", b"<base href='//'>", b"<q>", b"<hr>"])
    | st.binary(max_size=3), max_size=40,
).map(b"".join)  # fmt: skip


def check(source, *, images=False):
    for root in roots(source):
        assert set(root.markup) <= SHOWN - (set() if images else {"img"})
        for link in root.find("a"):
            assert SAFE.match(link.attributes["href"])
        for element in root.find("img"):
            assert SAFE.match(element.attributes["src"])


@given(
    body=any_bytes,
    navigation=st.booleans(),
    images=st.sampled_from(["alt", "keep", "drop"]),
    url=st.sampled_from([None, URL]),
)
@example(body=b"", navigation=False, images="alt", url=None)
@example(body=b"<frameset><frame>", navigation=False, images="alt", url=None)
def test_any_bytes_are_markdown(body, navigation, images, url):
    source = md.from_html(body, url=url, navigation=navigation, images=images)
    assert isinstance(source, md.Block)
    check(source, images=images == "keep")


@given(pages())
def test_any_page_is_markdown(page):
    check(md.from_html(page, url=URL))


@given(blocks, st.data())
def test_a_page_may_be_cut_anywhere(page, data):
    html = written(page)
    check(md.from_html(html[: data.draw(st.integers(0, len(html)))], url=URL))


def test_a_page_cut_at_every_byte_is_markdown():
    page = (
        '<!doctype html><p class="a">é <b>x</b><a href="/y?a=1&amp;b=2">z</a><ul><li>a<ol start=2><li>b</ol></ul><table><tr><th colspan=2>c'
        "<tr><td>d<td>e</table><pre><code class=language-py>f\n</code></pre><!-- g --><script>h</script><math alttext=i></math>"
    ).encode()
    whole = {line for line in md.from_html(page, url=URL).splitlines() if line}
    for end in range(len(page)):
        check(md.from_html(page[:end], url=URL))
    assert "é **x**[z](https://e.example/y?a=1&b=2)" in whole


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_that_attack_readers_are_only_text(document):
    check(md.from_html(document, url=URL, images="drop"))
    check(
        md.from_html(f"<p>{document}</p><a href='{document}'>x</a><img src=\"{document}\" alt='{document}'>", url=URL)
    )


@given(st.sampled_from(SILENT), texts, texts.filter(str.isalnum))
def test_what_is_no_text_does_not_show(tag, text, after):
    html = f"<{tag} onclick='f()'>{re.sub('[<&]', '', text)}</{tag}><p onclick='g()' title='{re.sub('[^a-z]', '', text)}'>{after}</p>"
    assert md.from_html(html) == md.from_html(f"<p>{after}</p>")


DEEP = {
    "ul": "<ul><li>w{}",
    "ol": "<ol><li>w{}",
    "quote": "<blockquote>w{}",
    "div": "<div>w{}",
    "table": "<table><tr><td>w{}",
    "dl": "<dl><dt>w{}<dd>",
    "span": "<span>w{} ",
    "b": "<b>w{} ",
    "a": "<a href=/x>w{} ",
    "mixed": "<blockquote><ul><li>w{}<p>",
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_nested_too_deep_is_still_told(kind):
    source = md.from_html("".join(DEEP[kind].format(number) for number in range(1_000)), url=URL)
    words = [f"w{number}" for number in range(1_000)]
    for root in roots(source):
        assert re.findall("w[0-9]+", root.text) == words


def test_what_is_cut_off_is_said():
    page = "<p>abc</p>" * (limits.MAX_HTML_TAGS + 5)
    source = md.from_html(page)
    assert source.count("abc") == limits.MAX_HTML_TAGS
    assert source.endswith(
        f"(cut: of {len(page):,} characters of HTML the first {10 * limits.MAX_HTML_TAGS:,} are told)"
    )


def test_long_spans_and_bases_cost_no_more_than_their_limits():
    wide = "<table>" + "<tr><td colspan=1000000 rowspan=65534>x<td>y" * 2_000
    assert len(md.from_html(wide)) < 4 * limits.MAX_SPAN_CELLS
    text = "x" * limits.MAX_SPAN_CHARS
    assert len(md.from_html(f"<table><tr><td rowspan=60000>{text}y<td>b" + "<tr><td>c" * 5_000)) < 50_000
    base = f"<base href='https://e.example/{'a' * 1_000}/'>" + "<a href=b>x</a>" * 20_000
    assert len(md.from_html(base)) < 2 * limits.MAX_ADDED_ADDRESS_CHARS


BOMBS = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from richresp import markdown as md

def seconds(piece, times):
    start = time.process_time()
    md.from_html(piece * times, url="https://e.example/")
    return time.process_time() - start

for piece in ["<ul><li>x", "<blockquote>x", "<table><tr><td>x", "<b>a<i>b", "<dl><dt>a<dd>b", "<b>'a</b><i>b</i>", "<a href=/x>y", "*a", "a<br>", "<pre>x", "<code>x", "<main>x",
              "<hr>", "</p>", "<", "&", "<!--", "<p a='", "<math><mi>x", "<td>", "<tr>", "<svg>", "<sup>x", "<q>", "<h1>", "<ol reversed><li value=9>x", "<img alt=x src=/y>",
              "<p " + "a=1 " * 50, "<div class='" + "language-" * 50 + "'><pre>"]:
    times = 1 + 60_000 // len(piece)
    seconds(piece, 10)
    short = min(seconds(piece, times) for _ in range(2))
    print(seconds(piece, 4 * times) / max(short, 0.02), piece[:30])
"""


def test_bombs_take_time_in_proportion_to_their_size_and_bounded_memory():
    done = subprocess.run([sys.executable, "-c", BOMBS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    slow = [line for line in done.stdout.splitlines() if float(line.split()[0]) > 12]
    assert not slow
    assert len(done.stdout.splitlines()) == 29
