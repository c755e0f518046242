"""How much of a link a gallery shows."""

from __future__ import annotations

from typing import Final

MAX_SHOWN_CHARS: Final = 600
"""Of a value in the list of fields: some eight lines of 75 characters. How many there are in all is told."""

MAX_HEADING_CHARS: Final = 120
"""Of a heading: two lines on a wide screen, six on a phone."""

MAX_LISTED: Final = 50
"""Problems of a link: more than `extract` and `audit` make of any page that is no attack."""

MAX_MARKDOWN_CHARS: Final = 2 * MAX_SHOWN_CHARS
"""Of the markdown of a card: its texts have 650 at most, and the rest is an address."""

MAX_OPEN_ENTRIES: Final = 7
"""Links of a page whose details are open: what is read one by one. Of more the cards are looked over, and details opened."""

MAX_PICTURES_BYTES: Final = 18_000_000
"""Of all pictures of a page, which as base64 are 24 MB: mail takes attachments of 25 MB (Gmail Help, "Attachment size limit"). Some
180 photographs of 800 pixels; a picture that several links have counts once."""
