"""Without the extra `lint`: what needs it says so, and what does not works."""

import subprocess
import sys

import pytest

LINT = """
import sys
for name in {absent!r}:
    sys.modules[name] = None
from richresp.exceptions import MissingExtra
from richresp.hosts.lint import lint
try:
    print(lint({document!r}).kind)
except MissingExtra as error:
    print(error)
"""
MISSING = "this needs the extra 'lint': pip install 'richresp[lint]'"


@pytest.mark.parametrize(
    ("absent", "document", "said"),
    [
        (["yaml"], b"openapi: 3.1.0", MISSING),
        (["yaml"], b'{"name_for_model": "x"}', "chatgpt-plugin"),
        (["openapi_spec_validator"], b'{"openapi": "3.1.0"}', MISSING),
        (["jsonschema_path"], b'{"openapi": "3.1.0"}', MISSING),
        (["jsonschema"], b'[{"name": "x", "inputSchema": {}}]', MISSING),
        (["yaml", "openapi_spec_validator", "jsonschema"], b'{"schema_version": "v2.4"}', "m365-plugin"),
    ],
)
def test_what_needs_the_extra_says_so(absent, document, said):
    code = LINT.format(absent=absent, document=document)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == said
