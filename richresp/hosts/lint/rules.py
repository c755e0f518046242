"""Every rule: how bad it is, where it stands and when that was read. `found` is the one way to a finding."""

from __future__ import annotations

from dataclasses import dataclass

from richresp.hosts.lint.model import Finding, Severity
from richresp.hosts.lint.profiles import Field, Profile
from richresp.limits.lint import MAX_MESSAGE_CHARS, MAX_QUOTED_CHARS
from richresp.text import one_line

_PLUGINS = ("https://platform.openai.com/docs/plugins/getting-started/plugin-manifest (copies of 2023)", "2026-11-23")
_DOMAINS = (
    "https://megalodon.jp/ref/2023-0922-1100-39/https://platform.openai.com:443/docs/plugins/production",
    "2026-11-23",
)
_ACTIONS = ("https://developers.openai.com/api/docs/actions/production.md", "2026-11-23")
_M365 = ("https://github.com/MicrosoftDocs/m365copilot-docs/blob/main/docs/plugin-manifest-2.4.md", "2026-11-23")
_CITATIONS = ("https://github.com/MicrosoftDocs/m365copilot-docs/blob/main/docs/plugin-citations.md", "2026-11-23")
_GUIDANCE = (
    "https://github.com/MicrosoftDocs/m365copilot-docs/blob/main/docs/openapi-document-guidance.md",
    "2026-11-23",
)
_FUNCTIONS = (
    "https://portkey.ai/error-library/input-validation-error-10046 (OpenAI's words for a refused name)",
    "2026-11-23",
)
_OPENAPI = ("https://spec.openapis.org/oas/v3.1.0", "2026-11-01")
_MCP = ("https://modelcontextprotocol.io/specification/2026-07-28/server/tools", "2026-11-01")
_PAGING = ("https://docs.mintmcp.com/blog/tips-custom-actions-chatgpt", "2026-11-01")
_OWN = ("", "")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        severity: of its findings, where no profile says otherwise.
        source: where it stands; empty for what is wrong by itself.
        read: when it was read there, ISO 8601.
    """

    severity: Severity
    source: str
    read: str


def _rules(severity: Severity, source: tuple[str, str], *codes: str) -> dict[str, Rule]:
    return {code: Rule(severity, *source) for code in codes}


RULES: dict[str, Rule] = {
    **_rules("error", _OWN, "unreadable", "too-large", "unknown-kind", "over-budget", "too-long", "field-type"),
    **_rules("note", _OWN, "profile-idle", "document-absent", "not-validated", "ref-elsewhere"),
    **_rules("error", _PLUGINS, "field-missing", "plugin-version", "name-for-model", "auth-type", "auth-field"),
    **_rules("error", _PLUGINS, "api-type", "email"),
    **_rules("warning", _PLUGINS, "authenticated-twice"),
    **_rules("error", _DOMAINS, "url-relative", "url-invalid", "url-plain-http", "domain"),
    **_rules("warning", _DOMAINS, "url-private"),
    **_rules("note", _DOMAINS, "url-local"),
    **_rules("warning", _ACTIONS, "port"),
    **_rules("error", _M365, "m365-field-missing", "field-unknown", "namespace", "function-name", "function-twice"),
    **_rules("error", _M365, "function-parameter", "data-path", "confirmation-type", "data-handling"),
    **_rules("error", _M365, "runtime-type", "runtime-auth", "runtime-spec", "runtime-function", "function-operation"),
    **_rules("note", _M365, "schema-version", "security-info", "confirmation-idle"),
    **_rules("note", _M365, "capability-unknown", "data-handling-empty"),
    **_rules("warning", _M365, "tools-absent"),
    **_rules("note", _CITATIONS, "response-semantics"),
    **_rules("warning", _CITATIONS, "citation-url"),
    **_rules("error", _OPENAPI, "openapi-version", "openapi-invalid", "ref-lost", "operation-id-twice"),
    **_rules("warning", _OPENAPI, "server-missing"),
    **_rules("warning", _GUIDANCE, "operation-id-missing", "operation-undescribed"),
    **_rules("note", _GUIDANCE, "info-undescribed", "parameter-undescribed"),
    **_rules("error", _ACTIONS, "consequential-type"),
    **_rules("warning", _ACTIONS, "consequential-unstated", "answer-no-json"),
    **_rules("warning", _FUNCTIONS, "operation-id"),
    **_rules("note", _PAGING, "answer-unpaged"),
    **_rules("error", _MCP, "tool-name", "tool-twice", "input-schema", "output-schema", "schema-ref-lost"),
    **_rules("warning", _MCP, "tool-undescribed", "no-tools", "required-unknown"),
    **_rules("note", _MCP, "property-undescribed", "tool-hints", "output-schema-absent"),
}


def found(code: str, place: str, message: str, *, profile: Profile | None = None, lower: bool = False) -> Finding:
    """A finding of a rule.

    Args:
        code: the rule, one of RULES.
        place: the JSON Pointer.
        message: what is wrong and what to do; what it quotes may be anything.
        profile: whose number was exceeded.
        lower: make a warning of what is an error elsewhere.
    """
    rule = RULES[code]
    severity: Severity = profile.severity if profile else "warning" if lower else rule.severity
    line = one_line(message[: 2 * MAX_MESSAGE_CHARS]) or ""
    if len(line) > MAX_MESSAGE_CHARS:
        line = f"{line[:MAX_MESSAGE_CHARS]}…"
    if profile is None:
        return Finding(severity, code, "", place, line, "", rule.source, rule.read)
    return Finding(severity, code, "", place, line, profile.name, profile.source, profile.read)


def too_long(text: object, field: Field, place: str, profiles: tuple[Profile, ...], *, of: str = "") -> list[Finding]:
    """What profiles say of the length of a text, `of` whatever it is; nothing of what is no text."""
    if not isinstance(text, str):
        return []
    return [
        found(
            "too-long",
            place,
            f"{of}{len(text):,} characters, and {profile.past} over {most:,}; shorten it",
            profile=profile,
        )
        for profile in profiles
        if (most := profile.most(field)) is not None and len(text) > most
    ]


def quoted(value: object) -> str:
    """A value as a message may show it."""
    text = value if isinstance(value, str) else type(value).__name__
    shown = "".join(char if char.isprintable() else "?" for char in text[:MAX_QUOTED_CHARS])
    return f"{shown!r}" if len(text) <= MAX_QUOTED_CHARS else f"{shown + '…'!r}"
