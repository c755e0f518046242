"""What raw HTML holds that is not shown as text, or not as other text is: comments, scripts, styles. Cut, it is closed on one
page and opened again on the next, or what nobody should see would be text there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENER = re.compile(r"<!--|<\?|<!\[CDATA\[|<(script|style|textarea|pre)(?![\w-])(?:[^<>]{0,32}>)?", re.IGNORECASE)
_CLOSERS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_OVERLAP = 2


@dataclass(frozen=True, slots=True)
class Raw:
    """A comment, script or the like.

    Attributes:
        first: where it begins.
        inner: where what it holds begins.
        closing: where what closes it begins, the end of what was looked at if nothing does.
        last: where it ends.
        opener: what opens it again.
        closer: what closes it.
    """

    first: int
    inner: int
    closing: int
    last: int
    opener: str
    closer: str

    def around(self, at: int) -> tuple[str, str]:
        """What a page begins with that begins at a place inside, and what one ends with that ends there."""
        is_open = at <= self.closing or self.closing == self.last
        return (self.opener if is_open else ""), (self.closer if at >= self.inner else "")


def raw(text: str, start: int, end: int) -> list[Raw]:
    """The comments, scripts and the like in raw HTML, in order."""
    found: list[Raw] = []
    at = start
    while (opener := _OPENER.search(text, at, end)) is not None:
        name = opener[1]
        closer = f"</{name}>" if name else _CLOSERS[opener[0].upper()]
        # `<!-->` is a whole comment
        begin = opener.end() - (_OVERLAP if closer == "-->" else 0)
        close = re.compile(re.escape(closer), re.IGNORECASE).search(text, begin, end)
        tag = opener[0] if not name or opener[0].endswith(">") else f"<{name}>"
        at = end if close is None else close.end()
        found.append(Raw(opener.start(), opener.end(), end if close is None else close.start(), at, tag, closer))
    return found


def at_place(found: list[Raw], at: int) -> Raw | None:
    """Which of them a place is inside of; at the end of one that nothing closes it still is."""
    return next((one for one in found if one.first < at < one.last or at == one.closing == one.last), None)
