"""How much of a manifest, an OpenAPI document or a tool list is looked at, and how much is told of it.

What hosts allow stands in `hosts.lint.profiles`: those are facts about them, these are bounds on our own work.
"""

from __future__ import annotations

from typing import Final

MAX_DOCUMENT_BYTES: Final = 4 << 20
"""Of a document as text. Documents written for a model have some kilobytes; those of whole platforms up to 12 MB, and no
host takes them."""

MAX_CHARS: Final = 2 << 20
"""In all strings of a document together, each counted as often as YAML aliases repeat it."""

MAX_NODES: Final = 200_000
"""Values of a document, counted the same way."""

MAX_DEPTH: Final = 64
"""Levels of a document. Those of real services have some twenty; the validators recurse ten frames for each."""

MAX_INT_BITS: Final = 4_096
"""Of a number: Python refuses to write longer ones as text."""

MAX_VALIDATED_NODES: Final = 8_000
"""Values of an OpenAPI document, or of all schemas of a tool list, that are validated; a document of a hundred operations has
some five thousand."""

MAX_VALIDATED_WORK: Final = 6_000
"""Work of validating an OpenAPI document: an object counts 1, and DEAR_OBJECT inside of what is dear. Measured: a third of a
millisecond each, so 2 s in all; a document of a hundred operations has some four thousand."""

DEAR_OBJECT: Final = 3
"""What an object counts inside of a schema, a parameter or a security scheme: their forms are tried one after the other."""

MAX_VALIDATED_PAIRS: Final = 1_000_000
"""Pairs of items that validators compare where a list of mixed items has to be unique."""

MAX_BRANCHES: Final = 3_000
"""Schemas of a document behind `allOf` and beside `default`, each counted once for every way that leads there, for
openapi-spec-validator walks them all, half a millisecond each: fourteen doublings take it 18 s."""

MAX_WAY: Final = 100
"""Steps of one such way: each is a frame on the stack."""

MAX_REFERENCES: Final = 16
"""References that are followed from one value, one after the other; two are many."""

MAX_REFERENCES_SEEN: Final = 100_000
"""Steps along references that are taken for a document, all told."""

MAX_EXPANDED_CHARS: Final = 2 << 20
"""Characters of what references of a document lead to, written out where they stand, to be counted."""

MAX_EXPANDED_NODES: Final = 100_000
"""Values of the same."""

MAX_FINDINGS: Final = 20
"""Findings of one rule in one document; the rest is told as a number."""

MAX_INVALID: Final = 20
"""Faults of an OpenAPI document that its validator is asked for."""

MAX_MESSAGE_CHARS: Final = 400
"""Of a finding's message: it may quote a document, which may hold anything."""

MAX_QUOTED_CHARS: Final = 60
"""Of a name or a value that a message quotes."""

MAX_PLACE_CHARS: Final = 160
"""Of a place as it is shown; the report has all of it."""

MAX_BILL_LINES: Final = 40
"""Endpoints or tools that the bill is shown for; the sums are of all."""

MAX_NAMED: Final = 16
"""Documents that a manifest names and that are read; there is one, in most."""

MAX_WILDCARDS: Final = 16
"""Names with a wildcard in one runtime of a Microsoft 365 plugin; one is usual."""

MAX_STARS: Final = 4
"""Wildcards in one such name: each is tried at every place of every name."""
