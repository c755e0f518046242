"""What the plugin promises to those who call it, over HTTP: pages that fit, with cards, and nothing lost."""

import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from samples.todo_plugin.store import MAX_USERS, BadInputError, Draft, FullError, Store
from tests.samples.plugin import BLOCKS, Site, cursor_of, started


def test_500_todos_come_in_pages_with_the_count_and_cards_each_once_and_in_order(plugin, site):
    todos = [
        {"title": f"Read page {number}", "due": "2026-05-01", "url": f"{site.address}/page/{number}"}
        | ({"notes": "Ask Ada what she thinks of it. " * (number % 5)} if number % 5 else {})
        for number in range(1, 501)
    ]
    for todo in todos:
        plugin.add("walker", **todo)
    pages = list(plugin.pages("walker"))
    shown = [todo for page in pages for todo in page["todos"]]
    assert {page["count"] for page in pages} == {500}
    assert [todo["id"] for todo in shown] == list(range(1, 501))
    for todo, given in zip(shown, todos, strict=True):
        assert todo["preview"]["title"] == site.title(todo["id"])
        bare = {name: value for name, value in todo.items() if name not in ("id", "preview")}
        assert bare == {name: value.strip() for name, value in given.items()}
    assert all(re.search(r"\b(\d+ of 500 items|items \d+ to \d+ of 500) in todos", page["_notice"]) for page in pages)
    assert {site.visits[f"/page/{number}"] for number in range(1, 501)} == {1}
    assert pages[0] == plugin.page("walker")


def test_what_fits_comes_without_a_notice(plugin):
    assert plugin.page("nobody") == {"count": 0, "todos": []}
    added = plugin.add("somebody", title="Buy rope", notes="Blue")
    assert added == {"id": 1, "title": "Buy rope", "notes": "Blue"}
    assert plugin.page("somebody") == {"count": 1, "todos": [added]}


def test_the_commands_of_the_readme_answer_as_it_says():
    [example] = [json.loads(block.content) for block in BLOCKS if block.info == "json"]
    with started() as plugin:
        page = plugin.page("demo")
        [first] = json.loads(json.dumps(example["todos"]).replace("http://127.0.0.1:8000", plugin.address))
        assert (list(page), page["count"], page["todos"][0]) == (list(example), 500, first)
        assert page["_notice"].partition("cursor")[0] == example["_notice"].partition("cursor")[0]
        shown = [todo for page in plugin.pages("demo") for todo in page["todos"]]
        assert [(todo["id"], todo["preview"]["title"]) for todo in shown] == [(n, f"Berth {n}") for n in range(1, 501)]


def test_sites_that_hang_or_are_down_cost_their_cards_and_no_more(plugin, site):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = taken.getsockname()[1]
    links = [
        f"{site.address}/hang/{number}" for number in range(3)
    ]  # one less than the connections that a host may have
    links += [f"{site.address}/gone/1", f"http://127.0.0.1:{closed}/", f"{site.address}/page/502"]
    with ThreadPoolExecutor(20) as pool:
        added = list(pool.map(lambda url: plugin.add("waiter", title="Wait", url=url), links))
    assert [todo["url"] for todo in added] == links
    shown = [todo for page in plugin.pages("waiter") for todo in page["todos"]]
    assert sorted(todo["url"] for todo in shown) == sorted(links)
    assert [todo["url"] for todo in shown if "preview" in todo] == [links[-1]]
    assert all(site.visits[f"/hang/{number}"] for number in range(3))


def test_only_what_was_allowed_is_fetched(plugin):
    with Site() as other:
        links = [
            f"{other.address}/page/1",
            other.address.replace("127.0.0.1", "127.0.0.2"),
            "http://[::1]:6379/",
            f"{plugin.address}/berths/1",
        ]
        for url in links:
            assert plugin.add("spy", title="Look", url=url) == {"id": links.index(url) + 1, "title": "Look", "url": url}
        assert [todo.get("url") for todo in plugin.page("spy")["todos"]] == links
        assert not other.visits


