"""Payloads with links in them, and where an honest reader finds those: in the plainest way, without the code under test."""

import re

from hypothesis import strategies as st

from tests.shaping.payloads import clean_text, numbers, prose

LINK_NAMES = ["html_url", "webUrl", "URL", "link", "permalink", "source_url"]
"""Best first, in the spellings of several services."""

OTHER_NAMES = ["id", "name", "clone_url", "text", "api_url", "$schema", "a/b", "m~n", ""]
PICTURE_NAMES = ["image", "image_url", "thumbnails", "ownerAvatar", "_links"]

pages = st.integers(0, 12).map("https://example.com/{}".format) | st.integers(0, 3).map(
    "http://gone.example/?q={}#top".format
)
MACHINE_READ = [
    "https://api.example.com/users/1", "https://example.com/a/b.png", "https://example.com/api/v2/users",
]  # fmt: skip
"""URLs that are no pages."""

others = st.sampled_from([
    "", "see https://example.com/1", "https://example.com/1 ", "/relative", "//example.com/1", "ftp://example.com/1",
    "mailto:a@example.com", "https://", "https://example.com/{id}", *MACHINE_READ,
])  # fmt: skip
scalars = st.one_of(st.none(), st.booleans(), numbers, clean_text, prose, others)


def _objects(inner):
    return st.builds(
        dict,
        st.lists(
            st.one_of(
                st.tuples(st.sampled_from(LINK_NAMES), st.one_of(pages, pages, others, inner)),
                st.tuples(st.sampled_from(OTHER_NAMES), st.one_of(pages, scalars, inner)),
                st.tuples(st.sampled_from(PICTURE_NAMES), st.one_of(pages, inner)),
                st.tuples(st.sampled_from(["items", "owner", "results"]), inner),
            ),
            max_size=5,
        ),
    )


payloads = st.recursive(
    st.one_of(scalars, pages),
    lambda inner: st.one_of(_objects(inner), _objects(inner), st.lists(st.one_of(inner, pages), max_size=5)),
    max_leaves=25,
)


def found(payload):
    """The links of a payload, each with the place of the object that its card belongs into, or None."""
    if is_page(payload):
        return [(payload, None)]
    return list(_inside(payload, ()))


def _inside(value, place):
    if isinstance(value, dict):
        links = [value[name] for name in LINK_NAMES if is_page(value.get(name))]
        yield from [(links[0], place)] if links else []
        for key, child in value.items():
            if key not in PICTURE_NAMES:
                yield from _inside(child, (*place, key))
    elif isinstance(value, list):
        yield from ((item, None) for item in value if is_page(item))
        for at, child in enumerate(value):
            yield from _inside(child, (*place, at))


def is_page(value):
    """The texts here that are pages."""
    return isinstance(value, str) and re.fullmatch(r"https://example\.com/\d+|http://gone\.example/\?q=\d#top", value)


def at(value, place):
    for key in place:
        value = value[key]
    return value


def without_cards(data, places, key="preview"):
    """The data less the cards at these places, and those cards; fails where one is not the last of its object."""
    cards = {}
    for place in places:
        holder = at(data, place)
        if key in holder:
            assert list(holder)[-1] == key
            cards[place] = holder.pop(key)
    return data, cards
