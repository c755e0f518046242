"""`richresp preview` of several links: in order, errors in place, at most so many at once."""

import json
import threading

import pytest

from richresp.cli.fetching import Asking
from tests.cli.site import serving, titled
from tests.hostile.answers import head, page

LINES = ["# what people sent", "", "  {0}/a ", "not-a-url", "{0}/missing", "\t", "{0}/b", "{0}/a"]


@pytest.fixture
def web():
    with serving(
        {"/a": titled("Anchor"), "/b": titled("Buoy"), "/missing": head("Content-Length: 0", status="404 No")}
    ) as site:
        yield site


def lines(site):
    return "\n".join(LINES).replace("{0}", site.at("")).encode()


def test_cards_stand_in_the_order_of_the_lines_and_errors_among_them(run, web):
    result = run("preview", "-", "--allow-private", stdin=lines(web))
    assert result.code == 1
    told = [result.out.index(word) for word in ("Anchor", "not-a-url: not an absolute URL", "answers 404", "Buoy")]
    assert told == sorted(told)
    assert result.out.count("Anchor") == 2
    assert result.err == "richresp: 2 of 5 links failed\n"
    assert run("preview", "-", "--allow-private", "--quiet", stdin=lines(web)).err == ""


def test_a_page_that_stands_there_twice_is_asked_for_once(run, web):
    run("preview", "-", "--allow-private", stdin=lines(web))
    assert sorted(web.asked()) == ["/a", "/b", "/missing"]


def test_json_is_a_list_with_errors_in_their_places(run, web):
    listed = json.loads(run("preview", "-", "--allow-private", "--format", "json", stdin=lines(web)).out)
    assert [each.get("title") for each in listed] == ["Anchor", None, None, "Buoy", "Anchor"]
    assert listed[1]["requested_url"] == "not-a-url"
    assert listed[1]["error"]["kind"] == "InvalidURL"
    assert listed[2]["error"]["status"] == 404
    assert "404" in listed[2]["error"]["message"]


@pytest.mark.parametrize(("given", "wanted"), [(b"", []), (b"# nothing\n\n", [])])
def test_a_list_of_no_links_is_an_empty_list(run, given, wanted):
    result = run("preview", "-", "--format", "json", stdin=given)
    assert (json.loads(result.out), result.code) == (wanted, 0)
    assert run("preview", "-", stdin=given).out == ""


def test_one_line_is_a_list_of_one(run, web):
    out = run("preview", "-", "--allow-private", "--format", "json", stdin=web.at("/a").encode()).out
    assert [each["title"] for each in json.loads(out)] == ["Anchor"]


def test_ndjson_is_a_line_each(run, web):
    out = run("preview", "-", "--allow-private", "--format", "ndjson", stdin=lines(web)).out
    assert [json.loads(line).get("title") for line in out.splitlines()] == ["Anchor", None, None, "Buoy", "Anchor"]


@pytest.mark.parametrize(
    ("name", "beginnings"),
    [
        ("markdown", ("[Anchor](", "http:", "[Buoy](")),
        ("html", ("<p><a ", "<p>http:", "<p><a ")),
        ("meta", ("<meta ", "<!-- http:", "<meta ")),
    ],
)
def test_texts_stand_apart_by_a_blank_line(run, web, name, beginnings):
    urls = map(web.at, ("/a", "/missing", "/b"))
    blocks = run("preview", *urls, "--allow-private", "--format", name).out.split("\n\n")
    assert len(blocks) == 3
    for block, beginning in zip(blocks, beginnings, strict=True):
        assert block.startswith(beginning)


@pytest.mark.parametrize(("jobs", "per_host"), [(1, 1), (3, 3), (30, 4)])
def test_no_more_are_on_their_way_than_were_asked_for(jobs, per_host):
    with Asking(5.0, jobs).previewer() as previewer:
        assert previewer._options.widths == {"total": jobs, "per_host": per_host}


def test_as_many_are_on_their_way_as_were_asked_for(run):
    together = threading.Barrier(3, timeout=30)

    def waits(_visit):
        together.wait()
        yield page()

    with serving(dict.fromkeys(["/1", "/2", "/3"], waits)) as site:
        urls = [site.at(f"/{number}") for number in (1, 2, 3)]
        assert run("preview", *urls, "--allow-private", "--jobs", 3, "--timeout", 60).code == 0


def test_a_result_is_written_as_soon_as_those_before_it_are(terminal):
    release = threading.Event()

    def late(_visit):
        release.wait(30)
        yield page(body=b"<title>Late</title>")

    with serving({"/first": titled("First"), "/late": late, "/last": titled("Last")}) as site:
        shown = terminal("preview", *map(site.at, ("/first", "/late", "/last")), "--allow-private", "--quiet")
        assert "Last" not in shown.until("First")
        release.set()
        out, code = shown.end()
    assert code == 0
    assert out.index("First") < out.index("Late") < out.index("Last")
