"""How much is told of what a page offers for its card."""

from __future__ import annotations

from typing import Final

MAX_TOLD: Final = 40
"""Values that are told of for one field: real pages state up to a dozen, a hostile one hundreds."""

MAX_AFTER: Final = 20
"""Of those the ones that stand behind the value that is used."""

MAX_BODY_TAGS: Final = 2_000
"""Tags of the body among which one is looked for: as many as pages have of a kind."""

BODY_TAG_CHARS: Final = 4_000
"""How far behind its beginning a tag of the body, with its text, is looked at."""

TAG_CHARS: Final = 160
"""Of a tag that is shown: two lines of a terminal."""
