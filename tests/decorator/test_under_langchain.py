"""Below LangChain's tool decorator."""

from __future__ import annotations

import asyncio
import json

import pytest
from langchain_core.tools import tool

from richresp import budgeted, tokens
from tests.decorator.handlers import BUDGET, PLAIN, later_todos, todos


def message(made, **arguments):
    """What the model reads of a call."""
    call = {"type": "tool_call", "id": "1", "name": made.name, "args": {"user": "ada", **arguments}}
    return (asyncio.run(made.ainvoke(call)) if made.coroutine else made.invoke(call)).content


@pytest.mark.parametrize("function", [todos, later_todos])
def test_text_within_the_budget_by_pages(function):
    made = tool(budgeted(BUDGET, returns="text", format="json", add_cursor=True)(function))
    assert set(made.args) == {"user", "limit", "cursor"}
    assert made.description == "The todos of a user."
    assert tokens.count(message(tool(function))) > 3_500
    first = message(made)
    assert tokens.count(first) <= BUDGET
    shown = json.loads(first)
    second = json.loads(message(made, cursor=shown[0]["_notice"].split()[-1]))
    assert second[1]["id"] == shown[-1]["id"] + 1


def test_data_and_what_the_model_reads_of_it():
    made = tool(budgeted(9_000)(todos))
    assert made.invoke({"user": "ada"}) == PLAIN
    assert json.loads(message(made)) == PLAIN


def test_the_text_for_the_model_and_the_result_for_the_program():
    @tool(response_format="content_and_artifact")
    def both(user: str) -> tuple[str, object]:
        """Todos."""
        result = budgeted(BUDGET, returns="shaped")(todos)(user)
        return result.text, result

    answer = both.invoke({"type": "tool_call", "id": "1", "name": "both", "args": {"user": "ada"}})
    assert tokens.count(answer.content) <= BUDGET
    assert answer.artifact.truncated
