"""Trimming a payload to a token budget.

    payload -> plain (JSON-native, lazily) -> rank (pieces in order of worth) -> fit (the longest run of them that fits)
            -> sheet (where they stand in the document) -> Shaped

The order of the pieces does not depend on the budget, so a bigger budget shows all that a smaller one shows.
"""

from richresp.shaping.model import Omission, Shaped
from richresp.shaping.shape import shape

__all__ = ["Omission", "Shaped", "shape"]
