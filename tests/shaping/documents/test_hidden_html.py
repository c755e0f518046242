"""Comments, scripts and styles of a document: on whichever page they go on, nobody is shown what is in them."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.shaping.documents import divide
from tests.shaping.documents.shown import shown
from tests.shaping.documents.written import pages

LINES = "".join(f"secret {n}\n{'' if n % 3 else chr(10)}" for n in range(60))
HIDDEN = {
    "a comment": f"Hi\n\n<!--\n{LINES}-->\n\nend\n",
    "a comment with tags": f"Hi\n\n<!-- <b>secret</b>\n{LINES}-->\n\nend\n",
    "a comment in a block": "<div>\n<!-- of\n" + LINES.replace("\n\n", "\n") + "-->\n</div>\n\nend\n",
    "a script": f"Hi\n\n<script type=x>\n{LINES}</script>\n\nend\n",
    "a style": f"Hi\n\n<STYLE>\n{LINES}</style>\n\nend\n",
    "a script in an item": f"- Hi\n\n  <script>\n  {LINES}".replace("\n", "\n  ").rstrip() + "\n  </script>\n\nend\n",
    "a comment in a quote": f"Hi\n\n<!--\n{LINES}-->\n".replace("\n", "\n> ").replace("Hi", "> Hi") + "\n\nend\n",
    "a comment on a line": f"Hi\n\n<!-- {'secret ' * 400}-->\n\nend\n",
    "two": f"Hi\n\n<!-- secret --> <!-->\n\n<!--\n{LINES}-->\n\nend\n",
    "a long one": f"Hi\n\n<!--\n{LINES * 40}-->\n\nend\n",
}


class _Reader(HTMLParser):
    """What a browser shows of HTML."""

    def __init__(self):
        super().__init__()
        self.path, self.seen = [], ""

    def handle_starttag(self, tag, attrs):  # the signature of HTMLParser
        self.path.append(tag)

    def handle_endtag(self, tag):
        del self.path[-1:]

    def handle_data(self, data):
        if not {"script", "style"} & set(self.path):
            self.seen += data


def seen(page):
    """What of a page's raw HTML is shown as text, and what stands outside of raw HTML."""
    reader, words = _Reader(), shown(page)
    reader.feed("\n".join(word[-1] for word in words if word[-3] == "html_block"))
    return reader.seen + " ".join(str(word[-1]) for word in words if word[-3] != "html_block")


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("size", [100, 300, 1_000, 6_000])
def test_no_page_shows_what_is_hidden(name, size):
    parts = pages(HIDDEN[name], "markdown", size)
    assert len(parts) > 1 or size > len(HIDDEN[name]) / 2
    assert not any("secret" in seen(part.text) for part in parts)
    assert "end" in seen(parts[-1].text)


@given(st.sampled_from(sorted(HIDDEN)), st.data())
def test_so_it_is_where_a_chunk_without_room_is_cut(name, data):
    text = HIDDEN[name]
    at = data.draw(st.integers(text.index("secret") + 1, text.rindex("secret")))
    division = divide(text, "markdown")
    assert "secret" not in seen(division.page(0, at))
    following = divide(text, "markdown", start=at, mark=division.mark(at))
    assert "secret" not in seen(following.page(at, len(text)))
    assert "end" in seen(following.page(at, len(text)))
