"""How long hosts let names and descriptions be: dated facts, for `lint(..., profile=)`.

A host changes its numbers without notice; a profile says when they were read, and where. What is longer is refused, or cut,
or not read to its end: `past` says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from richresp.exceptions import UsageError
from richresp.hosts.lint.model import Kind, Severity

Field = Literal[
    "name_for_human",
    "name_for_model",
    "description_for_human",
    "description_for_model",
    "any_text",
    "operation",
    "parameter",
    "tool",
    "tool_name",
]


@dataclass(frozen=True, slots=True)
class Profile:
    """The lengths that one host allows.

    Attributes:
        name: what to pass as `profile=`.
        kinds: the documents that it speaks of.
        past: what the host does with what is longer.
        severity: how bad that is.
        read: the day on which this was read, ISO 8601.
        source: where.
        chars: the most characters of each text that it limits.
    """

    name: str
    kinds: tuple[Kind, ...]
    past: str
    severity: Severity
    read: str
    source: str
    chars: tuple[tuple[Field, int], ...]

    def most(self, field: Field) -> int | None:
        """The most characters that a text may have; None where the host limits none of that sort."""
        return dict(self.chars).get(field)


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            name="chatgpt-plugins",
            kinds=("chatgpt-plugin", "openapi"),
            past="ChatGPT refused the plugin",
            severity="error",
            read="2026-11-01",
            source="https://github.com/simonw/datasette-chatgpt-plugin/issues/2 (OpenAI's plugin documentation of 2023)",
            chars=(
                ("name_for_human", 50),
                ("name_for_model", 50),
                ("description_for_human", 120),
                ("description_for_model", 8_000),
                ("operation", 200),
                ("parameter", 200),
            ),
        ),
        Profile(
            name="gpt-actions",
            kinds=("openapi",),
            past="ChatGPT refuses the action",
            severity="error",
            read="2026-11-23",
            source="https://developers.openai.com/api/docs/actions/production.md",
            chars=(("operation", 300), ("parameter", 700)),
        ),
        Profile(
            name="m365-copilot",
            kinds=("m365-plugin", "mcp-tools"),
            past="Microsoft 365 Copilot may ignore the rest",
            severity="warning",
            read="2026-11-23",
            source="https://github.com/MicrosoftDocs/m365copilot-docs (docs/plugin-manifest-2.4.md; tool descriptions as of "
            "90efae8, read 2026-11-01)",
            chars=(
                ("name_for_human", 20),
                ("description_for_human", 100),
                ("description_for_model", 2_048),
                ("any_text", 4_096),
                ("tool", 1_024),
            ),
        ),
        Profile(
            name="claude-code",
            kinds=("mcp-tools",),
            past="Claude Code cuts it off",
            severity="warning",
            read="2026-11-01",
            source="https://github.com/anthropics/claude-code/issues/87650 (2,048 characters; newer versions are reported to "
            "take more)",
            chars=(("tool", 2_048),),
        ),
        Profile(
            name="mcp",
            kinds=("mcp-tools",),
            past="clients may refuse the tool",
            severity="error",
            read="2026-11-01",
            source="https://modelcontextprotocol.io/specification/2026-07-28/server/tools (tool names)",
            chars=(("tool_name", 128),),
        ),
    )
}


def chosen(name: str | None) -> tuple[Profile, ...]:
    """The profile of that name; all for None.

    Raises:
        UsageError: for a name that is not in PROFILES.
    """
    if name is None:
        return tuple(PROFILES.values())
    try:
        return (PROFILES[name],)
    except (KeyError, TypeError):
        raise UsageError(f"profile={name!r}: take one of {', '.join(PROFILES)}, or none for all of them") from None
