"""`lint`: reads, tells the kind, asks the rules of that kind, and adds up. Pure: what a manifest names is handed in."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from richresp.exceptions import UsageError
from richresp.hosts.lint.bill import added_up, function_charges, manifest_charge, operation_charges, tool_charges
from richresp.hosts.lint.fields import objects, text
from richresp.hosts.lint.m365 import check_m365
from richresp.hosts.lint.model import SEVERITIES, Charge, Finding, Kind, Report
from richresp.hosts.lint.openapi import check_openapi
from richresp.hosts.lint.operations import operations
from richresp.hosts.lint.plugin import check_plugin
from richresp.hosts.lint.profiles import Profile, chosen
from richresp.hosts.lint.reading import read
from richresp.hosts.lint.references import References
from richresp.hosts.lint.rules import found, quoted
from richresp.hosts.lint.runtimes import check_runtimes
from richresp.hosts.lint.sources import Named, kind_of, names_in
from richresp.hosts.lint.tools import check_tools, named_tools, tool_list
from richresp.hosts.lint.validity import check_validity
from richresp.limits.lint import MAX_FINDINGS, MAX_NAMED
from richresp.shaping.budget import counting
from richresp.typing import CountTokens

_M365 = ("m365-copilot", "mcp")
_KINDS: dict[str, str] = {"openapi": "an OpenAPI document", "mcp-tools": "a list of MCP tools"}


def lint(
    document: Any,
    *,
    beside: Mapping[str, Any] | None = None,
    url: str | None = None,
    profile: str | None = None,
    counter: CountTokens | None = None,
    budget: int | None = None,
) -> Report:
    """What is wrong with a document that is written for a host of models, and what it costs in tokens.

    It tells by the content what the document is: an `ai-plugin.json` of 2023, a plugin manifest of Microsoft 365 Copilot, an
    OpenAPI document, or a list of MCP tools. Nothing is fetched: give what a manifest names as `beside`.

        manifest = Path("ai-plugin.json").read_bytes()
        beside = {url: Path("openapi.yaml").read_bytes() for url in named_in(manifest)}
        report = lint(manifest, beside=beside, budget=2_000)
        for finding in report.findings:
            print(finding.severity, finding.place, finding.message)
        print(report.bill.conversation, "tokens in each conversation")

    Args:
        document: bytes or text in JSON or YAML, or the parsed value.
        beside: documents that a manifest names, in the same forms, by their URL or path as it stands in the manifest.
        url: where the manifest was fetched; without it the domain of its API is taken for its own.
        profile: one of PROFILES, whose lengths hold; by default all that speak of documents of this kind.
        counter: what counts tokens: of `tokens.counter(...)`, or any callable from text to int. By default o200k_base.
        budget: the most tokens that may stand in every conversation; more is an error.

    Returns:
        A report, for whatever was given: what is no such document is an error in it.

    Raises:
        UsageError: for an unknown profile, a counter that is none, or a budget below 1.
        InvalidPayload: for a parsed value that has no JSON form.
        MissingExtra: where a document needs the extra `lint` and it is not installed.
    """
    count, profiles = counting(counter), chosen(profile)
    _check_budget(budget)
    work = _Work(count, profiles, dict(beside or {}), url)
    source = read(document)
    kind: Kind = "unknown"
    if source.problem is not None:
        work.add((source.problem,), "")
    else:
        kind = kind_of(source.value)
        work.check(kind, source.value, source.nodes)
    bill = added_up(work.charges, count if counter is None else counter)
    if budget is not None and bill.conversation > budget:
        said = f"{bill.conversation:,} tokens in every conversation, over the {budget:,} that were allowed; shorten the dearest"
        work.add((found("over-budget", "", said),), "")
    return Report(kind, work.told(), bill, tuple(sorted(work.held)))


def _check_budget(budget: object) -> None:
    if budget is not None and (isinstance(budget, bool) or not isinstance(budget, int) or budget < 1):
        raise UsageError(f"budget={budget!r}: give a whole number of tokens, at least 1")


@dataclass(slots=True)
class _Work:
    """What was found so far."""

    count: CountTokens
    profiles: tuple[Profile, ...]
    beside: dict[str, Any]
    url: str | None
    findings: list[Finding] = field(default_factory=list)
    tally: Tally[tuple[str, str, str]] = field(default_factory=Tally)
    charges: list[Charge] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    opened: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding], document: str) -> None:
        for finding in findings:
            of = (document, finding.code, finding.profile)
            self.tally[of] += 1
            if self.tally[of] <= MAX_FINDINGS:
                self.findings.append(replace(finding, document=document))

    def check(self, kind: Kind, value: Any, nodes: int) -> None:
        if kind == "unknown":
            said = "neither a plugin manifest, nor an OpenAPI document, nor a list of MCP tools; name one of these"
            self.add((found("unknown-kind", "", said),), "")
        elif kind == "openapi":
            self._openapi(value, "", nodes)
        elif kind == "mcp-tools":
            tools, place = tool_list(value) or ([], "")
            self._tools(tools, place, "")
        elif kind == "chatgpt-plugin":
            self.add(check_plugin(value, self._held(kind), self.url), "")
            self.charges.append(manifest_charge(value, self.count))
            for named in names_in(value):
                self._named(named)
        else:
            self._m365(value)
        if kind != "unknown" and not self.held:
            names = ", ".join(profile.name for profile in self.profiles)
            said = f"the profile {names} says nothing of such a document; leave it out, or lint what it is for"
            self.add((found("profile-idle", "", said),), "")

    def told(self) -> tuple[Finding, ...]:
        """All findings in order; of a rule that found many, the first and how many more."""
        many = {of: count - MAX_FINDINGS for of, count in self.tally.items() if count > MAX_FINDINGS}
        for (document, code, profile), count in many.items():
            like = next(
                one for one in self.findings if (one.document, one.code, one.profile) == (document, code, profile)
            )
            self.findings.append(replace(like, place="", message=f"and {count:,} more places like these"))
        return tuple(sorted(self.findings, key=_order))

    def _held(self, kind: Kind) -> tuple[Profile, ...]:
        held = tuple(profile for profile in self.profiles if kind in profile.kinds)
        self.held.update(profile.name for profile in held)
        return held

    def _openapi(self, value: Any, name: str, nodes: int) -> dict[str, str]:
        references = References(value)
        self.add(check_openapi(references, self._held("openapi")), name)
        self.add(check_validity(references, nodes), name)
        self.charges.extend(operation_charges(references, name, self.count))
        return {operation.name: operation.method for operation in operations(references)}

    def _tools(self, tools: Any, place: str, name: str) -> dict[str, str]:
        self.add(check_tools(tools, place, self._held("mcp-tools")), name)
        self.charges.extend(tool_charges(tools, place, name, self.count))
        return {tool: "" for tool, _, _ in named_tools(tools, place)}

    def _m365(self, value: dict[str, Any]) -> None:
        # what it names is read by the same host, and by no other
        self.profiles = tuple(one for one in self.profiles if one.name in _M365) or self.profiles
        self.add(check_m365(value, self._held("m365-plugin")), "")
        self.charges.append(manifest_charge(value, self.count))
        methods: dict[str, dict[str, str]] = {}
        for named in names_in(value):
            known = self._named(named)
            if known is not None:
                methods[named.runtime] = known
        self.add(check_runtimes(value, methods), "")
        functions = [*objects(value.get("functions"), "/functions")]
        if functions:  # what no function of the manifest stands for is not offered to the model
            names = {text(function, "name") for _, function in functions}
            self.charges = [charge for charge in self.charges if not charge.place or charge.name in names]
        declared = {charge.name for charge in self.charges}
        rest = [(at, function) for at, function in functions if text(function, "name") not in declared]
        self.charges.extend(function_charges(rest, self.count))

    def _named(self, named: Named) -> dict[str, str] | None:
        """Checks a document that a manifest names; its functions and their methods, or None where it is not at hand."""
        name = named.reference or named.place
        if name not in self.opened:
            self.opened[name] = self._opened(named, name)
        return self.opened[name]

    def _opened(self, named: Named, name: str) -> dict[str, str] | None:
        given = named.document if named.document is not None else self.beside.get(named.reference)
        if given is None or len(self.opened) >= MAX_NAMED:
            said = f"{quoted(named.reference)} is not at hand: {_KINDS[named.kind]} was neither checked nor counted"
            self.add((found("document-absent", named.place, said),), "")
            return None
        source = read(given)
        if source.problem is not None:
            self.add((source.problem,), name)
            return None
        if named.kind == "openapi" and kind_of(source.value) == "openapi":
            return self._openapi(source.value, name, source.nodes)
        tools = tool_list(source.value)
        if named.kind == "mcp-tools" and tools is not None:
            return self._tools(*tools, name)
        self.add((found("unknown-kind", "", f"this is not {_KINDS[named.kind]}, and the manifest says it is"),), name)
        return None


def _order(finding: Finding) -> tuple[Any, ...]:
    return (
        SEVERITIES.index(finding.severity),
        finding.document,
        _natural(finding.place),
        finding.code,
        finding.profile,
        finding.message,
    )


def _natural(place: str) -> tuple[tuple[int, int, str], ...]:
    """A pointer as it is read: the tenth item after the ninth."""
    return tuple(
        (0, int(part), "") if part.isdecimal() and len(part) < 10 else (1, 0, part) for part in place.split("/")
    )
