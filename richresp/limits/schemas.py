"""How far a JSON Schema is followed."""

from __future__ import annotations

from typing import Final

MAX_SCHEMAS: Final = 32
"""Schemas that are remembered as read: a program has some dozens of tools, and reading one takes a millisecond."""

MAX_NODES: Final = 10_000
"""Sets of rules that are remembered of one schema; OpenAPI documents of real services have up to some thousand schemas."""

MAX_DEPTH: Final = 24
"""Below so many levels that a schema has a say in nothing optional is shown: the validator recurses some ten frames for
each, of the thousand that Python has. Documents of real services are less than twenty deep."""

MAX_BRANCHES: Final = 64
"""Branches of a `oneOf` that are compared with each other; tagged unions of real services have up to some thirty."""

MAX_REFERENCES: Final = 16
"""References that are followed from a branch, one after the other; two are many."""

MAX_REASON_CHARS: Final = 200
"""What an error quotes of a schema: the whole of one may be as long as anything."""
