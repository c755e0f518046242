"""What the audit reads is what decoding and extraction read, and it reads an address once."""

import pytest

from richresp.links.auditing import RULES, audit
from richresp.links.rules.rule import resolved

URL = "https://site.example.com/blog/post"


def og(name, value):
    return f'<meta property="og:{name}" content="{value}">'


def rules(text):
    return [finding.rule for finding in audit(text.encode(), url=URL)]


@pytest.mark.parametrize(
    "text",
    ['<meta name="x" content="charset=utf-8">', "<!-- <meta charset=utf-8> -->", "<p title='<meta charset=utf-8>'>"],
)
def test_text_that_names_an_encoding_declares_none(text):
    assert "charset-missing" in rules(f"{text}<title>Über</title>")


@pytest.mark.parametrize("name", ["charset=koi8-r", "http-equiv=Content-Type content='text/html; charset=koi8-r'"])
def test_the_encoding_that_is_declared_is_told(name):
    assert "charset-other" in rules(f"<p title='<meta charset=utf-8>'><meta {name}>")
    assert "charset-other" not in rules(f"<meta charset=utf-8><meta {name}>")


@pytest.mark.parametrize("title", ["Title – Site", "Title|Site", "Title - Site", "Title: Site", "Title— Site"])
def test_the_name_of_the_site_is_found_behind_any_separator(title):
    assert "title-branded" in rules(og("title", title) + og("site_name", "Site"))


@pytest.mark.parametrize("title", ["Our Web-Site", "Site", "Our Site", "Our:Site"])
def test_a_word_that_ends_with_the_name_of_the_site_is_no_brand(title):
    assert "title-branded" not in rules(og("title", title) + og("site_name", "Site"))


@pytest.mark.parametrize("name", ["url", "image"])
def test_an_address_is_resolved_once_for_all_rules(name):
    resolved.cache_clear()
    rules(og(name, f"{URL}/é"))
    assert resolved.cache_info().misses == 1
    assert resolved.cache_info().hits > 0


@pytest.mark.parametrize("name", ["url", "image"])
def test_of_many_addresses_few_are_resolved(name):
    resolved.cache_clear()
    found = rules("".join(og(name, f"/é{number}") for number in range(200)))
    assert resolved.cache_info().misses <= 16
    assert len(found) <= 4 * len(RULES)


def test_canonical_links_conflict_only_where_they_lead_to_different_pages():
    first = f'<link rel="canonical" href="{URL}">'
    assert "canonical-conflicting" not in rules(f'{first}<link rel="canonical" href="/blog/post">')
    assert "canonical-conflicting" in rules(f'{first}<link rel="canonical" href="/blog">')
