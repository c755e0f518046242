"""The packed vocabulary is OpenAI's, byte for byte."""

import base64
import hashlib

from richresp.tokens.vocabulary import SIZE, ranks

PUBLISHED = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
"""sha256 of o200k_base.tiktoken, as tiktoken_ext/openai_public.py has it."""


def test_the_packed_ranks_make_up_the_published_file():
    lines = (b"%s %d\n" % (base64.b64encode(token), rank) for token, rank in ranks().items())
    assert hashlib.sha256(b"".join(lines)).hexdigest() == PUBLISHED


def test_ranks_run_from_nought_without_a_gap():
    assert list(ranks().values()) == list(range(SIZE))
