"""The least that a handler needs, proven as a handler's author would: with the kit of `richresp.testing`."""

import pytest
from markdown_it import MarkdownIt

from richresp.testing import assert_pages, assert_shaped
from samples.handler import TODOS, list_todos, open_todos


@pytest.mark.parametrize("budget", [200, 400, 1_000])
def test_a_page_is_within_its_budget_and_hides_nothing(budget):
    assert_shaped(list_todos(budget), budget=budget, payload=TODOS)


def test_the_pages_hold_every_to_do_once():
    assert assert_pages(lambda cursor=None: list_todos(400, cursor), budget=400, payload=TODOS) > 3


def test_what_is_left_to_do_is_a_table_of_links():
    text = open_todos()
    assert_shaped(text, budget=10_000, format="markdown")
    rows = MarkdownIt("commonmark").enable("table").render(text).count("<tr>")
    assert rows == 1 + sum(not todo["done"] for todo in TODOS)
