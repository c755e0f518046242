"""What `answers` promises of any to-dos and any cards, asked without a server: a page fits, and holds its to-dos whole."""

import asyncio
import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from richresp import FetchError, tokens
from samples.todo_plugin.answers import BUDGET, page_of, record_of
from samples.todo_plugin.store import MAX_TOKENS, BadInputError, Draft
from tests.attaching.pages import AsyncPages, page
from tests.samples.plugin import cursor_of

odd = st.text('aé猫👩‍👧\u202e\x00"\\{}[]:,=<|>ﷺ \n', max_size=300)
texts = odd | st.text(max_size=100) | st.integers(0, 400).map("word ".__mul__)
links = st.integers(0, 99).map("https://example.com/{}".format) | odd.map("https://example.com/?{}".format)
given_todo = st.fixed_dictionaries(
    {"title": texts.map(lambda text: text[:120])},
    optional={"notes": texts, "url": links, "due": st.just("2026-05-01")},
)
cards = st.fixed_dictionaries(
    {}, optional={"title": texts, "description": texts, "site_name": texts, "image": links.map(lambda url: url * 9)}
)


def drafts(given):
    for number, todo in enumerate(given, 1):
        try:
            yield {"id": number} | Draft.read(todo).record()
        except BadInputError:
            continue


def walk(todos, answer):
    cursor = None
    while True:
        text = asyncio.run(page_of(todos, AsyncPages(answer), cursor))
        assert tokens.count(text) <= BUDGET
        shown = json.loads(text)
        yield shown
        cursor = cursor_of(shown)
        if cursor is None:
            return


def without_card(todo):
    return {name: value for name, value in todo.items() if name != "preview"}


@settings(max_examples=settings().max_examples // 2)  # each shapes many pages
@given(st.lists(given_todo, max_size=30), cards)
def test_any_todos_with_any_cards(given, card):
    todos = list(drafts(given))
    pages = list(walk(todos, lambda url: page(url, **card)))
    assert [without_card(todo) for page in pages for todo in page["todos"]] == todos
    assert {page["count"] for page in pages} == {len(todos)}


@given(given_todo, cards)
def test_any_todo_that_was_added(given, card):
    todos = list(drafts([given]))
    assume(todos)
    text = asyncio.run(record_of("added", todos[0], AsyncPages(lambda url: page(url, **card))))
    assert tokens.count(text) <= BUDGET
    assert {name: without_card(todo) for name, todo in json.loads(text).items()} == {"added": todos[0]}


def test_the_largest_todos_have_cards_each():
    """The room of a card is kept for it, whatever else a page has to hold."""
    words = MAX_TOKENS
    while not (
        todos := list(drafts([{"title": "Read", "url": "https://example.com/1", "notes": "word " * words}] * 9))
    ):
        words -= 1
    assert tokens.count(json.dumps(todos[0])) > MAX_TOKENS - 10
    card = {"title": "A title", "description": "What the page is about. " * 40, "image": None}
    shown = [shown["todos"] for shown in walk(todos, lambda url: page(url, **card))]
    assert [len(todos) for todos in shown] == [1] * 9
    assert all(todo["preview"]["description"].startswith("What the page") for [todo] in shown)


def test_cards_of_many_words_leave_each_other_their_titles():
    todos = [{"id": at, "title": f"Read {at}", "url": f"https://example.com/{at}"} for at in range(1, 101)]
    for shown in walk(todos, lambda url: page(url, title=f"All of {url}", description="word " * 90)):
        assert list(shown) == ["_notice", "count", "todos"]
        assert len(shown["todos"]) > 3 or shown["todos"][-1]["id"] == 100
        assert [todo["preview"]["title"] for todo in shown["todos"]] == [
            f"All of {todo['url']}" for todo in shown["todos"]
        ]
        assert shown["todos"][0]["preview"]["description"]


def test_cards_of_too_many_words_go_before_anything_of_a_todo():
    card = dict.fromkeys(["site_name", "title", "description"], "word " * 300) | {
        "image": f"https://example.com/{'7' * 900}"
    }
    todo = {"title": "Read", "notes": "What is to be kept in mind. " * 9, "due": "2026-05-01"}
    todos = [{"id": at, "url": f"https://example.com/{at}"} | todo for at in range(1, 31)]
    pages = list(walk(todos, lambda url: page(url, **card)))
    assert [without_card(todo) for shown in pages for todo in shown["todos"]] == todos
    text = asyncio.run(record_of("added", todos[0], AsyncPages(lambda url: page(url, **card))))
    assert without_card(json.loads(text)["added"]) == todos[0]


def test_pages_do_not_depend_on_what_can_be_reached_and_only_theirs_is_fetched():
    todos = [{"id": at, "title": f"Read {at}", "url": f"https://example.com/{at}"} for at in range(1, 101)]
    up = [without_card(todo) for page in walk(todos, page) for todo in page["todos"]]
    notices = [[shown["_notice"] for shown in walk(todos, answer)] for answer in (page, gone)]
    assert up == todos
    assert notices[0] == notices[1]
    pages = AsyncPages(page)
    shown = json.loads(asyncio.run(page_of(todos, pages)))["todos"]
    assert pages.asked == [todo["url"] for todo in shown]
    assert all("preview" in todo for todo in shown)


def gone(url):
    return FetchError(url=url, reason="gone", status=410)
