"""Promise 10 as a machine: a reader who pages through a payload that lives, with any budgets, back and forth.

Each item (character of a text) is shown once and in order, every page moves on, and the last one has no cursor; what
stands elsewhere may change. A cursor is URL-safe and at most 64 characters; it is refused with InvalidCursor after the last
item shown changed, when it is not as it was made, under other options, and under another secret. Without a secret it
holds no proof of who made it, but a slip of a digit is found; with one, nobody else can make it.
"""

import re
from copy import deepcopy

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from richresp import InvalidCursor
from tests.shaping.as_json import shape
from tests.shaping.payloads import WORDS, enough, shaped

words = st.lists(st.sampled_from(WORDS[:12]), min_size=1, max_size=12).map(" ".join)
items = st.one_of(
    st.integers(), words, st.lists(words, min_size=1, max_size=5),
    st.fixed_dictionaries({"id": st.integers(0, 10**6)}, optional={"text": words.map(lambda text: text * 9), "tags": st.lists(words)}),
)  # fmt: skip
rows = st.builds(lambda some, times: some * times, st.lists(items, min_size=1, max_size=5), st.integers(1, 30))
texts = st.lists(words, min_size=10, max_size=60).map(" ".join)
budgets = st.integers(0, 250)
MARK = {"changed": "here"}


