"""What each element of a page becomes, and what the options do."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from richresp import UsageError
from richresp import markdown as md
from tests.markdown.elements import roots

URL = "https://e.example/dir/page"


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<h1>a <b>b</b></h1><h6>c<br>d</h6>", "# a b\n\n###### c d"),
        ("<h2><div>a</div><div>b</div></h2><h3> </h3>", "## a b"),
        (" a \n b<p> c&nbsp;d </p>e", "a b\n\nc\xa0d\n\ne"),
        ("a<br>b<br> <br>c", "a\\\nb\n\nc"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ul><li>a</li><ul><li>b</li></ul>c</ul>", "- a\n\n  - b\n\n  c"),
        ("<ul><li><p>a</p><p>b</p></ul>", "- a\n\n  b"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ol><li>a<li value=7>b<li>c</ol>", "1. a\n\n7) b\n8) c"),
        ("<ol reversed><li>a<li>b</ol>", "2. a\n\n1) b"),
        ("<ol start=-1><li>a<li>b</ol>", "- -1.\n\n  a\n- 0\\.\n\n  b"),
        ("<ul><li><input type=checkbox> a<li><input type=checkbox checked>b</ul>", "- [ ] a\n- [x] b"),
        ("<ul><li>[ ] a</ul>", "- [ \\] a"),
        ("<dl><dt>a<dt>b<dd>c<dd>d<dt>e</dl>", "- **a\\\n  b**\\\n  c\n\n  d\n- **e**"),
        ("<dl><div><dt>a</dt><dd><p>b</p></dd></div></dl>", "- **a**\\\n  b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("a<hr>b", "a\n\n___\n\nb"),
        ("<pre>\n a\n\n  b\n</pre>", "```\n a\n\n  b\n```"),
        ('<div class="highlight-source-c++"><pre>a</pre></div>', "```c++\na\n```"),
        ('<pre><code class="x language-python">a\nb</code></pre>', "```python\na\nb\n```"),
        ('<pre class="brush: js; x">a</pre>', "```js\na\n```"),
        ("<pre><div>a</div>\n<div>b<br>c</div><button>Copy</button></pre>", "```\na\nb\nc\n```"),
        ("<table><tr><td><pre>1\n2</pre><td><pre>a\nb</pre></table>", "```\na\nb\n```"),
        ("<table class=highlight><tr><td>1<td>  a<tr><td>2<td>b</table>", "```\n  a\nb\n```"),
        ("<code> a\n b</code> <kbd><kbd>Ctrl</kbd>+<kbd>C</kbd></kbd>", "`a b` `Ctrl+C`"),
        (f'<code><a href="{URL}/x">a</a></code>', f"[`a`]({URL}/x)"),
        ("<details><summary>a</summary>b</details>", "**a**\n\nb"),
        ("<figure>a<figcaption>b</figcaption></figure>", "a\n\nb"),
        ("10<sup>-6</sup> H<sub>2</sub>O x<sub>i</sub> 1<sup>st</sup> a<sup>b</sup>", "10⁻⁶ H₂O xᵢ 1st ab"),
        ("<q>a</q> <ruby>字<rp>(</rp><rt>zi</rt><rp>)</rp></ruby> <mark>b</mark> <abbr title=x>c</abbr>", "“a” 字(zi) b c"),
        ('<math alttext="x_1^2"><mi>x</mi></math>', "`x_1^2`"),
        ('<math display=block><mi>x</mi><annotation encoding="application/x-tex">\\frac{a}{b}</annotation></math>', "```math\n\\frac{a}{b}\n```"),
        ("<math><mi>x</mi><mo>=</mo><mn>1</mn></math>", "x=1"),
        ('<span style="display: none"><math alttext="x"><mi>x</mi></math></span>', "`x`"),
        ("<form>a<input value=b><select><option>c</select><textarea>d</textarea><button>e</button></form>", "a"),
        ("<h2><button>a</button></h2>", "## a"),
        ("a<script>b</script>c<style>d</style><!-- e --><template>f</template><noscript>g</noscript>h", "ach"),
        ("<svg><title>a</title></svg><iframe>b</iframe><video>c</video><object>d</object>e", "e"),
        ("<p hidden>a</p><p aria-hidden=true>b</p><p style='DISPLAY : none'>c</p><p hidden=until-found>d</p>", "d"),
    ],
)  # fmt: skip
def test_elements(html, source):
    assert md.from_html(html, url=URL) == source


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<tr><th>a<th>b<tr><td>c<td>d", "|a|b|\n|-|-|\n|c|d|"),
        ("<tr><td>a<td>b<tr><td>c<td>d", "|||\n|-|-|\n|a|b|\n|c|d|"),
        ("<thead><tr><td>a<td>b<tbody><tr><th>c<td>d", "|a|b|\n|-|-|\n|c|d|"),
        ("<caption>t</caption><tr><th>a<th>b<tr><td>c<td>d", "t\n\n|a|b|\n|-|-|\n|c|d|"),
        ("<tr><th colspan=2>a<th>b<tr><td>c<td>d<td>e", "|a|a|b|\n|-|-|-|\n|c|d|e|"),
        ("<tr><th>a<th>b<tr><td rowspan=2>c<td>d<tr><td>e", "|a|b|\n|-|-|\n|c|d|\n|c|e|"),
        ("<tr><th>a<th>b<tbody><tr><td rowspan=0>c<td>d<tr><td>e<tbody><tr><td>f<td>g", "|a|b|\n|-|-|\n|c|d|\n|c|e|\n|f|g|"),
        ("<tr><th>a<th>b<tr><td>c<td rowspan=3>d<tr><td>e", "|a|b|\n|-|-|\n|c|d|\n|e|d|"),
        ("<tr><th>a<th>b<tr><td colspan=2>c<tr><td>d<td>e", "|a|b|\n|-|-|\n|c|\n|d|e|"),
        ("<tr><td>a<td><td>b<tr><td>c<td><td>d<tr><td>", "|||\n|-|-|\n|a|b|\n|c|d|"),
        ("<tr><td>a|<p>b</p><td><ul><li>c<li>d</ul><tr><td><code>e|</code><td><b>f</b>", "|||\n|-|-|\n|a\\|<br>b|- c<br>- d|\n|`e\\|`|**f**|"),
        ("<tr><td>a<td>b", "a\n\nb"),
        ("<tr><td>a<tr><td><h2>b</h2>", "a\n\n## b"),
        ("<tr><td>a<td><table><tr><td>b<td>c<tr><td>d<td>e</table><tr><td>f<td>g", "a\n\n|||\n|-|-|\n|b|c|\n|d|e|\n\nf\n\ng"),
    ],
)  # fmt: skip
def test_tables(html, source):
    assert md.from_html(f"<table>{html}</table>") == source


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4), min_size=2, max_size=5)
)
def test_every_cell_of_a_table_stands_in_each_place_it_spans(spans):
    """By the algorithm of HTML 4.9.12, written down a second time, place by place."""
    taken, html = {}, ""
    for y, row in enumerate(spans):
        x, html = 0, f"{html}<tr>"
        for number, (columns, rows) in enumerate(row):
            while (x, y) in taken:
                x += 1
            text = f"c{y}x{number}"
            html += f"<td colspan={columns} rowspan={rows}>{text}"
            wide = 1 if len(row) == 1 and not any(place[1] == y for place in taken) else max(columns, 1)
            for place in range(x, x + wide):
                for below in range(y, min(len(spans), y + (rows or len(spans)))):
                    assume((place, below) not in taken)  # two cells in one place
                    taken[place, below] = text
    width = 1 + max(x for x, _ in taken)
    wanted = [[taken.get((x, y), "") for x in range(width)] for y in range(len(spans))]
    if max(map(len, spans)) > 1:
        for root in roots(md.from_html(f"<table>{html}</table>")):
            assert [[cell.lines for cell in row.elements] for row in root.find("tr")[1:]] == wanted


def test_links_are_absolute_and_safe():
    html = '<a href="x?a=1&amp;b">a</a> <a href="/y">b</a> <a href="//z.example">c</a> <a href="#f">d</a> <a href="page#f">e</a> <a href="javascript:f()">f</a>'
    assert md.from_html(html, url=URL) == (
        "[a](https://e.example/dir/x?a=1&b) [b](https://e.example/y) [c](https://z.example) d e f"
    )
    assert md.from_html(html) == "a b c d e f"
    assert (
        md.from_html(f'<base href="https://b.example/c/">{html}')[:48]
        == "[a](https://b.example/c/x?a=1&b) [b](https://b.e"
    )
    assert md.from_html(html, url=URL, links=False) == "a b c d e f"


def test_a_link_around_blocks_is_on_the_first_that_shows_something():
    assert (
        md.from_html('<a href="/x"><div> </div><h2>a</h2><p>b</p></a>', url=URL) == "## [a](https://e.example/x)\n\nb"
    )


def test_a_link_that_shows_its_address_is_written_once():
    assert md.from_html('<a href="https://e.example/x">https://e.example/x</a>') == "<https://e.example/x>"


def test_images_are_their_text_or_themselves_or_nothing():
    html = 'a<img alt="b " src="/c.png">d <img src="data:x" data-src="e.png" alt=f><img src=/g width=1 alt=h><img alt="" src="/i.png">'
    assert md.from_html(html, url=URL) == "a b d f"
    assert md.from_html(html, url=URL, images="drop") == "ad"
    assert md.from_html(html, url=URL, images="keep") == (
        "a![b](https://e.example/c.png)d ![f](https://e.example/dir/e.png)![](https://e.example/i.png)"
    )
    assert md.from_html('<img src="javascript:x" alt=a>', url=URL, images="keep") == "a"


FRAMED = "<header>h</header><nav>n</nav><div role=search>s</div><div role=dialog>c</div><article><header>ah</header>t<aside>as</aside></article><aside>x</aside><footer>f</footer>"


def test_what_stands_around_the_content_is_left_out():
    assert md.from_html(FRAMED).split("\n\n") == ["ah", "t", "as"]
    assert md.from_html(FRAMED, navigation=True).split("\n\n") == ["h", "n", "s", "c", "ah", "t", "as", "x", "f"]


def test_the_one_main_part_is_the_content():
    text = "word " * 20
    assert md.from_html(f"<h1>t</h1>x<main>{text}</main>y") == f"# t\n\n{text.strip()}"
    assert md.from_html(f"<h1>t</h1>x<main><h1>m</h1>{text}</main>y") == f"# m\n\n{text.strip()}"
    assert md.from_html(f"x<main>{text}</main><main>{text}</main>").startswith("x\n\n")
    assert md.from_html(f"{text}<main> </main>") == text.strip()


def test_where_nothing_is_left_all_is_told():
    assert md.from_html("<nav>a</nav>") == "a"
    assert (
        md.from_html("<div hidden><p>what a stream of scripts will show</div>") == "what a stream of scripts will show"
    )


def test_dollars_and_bare_addresses_by_option():
    assert md.from_html("<b>$1</b> https://e.example", math="escape", autolink=False) == "**\\$1** https\\://e.example"
    assert md.from_html("<table><tr><td>$a<td>b<tr><td>c<td>d</table>", math="escape").splitlines()[2] == "|\\$a|b|"


def test_bytes_are_decoded_as_browsers_do_it():
    assert md.from_html("<meta charset=shift_jis><p>文字".encode("shift_jis")) == "文字"
    assert md.from_html(bytearray("é".encode("latin-1")), content_type="text/html; charset=latin-1") == "é"


def test_it_is_a_block_for_other_emitters():
    assert md.quote(md.from_html("<p>a</p><p>b</p>")) == "> a\n>\n> b"


@pytest.mark.parametrize(
    "options",
    [
        {"url": "/x"},
        {"url": "javascript:x"},
        {"url": 1},
        {"images": "all"},
        {"navigation": None},
        {"links": 1},
        {"content_type": 1},
        {"math": 1},
    ],
)
def test_options_that_are_none_are_refused(options):
    with pytest.raises(UsageError):
        md.from_html("a", **options)


@pytest.mark.parametrize("html", [None, 1, ["a"]])
def test_what_is_no_page_is_refused(html):
    with pytest.raises(UsageError, match="text or bytes"):
        md.from_html(html)


@pytest.mark.parametrize("text", ["]", "[", "a]", "]x", "a ] b", "[[]", "[a]", "^a]"])
def test_a_link_shows_whatever_brackets_are_in_its_text(text):
    source = md.from_html(f'<table><tr><th>x<tr><td><a href="https://e.example/">{text}</a></table>')
    shown = MarkdownIt("commonmark").enable("table").render(source)
    assert f'<a href="https://e.example/">{text}</a>' in shown
