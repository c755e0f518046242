"""The chain of each field: what stands higher wins, what is unusable gives way, and both are told."""

import json

import pytest

from richresp.links import extract

URL = "https://www.talltrees.example/blog/post?id=7"
PARAGRAPH = "Trees are tall, and this paragraph is long enough to say so in more than eighty characters of plain text."


def card(html, url=URL, **options):
    return extract(html.encode(), url=url, **options)


def meta(name, value):
    return f'<meta name="{name}" content="{value}">'


def linked(node):
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "LD",
    "description": "LD words",
    "image": "/ld.png",
    "publisher": {"name": "LD"},
}
# Each chain from its first place to its last: what a page says there, the value, and the name of the place.
CHAINS = {
    "site_name": [
        (meta("og:site_name", "OG"), "OG", "og:site_name"),
        (linked(ARTICLE), "LD", "json-ld:publisher"),
        ("<title>What | Tall Trees</title>", "Tall Trees", "html:title"),
        (linked({"@type": "WebSite", "name": "Site"}), "Site", "json-ld:website"),
        (meta("application-name", "App"), "App", "application-name"),
        (meta("apple-mobile-web-app-title", "Apple"), "Apple", "apple-mobile-web-app-title"),
        (meta("dcterms.publisher", "DC"), "DC", "dcterms.publisher"),
        (meta("publisher", "P"), "P", "publisher"),
        ("", "talltrees.example", "url:host"),
    ],
    "title": [
        (meta("og:title", "OG"), "OG", "og:title"),
        (meta("twitter:title", "TW"), "TW", "twitter:title"),
        ("<title>T - Other</title>", "T - Other", "html:title"),
        (linked(ARTICLE), "LD", "json-ld:headline"),
        (meta("dcterms.title", "DCT"), "DCT", "dcterms.title"),
        (meta("DC.title", "DC"), "DC", "dc.title"),
        ('<meta itemprop="headline" content="I">', "I", "itemprop:headline"),
    ],
    "description": [
        (meta("og:description", "OG"), "OG", "og:description"),
        (meta("description", "D"), "D", "description"),
        (meta("twitter:description", "TW"), "TW", "twitter:description"),
        ('<meta itemprop="description" content="I">', "I", "itemprop:description"),
        (meta("dcterms.description", "DC"), "DC", "dcterms.description"),
        (meta("sailthru.description", "S"), "S", "sailthru.description"),
        (linked(ARTICLE), "LD words", "json-ld:description"),
    ],
    "image": [
        (meta("og:image", "/og.png"), "https://www.talltrees.example/og.png", "og:image"),
        (meta("og:image:url", "/ogu.png"), "https://www.talltrees.example/ogu.png", "og:image:url"),
        (meta("twitter:image", "/tw.png"), "https://www.talltrees.example/tw.png", "twitter:image"),
        (meta("twitter:image:src", "/tws.png"), "https://www.talltrees.example/tws.png", "twitter:image:src"),
        ("<link rel=image_src href=/src.png>", "https://www.talltrees.example/src.png", "link:image_src"),
        (linked(ARTICLE), "https://www.talltrees.example/ld.png", "json-ld:image"),
        ('<meta itemprop="image" content="/i.png">', "https://www.talltrees.example/i.png", "itemprop:image"),
    ],
    "url": [
        ("<link rel=canonical href=/canonical>", "https://www.talltrees.example/canonical", "link:canonical"),
        (meta("og:url", "/og"), "https://www.talltrees.example/og", "og:url"),
        ("", URL, "url:final"),
    ],
}
PLACES = [(field, place) for field, chain in CHAINS.items() for place in range(len(chain))]


@pytest.mark.parametrize(("field", "place"), PLACES)
@pytest.mark.parametrize("full", [False, True])
def test_the_highest_place_that_says_something_wins(field, place, full):
    page = card("".join(html for html, _, _ in reversed(CHAINS[field][place:])), full=full)
    assert (getattr(page, field), page.sources[field]) == CHAINS[field][place][1:]


@pytest.mark.parametrize(
    ("html", "warning"),
    [
        (meta("og:title", "{{ title }}"), "og:title holds a placeholder: {{ title }}"),
        (meta("og:title", "undefined"), "og:title holds a placeholder: undefined"),
        (meta("og:title", "\u3164"), "og:title is blank"),
        (meta("og:image", "/i.png"), "og:image is relative, which many hosts do not resolve: /i.png"),
        (meta("og:image", "data:image/png;base64,AA"), "og:image is no address of a public image: data:image/png;base64,AA"),
        (meta("og:image", "https://e.example/favicon.ico?v=1"), "og:image is an icon, not an image: https://e.example/favicon.ico?v=1"),
        ("<link rel=canonical href=/>", "link:canonical leads to the site's front page, not to this one: https://www.talltrees.example/"),
        ("<link rel=canonical href=//e.example/x>", "link:canonical leads to another site: https://e.example/x"),
        ("<link rel=canonical href=/blog/undefined>", "link:canonical holds a placeholder: https://www.talltrees.example/blog/undefined"),
        (meta("og:url", "http://localhost/x"), "og:url is no public address: http://localhost/x"),
        (linked(ARTICLE)[:-14] + "</script>", "a JSON-LD block cannot be read: "),
        ("<body>" + meta("og:title", "x"), "some meta tags stand behind the head; move them into it, many readers stop there"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_once(html, warning):
    told = [text for text in card(html * 2).warnings if text.startswith(warning)]
    assert len(told) == 1


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "Organization", "description": "D", "image": "/i.png"},
        {"@type": "WebSite", "description": "D", "image": "/i.png"},
        [{"@type": "Product", "description": "D", "image": "/i.png"}, {"@type": "Product", "description": "E"}],
    ],
)
def test_what_is_not_about_the_page_does_not_speak_for_it(node):
    page = card(linked(node))
    assert (page.description, page.image) == (None, None)