class Paging(RuleBasedStateMachine):
    """One reader and one payload. `seen` holds the places that cursors were given for, with how much was shown by then."""

    @initialize(
        rows=rows, text=texts, kind=st.sampled_from(["list", "record", "text"]), secret=st.sampled_from([None, "key", b"\0"]),
        strategy=st.sampled_from(["head", "head", "tail"]),
    )  # fmt: skip
    def start(self, rows, text, kind, secret, strategy):
        self.kind = kind
        self.backwards = strategy == "tail" and kind != "text"
        self.options = {"secret": secret, "strategy": strategy}
        self.paged = text if kind == "text" else deepcopy(rows)
        self.at, self.cursor, self.done = 0, None, False
        self.seen = [(0, None)]

    @property
    def payload(self):
        return {"name": "what pages", "few": [], "rows": self.paged} if self.kind == "record" else self.paged

    def part(self, result):
        return result.data.get("rows", []) if self.kind == "record" else result.data

    def position(self, offset):
        """The item at an offset from where paging starts."""
        return len(self.paged) - 1 - offset if self.backwards else offset

    def refused(self, cursor, payload=None, **options):
        with pytest.raises(InvalidCursor, match="call again without a cursor") as error:
            shape(self.payload if payload is None else payload, budget=10**6, cursor=cursor, **(self.options | options))
        assert cursor not in str(error.value) or len(cursor) < 3

    @precondition(lambda self: not self.done)
    @rule(budget=budgets)
    def next_page(self, budget):
        result = shaped(self.payload, budget, cursor=self.cursor, **self.options)
        part = self.part(result)
        if isinstance(part, str):
            shown = len(part) if result.cursor is None else len(part) - 1
            assert part[:shown] == self.paged[self.at : self.at + shown]
        else:
            shown = len(part)
            whole = [self.paged[self.position(self.at + step)] for step in range(shown)]
            for item, original in zip(reversed(part) if self.backwards else part, whole, strict=True):
                assert type(item) is type(original)
                assert (
                    not isinstance(item, (int, dict))
                    or item == original
                    or item.items() <= original.items()
                    or "id" in item
                )
        assert shown or self.cursor is None, "the page does not move on"
        self.at += shown
        self.cursor = result.cursor
        self.done = result.cursor is None
        assert self.done == (self.at == len(self.paged))
        if not self.done:
            assert re.fullmatch("[0-9A-Za-z_.~-]{1,64}", self.cursor)
            assert self.cursor in result.notice
            self.seen.append((self.at, self.cursor))

    @rule(data=st.data())
    def go_back(self, data):
        self.at, self.cursor = data.draw(st.sampled_from(self.seen))
        self.done = False

    @precondition(lambda self: not self.done and self.at + 1 < len(self.paged) and self.kind != "text")
    @rule(data=st.data())
    def change_what_was_not_shown(self, data):
        offset = data.draw(st.integers(self.at, len(self.paged) - 1))
        self.paged[self.position(offset)] = deepcopy(MARK)
        self.seen = [(at, cursor) for at, cursor in self.seen if at <= offset]

    @precondition(lambda self: self.cursor is not None and self.at > 1 and self.kind != "text")
    @rule(data=st.data())
    def change_what_was_shown_long_ago(self, data):
        offset = data.draw(st.integers(0, self.at - 2))
        self.paged[self.position(offset)] = deepcopy(MARK)
        self.seen = [(at, cursor) for at, cursor in self.seen if at != offset + 1]

    @precondition(lambda self: self.cursor is not None and self.at > 0)
    @rule()
    def change_the_last_item_shown(self):
        """For one call: the reader is refused, and goes on when the payload is as it was."""
        before = self.paged
        if self.kind == "text":
            self.paged = f"{before[: self.at - 1]}\x07{before[self.at :]}"
        else:
            self.paged = deepcopy(before)
            self.paged[self.position(self.at - 1)] = {"something": "else", "entirely": self.at}
        self.refused(self.cursor)
        self.paged = before

    @precondition(lambda self: self.cursor is not None and self.at > 0)
    @rule()
    def take_all_that_follows_away(self):
        shown = self.paged[-self.at :] if self.backwards else self.paged[: self.at]
        self.refused(self.cursor, {"name": 1, "few": [], "rows": shown} if self.kind == "record" else shown)

    @precondition(lambda self: self.cursor is not None)
    @rule(data=st.data())
    def slip_a_character(self, data):
        at = data.draw(st.integers(0, len(self.cursor) - 1))
        other = data.draw(st.sampled_from("0123456789-a"))
        slipped = self.cursor[:at] + other + self.cursor[at + 1 :]
        if slipped != self.cursor:
            self.refused(slipped)

    @precondition(lambda self: self.cursor is not None)
    @rule(data=st.data(), more=st.text(min_size=1, max_size=9))
    def cut_or_lengthen(self, data, more):
        self.refused(self.cursor[: data.draw(st.integers(0, len(self.cursor) - 1))])
        self.refused(self.cursor + more)
        self.refused(self.cursor * 10_000)

    @precondition(lambda self: self.cursor is not None)
    @rule(path=st.sampled_from(["$..none", "$.none", "$[7]"]), option=st.sampled_from(["keep", "drop", "drop_order"]))
    def use_it_with_other_options(self, path, option):
        self.refused(self.cursor, **{option: [path]})
        if self.kind != "text":
            self.refused(self.cursor, strategy="head" if self.backwards else "tail")
            self.refused(self.cursor, strategy="spread")

    @precondition(lambda self: self.cursor is not None)
    @rule(secret=st.one_of(st.none(), st.text(min_size=1), st.binary(min_size=1)))
    def use_it_with_another_secret(self, secret):
        given, own = (text.encode() if isinstance(text, str) else text for text in (secret, self.options["secret"]))
        if given != own:
            self.refused(self.cursor, secret=secret)

    @precondition(lambda self: self.cursor is not None)
    @rule(budget=budgets)
    def ask_twice(self, budget):
        budget = enough(self.payload, budget, cursor=self.cursor, **self.options)
        one, other = (shape(self.payload, budget=budget, cursor=self.cursor, **self.options) for _ in range(2))
        assert one == other

    @rule()
    def first_page_needs_no_cursor(self):
        assert shaped(self.payload, 10**6, **self.options).cursor is None

    @invariant()
    def never_beyond_the_end(self):
        assert not hasattr(self, "at") or self.at <= len(self.paged)


TestPaging = Paging.TestCase
TestPaging.settings = settings(max_examples=settings().max_examples // 2, stateful_step_count=20)


@pytest.mark.parametrize("secret", ["", b"", 5, bytearray(b"key"), ["key"]])
def test_a_secret_is_text_or_bytes(secret):
    with pytest.raises(ValueError, match="secret"):
        shape([1], budget=100, secret=secret)
