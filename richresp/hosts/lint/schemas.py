"""Whether the schemas of a tool are JSON Schema, in bounded time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from richresp.exceptions import MissingExtra, UsageError
from richresp.hosts.lint.references import count_values
from richresp.hosts.lint.validity import pairs
from richresp.limits.lint import MAX_VALIDATED_NODES, MAX_VALIDATED_PAIRS
from richresp.shaping.schemas import read_schema


@dataclass(slots=True)
class Schemas:
    """The schemas of one document.

    Attributes:
        left: how many more values are validated.
        is_complete: whether all were that it was asked for.
    """

    left: int = MAX_VALIDATED_NODES
    is_complete: bool = True

    def fault(self, schema: dict[str, Any]) -> str | None:
        """What is wrong with a schema; None for a valid one, and for one that is not looked at.

        Raises:
            MissingExtra: if jsonschema is not installed.
        """
        self.left -= count_values(schema)
        if self.left < 0 or pairs(schema) > MAX_VALIDATED_PAIRS:
            self.is_complete = False
            return None
        try:
            read_schema(schema)
        except UsageError as error:
            return str(error).removeprefix("schema: ")
        except MissingExtra as error:
            raise MissingExtra(extra="lint") from error
        except Exception as error:  # noqa: BLE001  # strangers wrote it, and jsonschema is no judge of that
            return f"it cannot be read ({type(error).__name__})"
        return None
