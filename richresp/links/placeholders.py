"""Values that stand for none: what a program wrote where it had nothing to write.

A whole value of `undefined` or `None` is one, and so is a template that nobody filled. Text may speak of templates, so one
in the midst of words is text; in an address it never is.
"""

from __future__ import annotations

import re

# JavaScript, Python, Java, Go and Ruby spell out what is missing; `#` and `about:blank` are links to nothing.
_NOTHING = re.compile(r"undefined|null|none|nil|nan|false|true|#|about:blank|\[object [A-Za-z]+\]|<nil>", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{[^{}]*+\}\}|\$\{[^{}]*+\}|\{%[^{}%]*+%\}|<%[^<>%]*+%>|\[object [A-Za-z]{1,40}\]")
_IN_ADDRESS = re.compile(r"(?:\{|%7b){2}|(?:\}|%7d){2}|\$(?:\{|%7b)|\{%(?![0-9a-f]{2})|<%|\[object[ +%]", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_FEW_WORDS = 2


def is_placeholder(text: str) -> bool:
    """Whether a text stands for none: `undefined`, `null` ..., or a template with hardly a word around it."""
    if _NOTHING.fullmatch(text):
        return True
    found = _TEMPLATE.search(text)
    if found is None:
        return False
    return found.start() == 0 or len(_WORD.findall(_TEMPLATE.sub(" ", text))) <= _FEW_WORDS


def is_capitalized_word(text: str) -> bool:
    """Whether a text is `None`, `True` and the like with a capital, which works are called as well."""
    return text.isalpha() and text[:1].isupper() and bool(_NOTHING.fullmatch(text))


def is_placeholder_address(text: str) -> bool:
    """Whether an address stands for none, or has a part that a template should have filled."""
    return bool(_NOTHING.fullmatch(text) or _IN_ADDRESS.search(text))
