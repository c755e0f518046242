"""What is wrong with a link is one list: each fault once, the worst first."""

from dataclasses import replace

import pytest

from richresp.gallery import Entry
from richresp.gallery.problems import problems_of
from richresp.links import audit, extract
from tests.gallery.entries import finding, picture, whole

URL = "https://site.example.com/2026/page"
HEAD = "<title>Title</title>"
IMAGE = "<meta property=og:image content=https://a.example/i.png>"
WORDS = "<meta property=og:description content='Words of prose'>"


def of(html, *, audited, **beside):
    body = html.encode()
    findings = tuple(audit(body, url=URL)) if audited else None
    return problems_of(Entry(URL, extract(body, url=URL), findings=findings, **beside))


@pytest.mark.parametrize(
    ("html", "warning", "rules"),
    [
        (HEAD + WORDS, "no image", {"image-missing"}),
        (HEAD + IMAGE, "no description", {"description-missing"}),
        (IMAGE + WORDS, "no title", {"title-missing"}),
        (HEAD + WORDS + "<meta property=og:image content=/i.png>", "og:image is relative", {"image-relative"}),
        (HEAD + WORDS + "<meta property=og:image content=javascript:x>", "no image", {"image-useless"}),
        (HEAD + IMAGE + WORDS + "<link rel=canonical href=https://b.example/>", "leads to another", {"url-elsewhere"}),
        (HEAD + IMAGE + WORDS + "<meta property=og:url content=https://site.example.com/>", "front page", {"url-home"}),
        (HEAD + IMAGE + WORDS + "<meta property=og:title content='{{title}}'>", "placeholder", {"text-placeholder"}),
        (f"{HEAD}<body><p>Words</p>{WORDS}{IMAGE}", "behind the head", {"tags-late"}),
    ],
)
def test_what_a_finding_says_no_warning_repeats(html, warning, rules):
    plain, audited = of(html, audited=False), of(html, audited=True)
    assert any(warning in problem.message for problem in plain)
    assert rules <= {problem.rule for problem in audited}
    assert not any(warning in problem.message for problem in audited if not problem.rule)


def test_what_no_finding_says_stays():
    other = "<meta property=og:url content=https://b.example/>"
    own = f"<link rel=canonical href={URL}>"
    told = of(HEAD + IMAGE + WORDS + own + other + "<meta name=twitter:image content=/t.png>", audited=True)
    assert "url-elsewhere" in {problem.rule for problem in told}
    kept = problems_of(whole(warnings=("og:url leads to another site: x",), findings=(finding("y"),)))
    assert [problem.message for problem in kept] == ["y", "og:url leads to another site: x"]
    about = replace(finding("the canonical link leads to another site, x"), rule="url-elsewhere")
    both = ("og:url leads to another site: x", "link:canonical leads to another site: x")
    kept = problems_of(whole(warnings=both, findings=(about,)))
    assert [problem.message for problem in kept] == ["the canonical link leads to another site, x", both[0]]


def test_the_worst_stands_first_and_each_once():
    found = (finding("c", "hint"), finding("b", "warning"), finding("a"), finding("a"))
    told = problems_of(whole(findings=found, warnings=("b2", "b2"), no_picture="gone", no_audit="late", status=500))
    assert [problem.severity for problem in told] == ["error"] * 2 + ["warning"] * 4 + ["hint"]
    assert len({problem.message for problem in told}) == len(told)


def test_what_was_measured_counts_and_not_what_is_declared():
    declared = tuple(
        replace(finding(name), rule=name) for name in ("image-tiny", "image-small", "image-below-recommended", "wall")
    )
    tiny = problems_of(whole(findings=declared, picture=picture(full=(300, 300))))
    assert [problem.rule for problem in tiny] == ["wall", "image-small"]
    large = problems_of(whole(findings=declared, picture=picture(full=(1200, 630))))
    assert [problem.rule for problem in large] == [found.rule for found in declared]


@pytest.mark.parametrize(("wall", "rule"), [("consent", "wall"), ("login", "wall"), ("script", "script-only")])
def test_a_wall_is_told_once_and_nothing_that_it_hides_lacks(wall, rule):
    hidden = {"title": None, "description": None, "image": None}
    said = () if wall == "script" else (f"the page is a wall ({wall}): its title is not that of the page behind",)
    told = problems_of(whole(wall=wall, warnings=said, **(hidden if said else {})))
    assert [problem.severity for problem in told] == ["error"]
    found = replace(finding("w"), rule=rule)
    told = problems_of(whole(wall=wall, warnings=said, findings=(found,), **(hidden if said else {})))
    assert [problem.rule for problem in told] == [rule]
