"""JSON Schema, as far as it decides what may be left out of a value, and the last word on a result.

    schema -> validator (read once, no network) -> node (what must show of a value, lazily) -> guided (followed down)

What is left out is chosen so that a payload which fits its schema fits it still: see `keywords`.
"""

from richresp.shaping.schemas.guided import Guided, is_deep, is_whole, node_of
from richresp.shaping.schemas.node import Node
from richresp.shaping.schemas.validator import Schema, read_schema

__all__ = ["Guided", "Node", "Schema", "is_deep", "is_whole", "node_of", "read_schema"]
