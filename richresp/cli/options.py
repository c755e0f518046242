"""Options that several commands share: one name, one default, one meaning."""

from __future__ import annotations

import click

from richresp.tokens import O200k
from richresp.tokens.families import FACTORS

counter_option = click.option(
    "--counter",
    type=click.Choice((O200k.name, *FACTORS)),
    default=O200k.name,
    show_default=True,
    help="Whose tokens: o200k_base is exact, a family of models is an estimate.",
)
