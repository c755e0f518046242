"""Where the fields of a record stand for a reader: by their name, and by the form of their value."""

import pytest

from richresp.shaping.reader import Child, Reader
from richresp.shaping.weigh import Standing, is_unit, standing

FIELDS = {
    Standing.LEAD: [("title", "A long one"), ("fullName", "Ada"), ("login", "ada")],
    Standing.FACT: [("id", "0b9c1f1e-7d8e-4b6a-9a53-3f1b2c4d5e6f"), ("createdAt", "2026-03-01T10:00:00Z"),
                    ("booking_date", "2026-03-01"), ("dueOn", "2026-03-01"), ("state", "open"), ("amount", 12.5)],
    Standing.CONTENT: [("labels", ["a", "b"]), ("user", {"login": "x"}), ("note_2", "some words that go on and on " * 3)],
    Standing.PLAIN: [("location", "Room 7"), ("format", "A4"), ("repetition", 3), ("stars", 5), ("flag", False),
                     ("url", "https://example.com/page"), ("html_url", "https://example.com/page")],
    Standing.LATE: [("closed_by", None), ("gravatar", ""), ("assignees", []), ("extra", {}), ("node_id", "I_kwDOCq7Xws6"),
                    ("url", "https://api.example.com/issues/1"), ("events_url", "https://example.com/events{/id}"),
                    ("embedding", [0.1] * 64), ("key_id", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c"),
                    ("coordinates", [[5.1, 58.2], [5.2, 58.3]]), ("accessToken", "abc")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "name", "value"), [(where, name, value) for where, fields in FIELDS.items() for name, value in fields]
)
def test_a_field_stands_where_a_reader_wants_it(expected, name, value):
    assert standing(Child(0, name, value), Reader()) is expected


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("title", "A name of some words that is not cut", True),
        ("body", "A text of some words that may be cut", False),
        (None, [5.1, 58.2], True),
        (None, [5.1, 58.2, 1, 2, 3], False),
        (None, [True, False], False),
        (None, ["a", "b"], False),
    ],
)
def test_names_and_points_are_shown_whole_or_not_at_all(name, value, unit):
    assert is_unit(Child(0, name, value), Reader()) is unit
