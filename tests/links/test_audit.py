"""The audit: each rule finds what it is for, a page that has all has no findings, and no bytes raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import InvalidURL, Preview, UsageError
from richresp.links import Image
from richresp.links.auditing import RULES, audit
from richresp.links.tags import meta_tags

URL = "https://site.example.com/blog/post"
WEIGHT = {"error": 0, "warning": 1, "hint": 2}
COMPLETE = {
    "charset": '<meta charset="utf-8">',
    "title": "<title>Title of the page</title>",
    "og:title": '<meta property="og:title" content="Title of the page">',
    "og:description": '<meta property="og:description" content="What the page is about">',
    "og:site_name": '<meta property="og:site_name" content="Site">',
    "og:type": '<meta property="og:type" content="article">',
    "og:url": f'<meta property="og:url" content="{URL}">',
    "canonical": f'<link rel="canonical" href="{URL}">',
    "og:image": '<meta property="og:image" content="https://cdn.example.com/i.png">',
    "og:image:width": '<meta property="og:image:width" content="1200">',
    "og:image:height": '<meta property="og:image:height" content="630">',
    "og:image:alt": '<meta property="og:image:alt" content="A boat">',
    "twitter:card": '<meta name="twitter:card" content="summary_large_image">',
    "more": "",
}
TEXT = "<p>Some words of the page that stand in its body, so that it is no empty shell for scripts to fill.</p>" * 5


def og(name, value):
    return f'<meta property="og:{name}" content="{value}">'


def page(body=TEXT, **changes):
    """The complete page, with some of its tags otherwise: `og_title=` for og:title; None leaves one out."""
    tags = COMPLETE | {
        {name.replace(":", "_"): name for name in COMPLETE}[name]: value or "" for name, value in changes.items()
    }
    return f"<!doctype html><html><head>{''.join(tags.values())}</head><body>{body}</body></html>".encode()


def size(width, height):
    return {"og_image_width": og("image:width", width), "og_image_height": og("image:height", height)}


LATE = '<meta property="og:title" content="T">'
CASES = [
    ("wall", page(title="<title>Just a moment...</title>", og_title=None, og_description=None, og_image=None,
                  og_site_name=None, og_type=None, og_url=None, canonical=None, twitter_card=None, og_image_width=None,
                  og_image_height=None, og_image_alt=None, body="<script>window._cf_chl_opt={}</script>")),
    ("tags-hidden", page(og_title="<!-- " + og("title", "T") + " -->")),
    ("tags-hidden", page(og_image="<noscript>" + og("image", "https://e.example/i.png") + "</noscript>")),
    ("tags-empty", page(og_title=og("title", " "))),
    ("tags-late", page(og_title=None, body=TEXT + LATE)),
    ("tags-far", page(charset='<meta charset="utf-8"><style>' + "x" * 310_000 + "</style>")),
    ("name-for-property", page(og_title='<meta name="og:title" content="T">')),
    ("charset-missing", page(charset=None, og_title=og("title", "Über"))),
    ("charset-late", page(charset=f'<meta name="x" content="{"y" * 1000}"><meta charset="utf-8">')),
    ("charset-other", page(charset='<meta charset="iso-8859-1">')),
    ("json-ld-unreadable", page(more='<script type="application/ld+json">{"a": 1,}</script>')),
    ("card-missing", page(twitter_card=None)),
    ("robots", page(more='<meta name="robots" content="index, NoSnippet">')),
    ("title-missing", page(title=None, og_title=None)),
    ("title-not-og", page(og_title=None)),
    ("title-long", page(og_title=og("title", "x" * 71))),
    ("title-branded", page(og_title=og("title", "Title of the page | Site"))),
    ("description-missing", page(og_description=None)),
    ("description-not-og", page(og_description='<meta name="description" content="Words">')),
    ("description-long", page(og_description=og("description", "x" * 201))),
    ("description-repeats", page(og_description=og("description", "Title of the page"))),
    ("text-placeholder", page(og_title=og("title", "{{ title }}"))),
    ("text-escaped-twice", page(og_title=og("title", "Fish &amp;amp; chips"))),
    ("text-markup", page(og_description=og("description", "Some <b>bold</b> words"))),
    ("text-conflicting", page(more=og("title", "Another title"))),
    ("site-name-missing", page(og_site_name=None)),
    ("type-missing", page(og_type=None)),
    ("locale-form", page(more=og("locale", "en"))),
    ("image-missing", page(og_image=None, og_image_width=None, og_image_height=None, og_image_alt=None)),
    ("image-not-og", page(og_image='<meta name="twitter:image" content="https://e.example/i.png">')),
    ("image-useless", page(og_image=og("image", "data:image/png;base64,AAAA"))),
    ("image-useless", page(og_image=og("image", "http://10.0.0.1/i.png"))),
    ("image-relative", page(og_image=og("image", "/i.png"))),
    ("image-relative", page(og_image=og("image", "//cdn.example.com/i.png"))),
    ("image-insecure", page(og_image=og("image", "http://cdn.example.com/i.png"))),
    ("image-type", page(og_image=og("image", "https://cdn.example.com/i.svg?v=2"))),
    ("image-type", page(og_image_alt=og("image:type", "image/svg+xml") + COMPLETE["og:image:alt"])),
    ("image-tiny", page(**size(199, 400))),
    ("image-small", page(**size(200, 200))),
    ("image-below-recommended", page(**size(600, 315))),
    ("image-for-large-card", page(**size(4097, 4096))),
    ("image-for-whatsapp", page(**size(299, 200))),
    ("image-for-whatsapp", page(**size(1300, 320))),
    ("image-size-missing", page(og_image_width=None)),
    ("image-alt-missing", page(og_image_alt=None)),
    ("url-missing", page(og_url=None)),
    ("url-useless", page(og_url=og("url", "undefined"))),
    ("url-relative", page(og_url=og("url", "/blog/post"))),
    ("url-elsewhere", page(og_url=og("url", "https://other.example/blog/post"))),
    ("url-home", page(canonical='<link rel="canonical" href="https://site.example.com/">')),
    ("url-decorated", page(og_url=og("url", f"{URL}?utm_source=x"))),
    ("url-conflicting", page(more=og("url", f"{URL}/2"))),
    ("canonical-missing", page(canonical=None)),
    ("canonical-conflicting", page(more=f'<link rel="canonical" href="{URL}/2">')),
]  # fmt: skip


def rules(body, url=URL, content_type=None):
    return [finding.rule for finding in audit(body, url=url, content_type=content_type)]


def test_a_complete_page_has_no_findings():
    assert audit(page(), url=URL) == []


@pytest.mark.parametrize(("rule", "body"), CASES, ids=[rule for rule, _ in CASES])
def test_a_rule_finds_what_it_is_for(rule, body):
    assert rule in rules(body)


def test_only_scripts_fill_it():
    shell = b"<!doctype html><html><head><title>App</title></head><body><div id=root></div><script src=/a.js></script></body>"
    assert "script-only" in rules(shell)


def test_every_rule_is_shown_by_a_case():
    assert {rule.name for rule in RULES} == {rule for rule, _ in CASES} | {"script-only"}


def test_every_rule_has_its_own_name_and_the_address_of_its_source():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.source.startswith("https://") for rule in RULES)


@pytest.mark.parametrize(
    "body",
    [
        page(
            og_image=og("image", "http://cdn.example.com/i.png")
            + og("image:secure_url", "https://cdn.example.com/i.png")
        ),
        page(og_url=og("url", URL) + og("url", URL)),
        page(canonical='<link rel="canonical" href="https://www.site.example.com/blog/post">'),
        page(og_title=og("title", "Title of the page") + '<meta name="og:title" content="Title of the page">'),
        page(more='<script type="application/ld+json">{"@type": "Article"}</script>'),
        page(more='<meta name="robots" content="index, follow, max-image-preview:large, max-snippet:-1">'),
        page(more="<!-- " + og("title", "an older one") + " -->"),
        page(og_title=og("title", "x" * 70), og_description=og("description", "x" * 200)),
        page(body=TEXT + og("title", "Title of the page")),
        page(og_description=og("description", "how to set charset=iso-8859-1 in HTML")),
        page(more="<!-- <meta charset=koi8-r> -->"),
        page(og_title=og("title", "How we built Web-Site")),
        page(og_description=og("description", "{{ mustache }} templates explained for beginners in ten steps")),
        page(more='<script type="application/ld+json"> </script>'),
        page(
            og_image=og("image:secure_url", "https://cdn.example.com/i.png")
            + og("image", "http://cdn.example.com/i.png")
        ),
        page(
            og_image=og("image:width", 1200) + og("image:height", 630) + og("image", "https://cdn.example.com/i.png"),
            og_image_width=None,
            og_image_height=None,
        ),
    ],
)
def test_what_is_right_is_not_found(body):
    assert audit(body, url=URL) == []


def test_the_encoding_may_stand_in_the_header():
    body = page(charset=None, og_title=og("title", "Über"))
    assert "charset-missing" not in rules(body, content_type="text/html; charset=utf-8")


def test_the_front_page_may_say_so():
    url = "https://site.example.com/"
    home = page(canonical=f'<link rel="canonical" href="{url}">', og_url=og("url", url))
    assert audit(home, url=url) == []


def test_a_wall_is_the_only_finding_on_it():
    assert rules(CASES[0][1]) == ["wall"]


def test_what_is_no_page_has_no_findings():
    assert audit(b"%PDF-1.7", url=URL, content_type="application/pdf") == []


def test_the_tags_that_richresp_writes_pass():
    preview = Preview(
        URL, URL, site_name="Site", title='Title & "more"', description="What it is about", image="https://e.example/i.png",
        url=URL, images=(Image("https://e.example/i.png", 1200, 630, "A boat"),), type="article", locale="en_GB",
    )  # fmt: skip
    assert audit(f"<head><meta charset=utf-8>{meta_tags(preview)}</head>{TEXT}".encode(), url=URL) == []


@pytest.mark.parametrize("url", ["", "/x", "example.com", "ftp://example.com/", "javascript:alert(1)"])
def test_a_page_must_come_from_somewhere(url):
    with pytest.raises(InvalidURL):
        audit(b"", url=url)


pieces = st.lists(
    st.sampled_from([
        b"<head>", b"</head>", b"<meta property=og:title content='", b"<meta name=og:image content='", b"'>", b"<title>",
        b"</title>", b"<link rel=canonical href='", b"http://[", b"//", b"<script type=application/ld+json>", b"[" * 3000,
        b"</script>", b"<meta charset=", b"utf-16>", b"\xff\xfe", b"\xe4\xbd", b"\0", b"&#xD800;", b"<!--", b"-->", b"og:url",
        b"<meta property=og:image:width content=99999999999>", b"<meta property=og:image:height content=-1>", b"{{", b"}}",
        b"<meta property=og:url content='/?utm_source=1&", b"<meta name=robots content=',,none,'>", b"\xf0\x9f\x91\xa9",
    ]) | st.binary(max_size=20),
    max_size=24,
).map(b"".join)  # fmt: skip


@given(
    pieces, st.sampled_from([None, "text/html", "text/html; charset=utf-16", "text/html; charset=", "image/png", "\0"])
)
def test_no_bytes_raise_and_the_findings_are_few_short_and_in_order(body, content_type):
    findings = audit(body, url=URL, content_type=content_type)
    assert len(findings) <= 4 * len(RULES)
    assert [WEIGHT[finding.severity] for finding in findings] == sorted(
        WEIGHT[finding.severity] for finding in findings
    )
    for finding in findings:
        assert 0 < len(finding.message) < 400
        assert finding.message.isprintable()


@pytest.mark.parametrize("count", [2_000])
def test_a_page_written_against_the_reader_has_few_findings(count):
    assert len(audit(og("image", "/i.svg").encode() * count, url=URL)) <= 4 * len(RULES)


def test_findings_of_one_weight_stand_in_the_order_of_the_document():
    body = page(og_title=None, title=None, more=og("image", "/a.png") + og("image", "data:,") + og("image", "/b.svg"))
    errors = [finding for finding in audit(body, url=URL) if finding.severity == "error"]
    assert [finding.rule for finding in errors] == [
        "image-relative", "image-useless", "image-relative", "image-type", "title-missing",
    ]  # fmt: skip
    assert "/a.png" in errors[0].message


def test_bytes_of_any_kind_are_read_and_nothing_else():
    body = b"<title>x</title>"
    assert audit(bytearray(body), url=URL) == audit(memoryview(body), url=URL) == audit(body, url=URL)
    for wrong, content_type in (("<title>x</title>", None), (None, None), (body, b"text/html")):
        with pytest.raises(UsageError):
            audit(wrong, url=URL, content_type=content_type)
