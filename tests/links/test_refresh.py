"""Which pages lead on by themselves, and where to."""

import pytest

from richresp.limits.links import MAX_REFRESH_CHARS, MAX_REFRESH_SECONDS
from richresp.links.refresh import refresh_of

URL = "https://site.example.com/a/page"


def target(page):
    found = refresh_of(page.encode(), URL, "text/html; charset=utf-8")
    return found and found[1]


def meta(content):
    return f'<meta http-equiv="refresh" content="{content}">'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0; url=/b", "/b"),
        ("0;URL=/b", "/b"),
        ("0,url=/b", "/b"),
        ("0 url=/b", "/b"),
        (" 0 ; url = /b ", "/b"),
        ("0;/b", "/b"),
        ("0; 'https://x.example/'", "https://x.example/"),
        ("0; url='/b' rest", "/b"),
        ("5;url=/b", "/b"),
        ("0005.9;url=/b", "/b"),
        (".5;url=/b", "/b"),
        ("0; urls/b", "urls/b"),
        ("0;url=/b?x=1&amp;y=2;z", "/b?x=1&y=2;z"),
        (f"{MAX_REFRESH_SECONDS + 1};url=/b", None),
        ("99999999999999999999;url=/b", None),
        ("0", None),
        ("0;", None),
        ("0;url=", None),
        ("0;url=''", None),
        ("0/b", None),
        ("-1;url=/b", None),
        ("soon;url=/b", None),
        ("", None),
        ("url=/b", None),
    ],
)
def test_a_refresh_says_when_and_where(content, expected):
    assert target(meta(content)) == expected


@pytest.mark.parametrize(
    "page",
    [
        "<META CONTENT='0;url=/b' HTTP-EQUIV=Refresh>",
        f"<html><head><title>x</title>{meta('0;url=/b')}</head>",
        f"<html><body><p>Moved.</p>{meta('0;url=/b')}",
        f"<script>var a = '<!-- x';</script>{meta('0;url=/b')}",
        f"<svg><path/></svg>{meta('0;url=/b')}",
        f"{meta('60;url=/late')}{meta('0;url=/b')}",
        f"{meta('60')}{meta('0;url=/b')}{meta('0;url=/c')}",
    ],
)
def test_it_is_found_where_a_browser_finds_it(page):
    assert target(page) == "/b"


@pytest.mark.parametrize(
    "page",
    [
        f"<!-- {meta('0;url=/b')} -->",
        f"<noscript>{meta('0;url=/b')}</noscript>",
        f"<script>document.write('{meta('0;url=/b')}')</script>",
        f"<style>{meta('0;url=/b')}</style>",
        f"<template>{meta('0;url=/b')}</template>",
        f"<textarea>{meta('0;url=/b')}</textarea>",
        f"<title>{meta('0;url=/b')}</title>",
        f"<div title='> {meta('0;url=/b')}'>",
        "<meta name=refresh content='0;url=/b'>",
        "<meta http-equiv=refresh content='0;url=/b'",
        "a page about http-equiv refresh",
        " " * MAX_REFRESH_CHARS + meta("0;url=/b"),
    ],
)
def test_and_nowhere_else(page):
    assert target(page) is None


def test_a_base_moves_it():
    page = f"<base href='https://x.example/y/'>{meta('0;url=b')}"
    assert refresh_of(page.encode(), URL, None) == ("https://x.example/y/", "b")
    assert refresh_of(meta("0;url=b").encode(), URL, None) == (URL, "b")


@pytest.mark.parametrize(
    "part", ["<meta http-equiv=refresh ", "<svg><template>", "</svg>", "<title>", "<!--", "a='", "refresh<", "\0"]
)
def test_a_bomb_takes_no_more_lines_than_its_length(part, count_steps):
    one, two = ("refresh" + part * (size // len(part)) for size in (20_000, 40_000))
    assert count_steps(target, two) <= 2.5 * count_steps(target, one) + 100
