"""Which links are found when nobody names them: those of real services' answers, and no pictures, endpoints, namespaces."""

import pytest

from tests.attaching.pages import by_call

P = "https://site.example/page"
RECORDS = {
    "GitHub": ({"url": "https://api.github.com/repos/a/b", "html_url": P, "homepage": "https://b.example"}, P),
    "GitHub, a dotted name": ({"html_url": "https://github.com/vercel/next.js"}, "https://github.com/vercel/next.js"),
    "GitLab": ({"web_url": P, "avatar_url": "https://x.example/a"}, P),
    "Google Drive": ({"webViewLink": P, "iconLink": "https://x.example/i", "thumbnailLink": "https://x.example/t"}, P),
    "Google Calendar": ({"kind": "calendar#event", "htmlLink": P}, P),
    "Slack": ({"permalink": P, "url_private": "https://x.example/f"}, P),
    "Stack Exchange": ({"link": P, "owner": {"profile_image": "https://x.example/i"}}, P),
    "Hacker News": ({"url": P, "story_url": None}, P),
    "PyPI": ({"home_page": P, "docs_url": None}, P),
    "MediaWiki": ({"fullurl": "https://w.example/wiki/File:A.png"}, "https://w.example/wiki/File:A.png"),
    "Graph": ({"webUrl": P, "@odata.id": "https://graph.example/v1/x"}, P),
    "JSON Feed": ({"id": "https://site.example/id", "url": P, "external_url": "https://other.example/"}, P),
    "MCP": ({"type": "resource_link", "uri": P, "name": "x"}, P),
    "documents of an API": ({"url": "https://site.example/api/docs"}, "https://site.example/api/docs"),
    "epics and topics": ({"epic": {"url": P}}, P),
}  # fmt: skip
NONE = {
    "HAL": {"_links": {"self": {"href": P}, "next": {"href": P}}},
    "JSON-LD": {"@context": ["https://schema.org", P], "@id": P, "@type": "Thing"},
    "JSON Schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": P},
    "YouTube": {"thumbnails": {"default": {"url": P}, "high": [{"url": P}]}},
    "a product": {"images": [P], "imageUrls": [P], "hero_image": {"url": P}, "photos": [{"src": {"link": P}}]},
    "templates": {"url": "https://site.example/users{/id}"},
    "an endpoint": {"url": "https://jira.example/rest/api/3/issue/1", "href": "https://w.example/wp-json/wp/v2/posts/1"},
    "files": {"url": "https://cdn.example/a/b.JPG?w=3", "links": ["https://cdn.example/x.zip"]},
    "namespaces": {"uri": "http://www.w3.org/2001/XMLSchema", "urls": ["https://schema.org/Person"]},
    "text": {"url": f"see {P}", "text": P, "link": f"{P} {P}", "href": f" {P}"},
    "other schemes": {"url": "ftp://site.example/", "link": "mailto:a@site.example", "href": "//site.example/", "uri": "urn:a"},
    "odd values": {"url": True, "link": 3, "href": {"x": 1}, "uri": []},
}  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_has_one_card_for_its_best_link(name):
    record, link = RECORDS[name]
    assert by_call(record)[1].asked == [link]


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_link_to_a_page_is_left_alone(name):
    assert by_call(NONE[name])[1].asked == []


@pytest.mark.parametrize("key", ["url", "URL", "Url", "html_url", "htmlUrl", "HTML-URL", "web url", "sourceUrl"])
def test_case_and_marks_of_a_key_say_nothing(key):
    assert by_call([{key: P}])[1].asked == [P]


@pytest.mark.parametrize(
    "url", [P, "HTTPS://SITE.EXAMPLE", "http://site.example:8080/?a=b&c=%20#d", "https://münchen.example/ä|b"]
)
def test_any_absolute_url_is_one_whole(url):
    result, pages = by_call({"urls": [url], "url": url})
    assert pages.asked == [url]
    assert result["preview"] == result.cards[url]


def test_a_payload_that_is_one_link_has_its_card_aside():
    result, _ = by_call(P)
    assert (result.data, list(result.cards)) == (P, [P])