def test_the_article_speaks_before_other_works():
    page = card(
        linked([{"@type": "VideoObject", "thumbnailUrl": "/v.png"}, {"@type": "BlogPosting", "image": ["/a.png"]}])
    )
    assert page.image == "https://www.talltrees.example/a.png"
    assert card(linked({"@type": "VideoObject", "thumbnailUrl": "/v.png"})).sources["image"] == "json-ld:thumbnailUrl"


def test_the_body_speaks_last():
    body = f"<main><h1>Heading</h1><p>{PARAGRAPH}</p><img src=/pic.jpg width=800 height=600></main>"
    page = card(f"<body>{body}")
    assert page.title == "Heading"
    assert page.description == PARAGRAPH
    assert page.image == "https://www.talltrees.example/pic.jpg"
    assert [page.sources[name] for name in ("title", "description", "image")] == [
        "body:h1",
        "body:paragraph",
        "body:img",
    ]
    assert "the description is the first paragraph of the text; state og:description" in page.warnings


def test_an_app_that_is_called_like_the_page_is_none():
    head = "<title>What happened</title>" + meta("application-name", "What happened")
    assert card(head).sources["site_name"] == "url:host"
    assert card(head, url="https://www.talltrees.example/").sources["site_name"] == "application-name"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("How to escape {{ name }} in a page of text", True),
        ("Learn what ${name} does", True),
        ("{{ title }} | My site of trees", False),
        ("Trees - {{title}}", False),
        ("None", False),
        ("none", False),
        ("None of them", True),
        ("[object Object]", False),
    ],
)
def test_a_text_about_templates_is_no_template(text, kept):
    assert card(meta("og:title", text)).title == (text if kept else None)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("x &lt;a href='/'&gt;link&lt;/a&gt;, y", "x link, y"),
        ("one&lt;br&gt;two &lt;p&gt;three", "one two three"),
        ("the &lt;details&gt; element", "the <details> element"),
        ("a &amp;amp;amp; b &amp;#38;lt; c", "a & b < c"),
        ("&amp;lt;b class=x&amp;gt;bold&amp;lt;/b&amp;gt;", "bold"),
        ("2 &lt; 3 and a&copy=1", "2 < 3 and a&copy=1"),
        ("&lt;style&gt;.a{color:red}&lt;/style&gt;Words", "Words"),
        ("a &lt;SCRIPT src=x&gt;alert(1)&lt;/script &gt; b", "a b"),
        ("Words &lt;script&gt;alert(1)", "Words"),
        ("Words &lt;iframe srcdoc=x&gt;", "Words"),
        ("Words &lt;img src=x onerror=alert(1)", "Words"),
        ("The &lt;script&gt; element holds code", "The <script> element holds code"),
    ],
)
def test_a_description_is_plain_text(raw, clean):
    assert card(f'<meta name=description content="{raw}">').description == clean


def test_a_title_keeps_the_name_of_the_site_and_has_a_clean_twin():
    page = card(meta("og:title", "What | Tall Trees") + meta("og:site_name", "Tall Trees"))
    assert (page.title, page.title_clean) == ("What | Tall Trees", "What")


def test_behind_a_wall_stands_another_page():
    page = card("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>")
    assert page.wall == "challenge"
    assert (page.title, page.description, page.image) == (None, None, None)
    assert page.site_name == "talltrees.example"
    assert page.title_clean is None


HEAD = "<head><title>What | Tall Trees</title>" + meta("og:image", "/i.png") + meta("description", "Words")


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        (meta("og:title", "OG"), "title", "OG"),
        (meta("OG:TITLE", "OG"), "title", "OG"),
        (meta("og:description", "OG"), "description", "OG"),
        (meta("og:site_name", "OG"), "site_name", "OG"),
        (linked(ARTICLE), "site_name", "LD"),
        ("<p>words</p>", "site_name", "Tall Trees"),
        (meta("twitter:description", "TW"), "description", "Words"),
        (meta("og:image", "/other.png"), "image", "https://www.talltrees.example/i.png"),
    ],
)
def test_what_stands_behind_the_head_counts_where_it_stands_higher(body, field, value):
    page = HEAD + "</head><body>" + body
    assert getattr(card(page), field) == value
    assert card(page).card() == card(page, full=True).card()


def test_the_rest_is_not_read_where_it_can_change_nothing():
    rest = '<meta property="og:image" content="/other.png"><link rel="icon" href="/i">'
    page = HEAD + "</head><body>" + rest
    assert (len(card(page).images), card(page).icon) == (1, None)
    assert (len(card(page, full=True).images), card(page, full=True).icon) == (2, "https://www.talltrees.example/i")