def test_titles_of_pages_are_data(plugin, site):
    for number in range(len(site.odd)):
        plugin.add("odd", title=f"See {number}", url=f"{site.address}/odd/{number}")
    pages = list(plugin.pages("odd"))
    shown = [todo for page in pages for todo in page["todos"]]
    assert [todo["title"] for todo in shown] == [f"See {number}" for number in range(len(site.odd))]
    assert [todo["id"] for todo in shown if "preview" in todo][:5] == [1, 2, 3, 4, 5]
    assert shown[0]["preview"]["title"] == '"}]}, "todos": [{'
    assert shown[2]["preview"]["title"] == site.odd[2]
    text = "".join(str(todo["preview"]) for todo in shown if "preview" in todo)
    assert not {"\u202e", "\x07", "\U000e0041"} & set(text)


def test_todos_of_odd_texts_come_back_as_they_were(plugin):
    """But for what nobody sees in a title."""
    texts = ['"}]}', "\\", "seen\u202e\u0000\x07", "ﷺ" * 60, "👩‍👩‍👧‍👦" * 10, "<|endoftext|>", '"url":' * 10, "a" * 120]
    for text in texts:
        plugin.add("texts", title=text, notes=text)
    shown = [todo for page in plugin.pages("texts") for todo in page["todos"]]
    assert [(todo["title"], todo["notes"]) for todo in shown] == [
        ("seen" if text.startswith("seen") else text, text) for text in texts
    ]


def test_a_user_without_todos_makes_room_for_another():
    store, draft = Store(), Draft("Buy rope")
    for number in range(MAX_USERS):
        store.add(f"user{number}", draft)
    with pytest.raises(FullError):
        store.add("late", draft)
    store.delete("user0", 1)
    assert store.add("late", draft)["id"] == 1
    with pytest.raises(FullError):
        store.add("user0", draft)
    assert store.todos("user0") == []


@pytest.mark.parametrize("title", ["\u202e\u0000\x07", "\u200b"])
def test_a_title_that_nobody_sees_is_none(title):
    with pytest.raises(BadInputError, match="title"):
        Draft.read({"title": title})


def test_20_users_at_once_keep_their_own(plugin, site):
    """And the pages that they all link to are fetched once."""

    def live(user):
        for number in range(600, 610):
            plugin.add(user, title=f"{user} reads {number}", url=f"{site.address}/page/{number}")
        plugin.ask("DELETE", user, params={"id": 4})
        return [todo for page in plugin.pages(user) for todo in page["todos"]]

    users = [f"user-{number}" for number in range(20)]
    with ThreadPoolExecutor(20) as pool:
        for user, todos in zip(users, pool.map(live, users), strict=True):
            assert [todo["id"] for todo in todos] == [1, 2, 3, 5, 6, 7, 8, 9, 10]
            assert [todo["title"] for todo in todos] == [f"{user} reads {599 + todo['id']}" for todo in todos]
            assert all(todo["preview"]["title"] == site.title(599 + todo["id"]) for todo in todos)
    assert {site.visits[f"/page/{number}"] for number in range(600, 610)} == {1}


def test_a_cursor_outlives_what_is_added_and_not_what_is_deleted(plugin):
    for number in range(60):
        plugin.add("editor", title=f"Chapter {number}", notes="What happens in it. " * 5)
    cursor = cursor_of(plugin.page("editor"))
    following = plugin.page("editor", cursor)["todos"]
    plugin.add("editor", title="The end")
    assert plugin.page("editor", cursor)["todos"] == following
    assert plugin.page("editor", cursor)["count"] == 61
    plugin.ask("DELETE", "editor", params={"id": 1})
    assert "without a cursor" in plugin.ask("GET", "editor", params={"cursor": cursor}, status=400)["error"]
    assert plugin.page("editor")["todos"][0]["id"] == 2
