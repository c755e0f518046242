"""Links of an answer: blocks and lines, the first to go."""

import json

import pytest

from richresp.answering.tool import tool_answer
from richresp.hosts.cards import linked
from tests.answering.tool_answers import LINKS, ROWS, costs, encoded, facts


def test_links_are_blocks_and_lines():
    answer = tool_answer(ROWS[:2], budget=3_000, links=linked(LINKS))
    blocks = [block for block in answer.content if block["type"] == "resource_link"]
    assert [block["uri"] for block in blocks] == [each["url"] for each in LINKS]
    text = "\n".join(block["text"] for block in answer.content if block["type"] == "text")
    assert all(f"[{each['title']}]({each['url']})" in text for each in LINKS)
    assert json.loads(encoded(answer.structured)) == {"result": ROWS[:2]}


@pytest.mark.parametrize("budget", range(120, 1_400, 80))
def test_links_go_first_and_are_told(budget):
    answer = tool_answer(ROWS[:2], budget=budget, links=linked(LINKS))
    assert sum(costs(answer)) <= budget
    kept = sum(block["type"] == "resource_link" for block in answer.content)
    assert answer.structured["result"] == ROWS[:2] or kept == 0
    if kept < len(LINKS):
        assert facts(answer)["links"] == {"kept": kept, "total": len(LINKS)}
    else:
        assert "links" not in facts(answer)


def test_a_link_that_the_data_names_with_its_title_has_no_line():
    data = {"url": LINKS[0]["url"], "title": LINKS[0]["title"]}
    answer = tool_answer(data, budget=3_000, links=linked(LINKS[:1]))
    assert [block["type"] for block in answer.content] == ["text", "resource_link"]
