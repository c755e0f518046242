"""Trimming a payload to a token budget.

    payload -> reader (JSON-native, lazily) -> rank (pieces in order of worth) -> fit (how many of them fit, exactly)
            -> sheet (where they stand in the document) -> Shaped

The order of the pieces does not depend on the budget, so a bigger budget shows all that a smaller one shows.
"""

from richresp.shaping.explain import explain
from richresp.shaping.model import Omission, Shaped
from richresp.shaping.shape import shape
from richresp.shaping.shape_parts import shape_parts
from richresp.shaping.shaped_parts import ShapedParts
from richresp.shaping.tokentree import TokenTree

__all__ = ["Omission", "Shaped", "ShapedParts", "TokenTree", "explain", "shape", "shape_parts"]
