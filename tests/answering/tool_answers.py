"""Rows, schemas and links of tools, and what an answer costs in all its channels."""

import json

from richresp import BudgetTooSmall, tokens
from richresp.answering.tool_facts import META_KEY

ROWS = [{"id": number, "name": f"Item {number}", "note": "some words " * (number % 5)} for number in range(400)]
ROW = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}, "note": {"type": "string"}},
    "required": ["id", "name", "note"],
    "additionalProperties": False,
}
LISTED = {
    "type": "object",
    "properties": {"result": {"type": "array", "items": {"$ref": "#/$defs/Row"}}},
    "required": ["result"],
    "$defs": {"Row": ROW},
    "x-fastmcp-wrap-result": True,
}
LINKS = [
    {"url": f"https://a.example/{number}", "title": f"Page {number}", "description": "D " * 20} for number in range(9)
]


def encoded(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def costs(answer, count=tokens.count):
    """What the content costs, and the structured content."""
    texts = [block["text"] if block["type"] == "text" else encoded(block) for block in answer.content]
    return sum(map(count, texts)), 0 if answer.structured is None else count(encoded(answer.structured))


def needs(call, budget):
    """The budget, or where nothing fits it, the one that is said to be needed."""
    try:
        call(budget=budget)
    except BudgetTooSmall as error:
        return max(error.needed, budget + 1)
    return budget


def facts(answer):
    return answer.meta[META_KEY]


def main_text(answer):
    return answer.content[0]["text"]
