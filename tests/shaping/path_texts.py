"""Paths of every make, in every way to write them, and values that they match something in."""

from hypothesis import strategies as st

NAMES = ["a", "b", "é", "0", "-1", "", "a/b", "m~n", "~1", "'", '"', "\\", "\n", "😀", "x y", "*"]
selectors = st.one_of(st.none(), st.sampled_from(NAMES[:3]), st.sampled_from(NAMES), st.integers(-3, 3))
segments = st.lists(st.tuples(st.sampled_from([False, False, True]), selectors), max_size=5)
blanks = st.text(" \t\n\r", max_size=2)


def escaped(name, quote, *, unicode):
    if unicode:
        units = name.encode("utf-16-be").hex()
        return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    return "".join({"\n": "\\n", "\\": "\\\\", quote: "\\" + quote}.get(char, char) for char in name)


@st.composite
def spelled(draw, steps):
    """A path with these segments, in one of the ways to write it."""
    text = "$"
    for descendant, selector in steps:
        text += draw(blanks) + ".." * descendant
        dot = "" if descendant else "."
        if isinstance(selector, int):
            inside = str(selector)
        elif selector is None:
            inside = "*"
        else:
            quote = draw(st.sampled_from("'\""))
            inside = quote + escaped(selector, quote, unicode=draw(st.booleans())) + quote
        if (selector is None or selector in ("a", "b", "é")) and draw(st.booleans()):
            text += dot + (selector or "*")
        else:
            text += f"[{draw(blanks)}{inside}{draw(blanks)}]"
    return text


paths = segments.flatmap(spelled)

names = st.one_of(st.sampled_from(NAMES[:3]), st.sampled_from(NAMES))
json_values = st.recursive(
    st.sampled_from([None, 0, "text", [], {}]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4), st.dictionaries(names, inner, min_size=1, max_size=4)
    ),
    max_leaves=25,
)


@st.composite
def aimed(draw, value):
    """A path that matches something in the value, by names, indexes from both ends, wildcards and leaps over levels."""
    steps, leaps = [], False
    while value and isinstance(value, (dict, list)) and draw(st.integers(0, 5)):
        key = draw(st.sampled_from(range(len(value)) if isinstance(value, list) else list(value)))
        alias = key - len(value) if isinstance(key, int) else key
        selector = draw(st.sampled_from([key, alias, None]))
        if draw(st.integers(0, 3)):
            steps.append((leaps or not draw(st.integers(0, 4)), selector))
            leaps = False
        else:
            leaps = True
        value = value[key]
    return draw(spelled(steps))


aims = json_values.flatmap(lambda value: st.tuples(st.just(value), st.lists(aimed(value) | paths, max_size=6)))
"""A value with some paths, most of which match something in it."""
