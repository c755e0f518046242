"""When a list is shown as a table, and how deep lists are nested."""

from __future__ import annotations

from typing import Final

SAMPLE_ITEMS: Final = 24
"""How many items of a list tell whether it is a table; fields that are rare among these are rare."""

SAMPLE_TOKENS: Final = 4_000
"""What these may cost, in estimated tokens: looking at larger records costs more than the table saves."""

LEAST_RECORDS: Final = 3
"""Fewer records are no table: the header costs what it saves."""

SHARED_CELLS: Final = 0.8
"""The share of cells that stand in columns of scalars which most records have; the rest of a table is blank or JSON."""

SHARED_ROWS: Final = 0.5
"""The share of records that a column is one of the shared ones from."""

LEAST_SAVING: Final = 0.1
"""What a table must save to be chosen for JSON: no published trial shows that models read one better than the other."""

NESTED_LEVELS: Final = 6
"""Lists are nested no deeper; parsers drop what stands in twenty blocks, and readers lose count before."""


DOCUMENT_SAMPLE: Final = 4_096
"""Characters of a string that tell whether it is markdown."""

MAX_NEIGHBOURS: Final = 16
"""Fields beside a table that are looked at; a payload with more is no wrapper of a list."""

MAX_TABLES: Final = 16
"""Lists right under a payload that are looked at; what has more is a map of lists, and its further ones are no tables."""
