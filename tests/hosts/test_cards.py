"""A preview as hosts want it: clean, bounded, http only, and valid by the models of the SDK."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mcp_types import ContentBlock, ResourceLink
from pydantic import TypeAdapter

from richresp import FetchError, Preview, UsageError, attach
from richresp.exceptions import InvalidURL
from richresp.hosts.cards import citation, citations, link_card, linked, markdown_line, resource_link
from richresp.limits.tools import MAX_ICONS
from richresp.links.model import Icon

PAGE = Preview(
    requested_url="http://a.example",
    final_url="http://a.example/",
    site_name="Harbour",
    title="Berth 1",
    description="Who lies here.",
    image="https://a.example/1.png",
    url="https://a.example/1",
    sources={"title": "og:title"},
    icon="https://a.example/2.ico",
    icons=(Icon("https://a.example/1.ico"), Icon("https://a.example/2.ico", 32, 32, "image/x-icon")),
)
FIELDS = ("site_name", "title", "description", "image", "url")
ADDRESSES = st.sampled_from([
    "https://a.example/x?y=1", "http://a.example", "javascript:alert(1)", "data:text/html,x", "ftp://a.example/", "//a.example",
    "https://me:pw@a.example/", "https://a.example/ä b", "mailto:a@b.example", "", "https://", "file:///etc/passwd",
])  # fmt: skip
CARDS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        FIELDS[:3], st.none() | st.text(max_size=400) | st.text("\u202e\x07\U000e0041 ab\n", max_size=50)
    )
    | dict.fromkeys(FIELDS[3:], st.none() | ADDRESSES | st.text(max_size=30)),
)


def test_a_citation_has_the_keys_that_copilot_looks_for():
    assert citation(PAGE) == {
        "url": "https://a.example/1",
        "title": "Berth 1",
        "subtitle": "Who lies here.",
        "thumbnail_url": "https://a.example/1.png",
    }
    assert citation({"url": "https://a.example/", "site_name": "Harbour"}) == {
        "url": "https://a.example/",
        "subtitle": "Harbour",
    }


def test_a_list_of_citations_stands_under_results_without_what_has_no_address():
    failed = FetchError(url="https://b.example/", reason="gone", status=404)
    found = citations([PAGE, failed, {"title": "no address"}, InvalidURL(url="nonsense", reason="none")])
    assert [each["url"] for each in found["results"]] == ["https://a.example/1", "https://b.example/"]
    assert found["results"][1] == {"url": "https://b.example/"}


def test_a_link_has_title_description_and_the_best_icon_first():
    block = resource_link(PAGE, annotations={"audience": ["user"], "priority": 0.5})
    assert block == {
        "type": "resource_link",
        "uri": "https://a.example/1",
        "name": "Berth 1",
        "title": "Berth 1",
        "description": "Who lies here.",
        "mimeType": "text/html",
        "icons": [
            {"src": "https://a.example/2.ico", "mimeType": "image/x-icon", "sizes": ["32x32"]},
            {"src": "https://a.example/1.ico"},
        ],
        "annotations": {"audience": ["user"], "priority": 0.5},
    }
    assert TypeAdapter(ContentBlock).validate_python(block).model_dump(by_alias=True, exclude_none=True) == block
    assert resource_link({"url": "https://a.example/", "image": "https://a.example/i.png"})["icons"] == [
        {"src": "https://a.example/i.png"}
    ]


def test_a_line_says_what_the_card_says():
    assert markdown_line(PAGE) == "[Berth 1](https://a.example/1) (Harbour): Who lies here."
    assert markdown_line({"url": "https://a.example/"}) == "[https://a.example/](https://a.example/)"


@pytest.mark.parametrize("make", [citation, resource_link, markdown_line])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "", None, "https://me:pw@a.example/", 5])
def test_what_leads_nowhere_has_no_card(make, address):
    with pytest.raises(InvalidURL):
        make({"title": "T", "url": address})


@pytest.mark.parametrize("given", ["https://a.example/", 5, None, b"x"])
def test_what_is_no_preview_is_told(given):
    with pytest.raises(UsageError):
        citation(given)


@pytest.mark.parametrize(
    "annotations",
    [
        {"audience": ["robot"]},
        {"audience": [["user"]]},
        {"audience": "user"},
        {"priority": 2},
        {"priority": True},
        {"priority": "0.5"},
        {"priority": float("nan")},
        {"size": 1},
        {"lastModified": 5},
        {"lastModified": ""},
        {"lastModified": "yesterday"},
        ["user"],
    ],
)
def test_annotations_that_mcp_does_not_have_are_told(annotations):
    with pytest.raises(UsageError):
        resource_link(PAGE, annotations=annotations)


@given(CARDS)
def test_all_that_goes_out_is_clean_bounded_and_http(card):
    try:
        block = resource_link(card)
    except InvalidURL:
        with pytest.raises(InvalidURL):
            citation(card)
        assert citations([card]) == {"results": []}
        return
    ResourceLink.model_validate(block, strict=True)
    cited, line = citation(card), markdown_line(card)
    icons = [icon["src"] for icon in block.get("icons", [])]
    for address in [
        block["uri"],
        cited["url"],
        *icons,
        *([cited["thumbnail_url"]] if "thumbnail_url" in cited else []),
    ]:
        assert address.startswith(("http://", "https://"))
    assert len(icons) <= MAX_ICONS
    texts = [block["name"], block.get("title"), block.get("description"), cited.get("title"), cited.get("subtitle")]
    for text in filter(None, texts):
        assert len(text) <= 300
        assert text == text.strip()
        assert not any(unicodedata.category(char) in ("Cc", "Cs") or char in "\u202e\U000e0041" for char in text)
    assert "\n" not in line
    shown = MarkdownIt().parseInline(line)[0].children
    assert [token.attrs["href"] for token in shown if token.type == "link_open"][:1] != []
    assert sum(token.type == "link_open" for token in shown) == 1
    assert not any(token.type in {"image", "html_inline", "code_inline", "em_open"} for token in shown)


def test_links_are_bounded_and_come_once():
    many = [{"url": f"https://a.example/{number}"} for number in range(100)]
    assert [card.url for card in linked([many[0], many[0], *many])] == [each["url"] for each in many]


def test_what_attach_returned_gives_its_cards_and_where_they_belong():
    class One:
        def previews(self, urls, **_):
            return [Preview(url, url, title=f"Page {url[-1]}", url=url) for url in urls]

        timeout = 1.0

    payload = {"hits": [{"link": "https://a.example/1"}], "more": ["https://a.example/2"]}
    cards = linked(attach(payload, One(), at=["$.hits[*].link", "$.more[*]"]))
    assert [(card.url, card.title, card.within) for card in cards] == [
        ("https://a.example/1", "Page 1", "https://a.example/1"),
        ("https://a.example/2", "Page 2", "https://a.example/2"),
    ]


@pytest.mark.parametrize("links", ["https://a.example/", {"url": "https://a.example/"}, 5])
def test_links_that_are_no_list_are_told(links):
    with pytest.raises(UsageError):
        linked(links)


def test_a_link_of_a_tool_keeps_its_block_and_gets_a_line():
    block = {"type": "resource_link", "uri": "file:///a_b/c.txt", "name": "c [1]", "size": 5}
    card = link_card(block)
    assert (card.block, card.url) == (block, "file:///a_b/c.txt")
    assert MarkdownIt().render(card.line) == "<p>c [1]: file:///a_b/c.txt</p>\n"
    assert link_card(block | {"uri": "https://a.example/"}).line == "[c [1]](https://a.example/)"
