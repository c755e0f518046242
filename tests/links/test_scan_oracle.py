"""Within its limits the scanner reads what parsers of whole documents read, on pages nobody should write.

The differences that are allowed are shown in test_scan_differences.py.
"""

import pytest
from hypothesis import given

from richresp.links.scan import scan
from tests.links.oracle import by_html5lib, by_lexbor, by_scan
from tests.links.soup import pages


def read(page):
    return by_scan(scan(page))


@given(pages(without=("template", "svg", "math")))
def test_soup_is_read_as_html5lib_reads_it(page):
    page = page.replace("\0", "")
    assert read(page) == by_html5lib(page)


@given(pages(without=("noscript", "svg", "math")))
def test_soup_with_templates_is_read_as_lexbor_reads_it(page):
    page = page.replace("\0", "")
    assert read(page) == by_lexbor(page)


@given(pages(without=("noscript", "unclosed", "bogus", "comment", "raw")))
def test_drawings_that_are_closed_are_read_as_lexbor_reads_them(page):
    page = page.replace("\0", "")
    assert read(page) == by_lexbor(page)


PAGE = """<!doctype html><html lang="en"><head><meta charset=utf-8><title>A &amp; B &copy; C</title>
<meta property="og:title" content='A "B" &lt;C>'><meta content=bare&copy=1 name=description>
<base href="/deep/"><link rel=canonical href="https://example.com/?a=1&amp;b=2">
<script>if (a<b) "<meta name=no content=no>" <!-- <script> </script> --></script><!-- <meta name=no content=no> -->
<style>p > a { content: "</sty" }</style><script type="application/ld+json">{"@type": "Article", "headline": "</scrip"}</script>
</head><body class='a>b'><svg viewBox="0 0 1 1"><title>icon</title><path d="M0 0"/></svg><template><meta name=no content=no>
<title>no</title></template><p title="<meta name=no content=no>">text<meta name=late content=yes><textarea><title>no</textarea>
"""


@pytest.mark.parametrize("oracle", [by_html5lib, by_lexbor])
def test_a_page_cut_anywhere_is_read_as_far_as_it_goes(oracle):
    page = PAGE
    if oracle is by_html5lib:
        page = page.replace("template", "xmp")  # html5lib is older than templates
    for end in range(len(page)):
        assert read(page[:end]) == oracle(page[:end]), page[:end]


@pytest.mark.parametrize(
    "page",
    [
        "<svg><title>a</title><desc><title>b</title></desc></svg><title>c</title>",
        "<svg><foreignObject><title>a</title><meta name=a content=b></foreignObject></svg><title>c</title>",
        "<svg><g><meta name=a content=b><title>c</title>",
        "<svg><p><title>c</title>",
        "<svg><font><title>a</title></font></svg><title>c</title>",
        "<svg><font color=red><title>c</title>",
        "<svg/><title>c</title>",
        "<svg a=/><title>a</title></svg><title>c</title>",
        "<svg a='x'/><title>c</title>",
        "<svg><title/><link rel=a href=b></svg><link rel=c href=d>",
        "<svg><script><title>a</title></script></svg><title>c</title>",
        "<svg><![CDATA[</svg><title>a</title>]]></svg><title>c</title>",
        "<p><![CDATA[<title>a</title>]]><title>c</title>",
        "<svg></p><title>c</title>",
        "<svg><svg></svg><title>a</title></svg><title>c</title>",
        "<svg><template></template><title>a</title></svg><title>c</title>",
        "<template><svg></template><title>c</title>",
        "<template><svg><title>a</title></svg></template><title>c</title>",
        "<template><template></template><title>a</title></template><title>c</title>",
        "</template><title>c</title>",
        "<math><mi><title>a</title></mi><title>a</title></math><title>c</title>",
        "<math><annotation-xml encoding=text/html><title>a</title></annotation-xml></math><title>c</title>",
        "<math><annotation-xml><svg><title>a</title></svg></annotation-xml></math><title>c</title>",
        "<math><title>a</title><mtext><![CDATA[<p>]]></mtext></math><title>c</title>",
        "<a><svg></a><title>c</title>",
        "<div><svg><path></div><title>c</title>",
        "<svg><title>a<b>b</b></title></svg><title>c</title>",
        "<table><colgroup><meta name=a content=b><tr><td><title>c</title>",
        "<table><meta name=a content=b></table><title>c</title>",
        "<plaintext><title>a</title>",
        "<xmp><title>a</title></xmp><title>c</title>",
    ],
)
def test_where_templates_and_drawings_end(page):
    assert read(page) == by_lexbor(page)
