"""What a lint finds and counts: frozen values, and no rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
Kind = Literal["chatgpt-plugin", "m365-plugin", "openapi", "mcp-tools", "unknown"]
AnswerFrom = Literal["example", "schema", "unknown"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, or to know.

    Attributes:
        severity: "error" where a host refuses the document or misreads it, "warning" where it does less than its author
            wants, "note" for what its author should know.
        code: the rule, as "url-relative".
        document: the name of the document; empty for the one that was linted.
        place: the JSON Pointer (RFC 6901) of the value, with all that the document's keys hold; empty for all of it.
        message: what is wrong and what to do, in one clean line.
        profile: the profile whose number was exceeded; empty for a rule without one.
        source: where the rule stands; empty for what is wrong by itself.
        read: the day on which it was read there, ISO 8601.
    """

    severity: Severity
    code: str
    document: str
    place: str
    message: str
    profile: str = ""
    source: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """What one endpoint or tool costs; or the manifest itself, which is in no call.

    Attributes:
        name: its operationId or name, else method and path.
        document: the name of the document that declares it.
        place: the JSON Pointer of it there.
        conversation: tokens of its declaration, which stands in every conversation.
        request: how many of these are its parameters: their names, schemas and descriptions.
        answer: tokens of an answer as far as the document tells: those of its largest example, else of the schema of an
            answer, else None.
        answer_from: which of these.
    """

    name: str
    document: str
    place: str
    conversation: int
    request: int
    answer: int | None
    answer_from: AnswerFrom


@dataclass(frozen=True, slots=True)
class Bill:
    """What a document costs the conversations that it is enabled in.

    Attributes:
        charges: the dearest first.
        conversation: tokens of all declarations: what stands in every conversation before anybody has said a word.
        counted: what was counted, in a sentence.
        counter: the name of what counted the tokens.
        exact: whether its counts are exact.
    """

    charges: tuple[Charge, ...]
    conversation: int
    counted: str
    counter: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a lint found.

    Attributes:
        kind: what the document is.
        findings: errors first, then by document, place and code.
        bill: its cost in tokens.
        profiles: the names of the profiles that were held against it.
    """

    kind: Kind
    findings: tuple[Finding, ...]
    bill: Bill
    profiles: tuple[str, ...]

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not self.count("error")
