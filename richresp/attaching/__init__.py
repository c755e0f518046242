"""The links of a payload, previewed in one batch, each with its card beside it.

    payload -> reading (a copy as JSON has it) -> seek (links, by the usual names or by paths) -> plan (what to ask for)
            -> previewer.previews(urls) -> plan (cards put in, the rest told) -> Attached

Everything but the one call of the previewer is the same for `attach` and `aattach`, and touches nothing but the copy.
"""

from richresp.attaching.drivers import AsyncPreviews, Previews, aattach, attach
from richresp.attaching.model import Attached

__all__ = ["AsyncPreviews", "Attached", "Previews", "aattach", "attach"]
