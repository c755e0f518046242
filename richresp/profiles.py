"""What hosts do to the answers of a handler: dated facts, for `shape(..., profile=)`.

A host changes its caps without notice; a profile says when its numbers were read, and where. Where a host publishes
nothing, there is no profile.
"""

from __future__ import annotations

from dataclasses import dataclass

from richresp.exceptions import UsageError


@dataclass(frozen=True, slots=True)
class Profile:
    """The caps of one host on one answer; None where it has none of that kind.

    Attributes:
        name: what to pass as `profile=`.
        tokens: in tokens.
        chars: in characters.
        bytes: in bytes of UTF-8.
        past: what the host does with an answer that is over.
        read: the day on which this was read, ISO 8601.
        source: where.
    """

    name: str
    past: str
    read: str
    source: str
    tokens: int | None = None
    chars: int | None = None
    bytes: int | None = None


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            name="gpt-actions",
            chars=99_999,
            past="fails with ResponseTooLargeError",
            read="2026-11-01",
            source="https://developers.openai.com/api/docs/actions/production.md (under 100,000 characters)",
        ),
        Profile(
            name="claude-code",
            tokens=25_000,
            chars=50_000,
            past="hands the model a file path instead, or an error",
            read="2026-11-01",
            source="https://github.com/anthropics/claude-code/issues/42869 (MAX_MCP_OUTPUT_TOKENS 25,000 by default; "
            "50,000 characters unless the tool declares anthropic/maxResultSizeChars)",
        ),
        Profile(
            name="codex",
            bytes=10_240,
            past="cuts out the middle",
            read="2026-11-01",
            source="https://github.com/openai/codex/issues/6544 (10 KiB; newer versions decide by model)",
        ),
        Profile(
            name="copilot-cli",
            bytes=10_240,
            past="cuts out the middle without a word",
            read="2026-11-01",
            source="https://github.com/github/copilot-cli/issues/1732 (10 KB)",
        ),
        Profile(
            name="opencode",
            bytes=51_200,
            past="writes a file and names it",
            read="2026-11-01",
            source="https://github.com/anomalyco/opencode/pull/23770 (50 KB; its cap of 2,000 lines never meets JSON)",
        ),
        Profile(
            name="agentforce",
            chars=65_000,
            past="cuts off the end",
            read="2026-11-01",
            source="https://trailhead.salesforce.com/content/learn/modules/agent-behavior-troubleshooting-in-agentforce "
            "(about 65,000 characters)",
        ),
    )
}


def profile(name: str) -> Profile:
    """The profile of a host.

    Raises:
        UsageError: for a name that is not in PROFILES.
    """
    try:
        return PROFILES[name]
    except (KeyError, TypeError):
        known = ", ".join(PROFILES)
        raise UsageError(f"profile={name!r}: take one of {known}, or give the caps as budget=") from None
