"""What is asked of the previewer, what becomes of its answers, and mistakes, which are told before anything is fetched."""

import pickle

import pytest

from richresp import DeadlineExceeded, InvalidPath, Previewer, UsageError
from richresp.attaching import Attached, attach
from richresp.limits.attaching import MAX_LINKS
from tests.attaching.pages import AsyncPages, Pages, both, by_await, by_call, page

URL = "https://example.com/1"
CARD = {
    "site_name": "A site",
    "title": f"What stands at {URL}",
    "description": "In a few words.",
    "image": None,
    "url": URL,
}


@both
def test_the_card_has_exactly_the_five_fields_and_stands_last(call):
    result, _ = call({"url": URL, "id": 1})
    assert list(result.data.items()) == [("url", URL), ("id", 1), ("preview", CARD)]


@both
def test_the_timeout_goes_to_the_previewer_and_none_is_its_own(call):
    assert call([{"url": URL}], timeout=1.5)[1].calls == [([URL], {"timeout": 1.5})]
    assert call([{"url": URL}])[1].calls == [([URL], {})]


@both
def test_nothing_is_asked_where_there_is_no_link(call):
    result, pages = call({"a": 1})
    assert (pages.calls, result) == ([], Attached({"a": 1}, {}, {}))


@both
def test_at_most_so_many_links_are_asked_for(call):
    urls = [f"https://example.com/{at}" for at in range(MAX_LINKS + 3)]
    result, pages = call([*urls, *urls])
    assert pages.asked == urls[:MAX_LINKS]
    assert list(result.errors) == urls[MAX_LINKS:]
    assert f"{MAX_LINKS} links stand before it" in str(result.errors[urls[-1]])
    assert call(urls, max_links=len(urls))[0].errors == {}


@both
def test_what_cannot_be_previewed_stays_a_plain_link(call):
    late = DeadlineExceeded(url="https://elsewhere.example/", seconds=5)
    result, _ = call([{"url": URL}, URL], answer=lambda _: late)
    assert (result.data, result.cards, result.errors) == ([{"url": URL}, URL], {}, {URL: late})


@both
@pytest.mark.parametrize("wall", ["consent", "challenge", "login"])
def test_a_wall_gives_no_card(call, wall):
    result, _ = call({"url": URL}, answer=lambda url: page(url, title="Just a moment...", wall=wall, status=403))
    assert result.data == {"url": URL}
    assert (wall in str(result.errors[URL]), result.errors[URL].status) == (True, 403)


@both
def test_a_shell_that_says_something_has_a_card_and_a_page_that_says_nothing_has_none(call):
    assert call({"url": URL}, answer=lambda url: page(url, wall="script"))[0]["preview"] == CARD
    result, _ = call({"url": URL}, answer=lambda url: page(url, title=None, description=None))
    assert (result.data, "nothing" in str(result.errors[URL])) == ({"url": URL}, True)


@both
def test_the_key_may_be_another(call):
    result, _ = call({"url": URL, "preview": "mine"}, key="card")
    assert list(result.data) == ["url", "preview", "card"]


@both
def test_a_key_that_is_taken_is_an_error_where_a_card_would_go_and_nowhere_else(call):
    assert call({"preview": 1, "rows": [{"url": URL}]})[0]["preview"] == 1
    with pytest.raises(UsageError, match=r"/rows/1 has a key 'preview' already"):
        call({"rows": [{}, {"url": URL, "preview": None}]})


@pytest.mark.parametrize("previewer", [Pages(), AsyncPages()])
@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"at": "$..url"}, "list of JSONPaths"), ({"at": [1]}, "list of JSONPaths"), ({"at": 3}, "list of JSONPaths"),
        ({"at": ["url"]}, r"\$"), ({"at": [f"$.a{at}" for at in range(65)]}, "too many"),
        ({"key": ""}, "key="), ({"key": None}, "key="), ({"key": "a"}, "already"),
        ({"timeout": 0}, "timeout="), ({"timeout": float("nan")}, "timeout="), ({"timeout": "5"}, "timeout="), ({"timeout": True}, "timeout="),
        ({"max_links": 0}, "max_links="), ({"max_links": 1.5}, "max_links="), ({"max_links": True}, "max_links="),
    ],
)  # fmt: skip
def test_mistakes_cost_no_request(previewer, options, error):
    with pytest.raises(UsageError, match=error):
        attach([{"url": URL, "a": 1}], previewer, **options)
    assert previewer.calls == []


def test_a_bad_argument_is_found_before_an_iterator_is_used_up():
    rows = iter([{"url": URL}])
    with pytest.raises(InvalidPath):
        by_call(rows, at=["url"])
    assert next(rows) == {"url": URL}


def test_the_other_kind_of_previewer_is_told():
    with pytest.raises(UsageError, match="aattach"):
        attach([{"url": URL}], AsyncPages())
    with pytest.raises(UsageError, match=r"attach\("):
        by_await_with(Pages())
    with pytest.raises(UsageError, match="previews"):
        attach([{"url": URL}], print)


def by_await_with(previewer):
    import asyncio

    from richresp.attaching import aattach

    return asyncio.run(aattach([{"url": URL}], previewer))


@both
def test_what_the_previewer_raises_passes_through(call):
    def fail(url):
        raise ZeroDivisionError(url)

    with pytest.raises(ZeroDivisionError):
        call([{"url": URL}], answer=fail)


def test_the_result_reads_as_its_data_does():
    result, _ = by_call([{"url": URL}, 2])
    assert (len(result), list(result), result[1], 2 in result) == (2, result.data, 2, True)
    assert not by_call({})[0]
    assert by_call(7)[0]
    assert by_await({"url": URL})[0]["preview"] == CARD


def test_the_result_pickles():
    result, _ = by_call([{"url": URL}, "http://gone.example/1"])
    again = pickle.loads(pickle.dumps(result))
    assert (again.data, again.cards) == (result.data, result.cards)
    assert list(map(str, again.errors.values())) == list(map(str, result.errors.values()))


class Odd:
    """A previewer that gives whatever it was made with."""

    def __init__(self, answers):
        self.answers = answers

    def previews(self, urls):
        return self.answers


@pytest.mark.parametrize("answers", [None, [], [None], ["text"], {}, 5])
def test_a_previewer_that_gives_something_else_is_told(answers):
    with pytest.raises(UsageError, match="previews"):
        attach([{"url": URL}], Odd(answers))


@pytest.mark.parametrize("payload", [[{"url": URL}], []])
def test_a_class_is_no_previewer(payload):
    with pytest.raises(UsageError, match=r"Previewer\(\)"):
        attach(payload, Previewer)


def test_spellings_of_one_address_count_once():
    pages = Pages()
    urls = ["https://a.example/#one", "https://a.example/#two", "HTTPS://A.example", "https://b.example/"]
    found = attach([{"url": url} for url in urls], pages, max_links=1)
    assert pages.calls[0][0] == urls[:3]
    assert list(found.errors) == urls[3:]
