"""HTML to markdown under fire: no bytes raise. How to run it stands in targets.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import atheris

with atheris.instrument_imports(include=["richresp"]):
    from tests.fuzz.targets import check_from_html

atheris.Setup(sys.argv, check_from_html)
atheris.Fuzz()
