"""Links as cards, on one page to look at: each large and small, in light and dark, and as the line that a chat makes of it.

    Entry (a link, its preview or its error, its picture, what is wrong) -> problems -> cards, facts -> page -> one HTML text

Nothing here fetches or reads anything. The page has no script, its styles and pictures are in it, its policy lets nothing
load, and whatever a link says stays text.
"""

from richresp.gallery.model import Entry, Picture
from richresp.gallery.page import gallery

__all__ = ["Entry", "Picture", "gallery"]
