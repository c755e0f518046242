"""`shape` in JSON, which most promises are told of; the same for the other formats is in test_formats.py."""

from functools import partial

import richresp

shape = partial(richresp.shape, format="json")
shape_parts = partial(richresp.shape_parts, format="json")
