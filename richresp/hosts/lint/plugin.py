"""`ai-plugin.json` of ChatGPT plugins, 2023: fields, lengths, authentication, addresses, domains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from richresp.hosts.lint.addresses import check_address, is_within, root_domain, second_level, split
from richresp.hosts.lint.fields import check_fields, text
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.profiles import Field, Profile
from richresp.hosts.lint.rules import found, quoted, too_long

_REQUIRED: dict[str, type] = {
    "schema_version": str,
    "name_for_human": str,
    "name_for_model": str,
    "description_for_human": str,
    "description_for_model": str,
    "auth": dict,
    "api": dict,
    "logo_url": str,
    "contact_email": str,
    "legal_info_url": str,
}
_LIMITED: tuple[Field, ...] = (
    "name_for_human",
    "name_for_model",
    "description_for_human",
    "description_for_model",
)
_AUTH: dict[str, dict[str, type]] = {
    "none": {},
    "user_http": {"authorization_type": str},
    "service_http": {"authorization_type": str, "verification_tokens": dict},
    "oauth": {
        "client_url": str,
        "scope": str,
        "authorization_url": str,
        "authorization_content_type": str,
        "verification_tokens": dict,
    },
}
_AUTHENTICATED = ("is_user_authenticated", "has_user_authentication")
_NAME = re.compile(r"[A-Za-z0-9_]+")
_EMAIL = re.compile(r"[^@\s]+@([^@\s.]+(?:\.[^@\s.]+)+)")


def check_plugin(manifest: dict[str, Any], profiles: tuple[Profile, ...], url: str | None) -> Iterator[Finding]:
    """What is wrong with a manifest.

    Args:
        manifest: the document.
        profiles: whose lengths hold.
        url: where it was fetched, which is the domain that it speaks for; None where that is not known.
    """
    yield from check_fields(manifest, "", required=_REQUIRED)
    version = text(manifest, "schema_version")
    if version and version != "v1":
        yield found("plugin-version", "/schema_version", f"{quoted(version)} was never one; write v1")
    for limited in _LIMITED:
        yield from too_long(manifest.get(limited), limited, f"/{limited}", profiles)
    name_for_model = text(manifest, "name_for_model")
    if name_for_model and not _NAME.fullmatch(name_for_model):
        said = f"{quoted(name_for_model)} may hold letters, digits and _ only; rename it"
        yield found("name-for-model", "/name_for_model", said)
    auth, api = manifest.get("auth"), manifest.get("api")
    if isinstance(auth, dict):
        yield from _check_auth(auth)
    if isinstance(api, dict):
        yield from _check_api(api)
    for name in ("logo_url", "legal_info_url"):
        if address := text(manifest, name):
            yield from check_address(address, f"/{name}")
    yield from _check_domains(manifest, url)


def _check_auth(auth: dict[str, Any]) -> Iterator[Finding]:
    kind = auth.get("type")
    fields = _AUTH.get(kind) if isinstance(kind, str) else None
    if fields is None:
        said = f"auth.type is {quoted(kind) if 'type' in auth else 'missing'}; write one of {', '.join(_AUTH)}"
        yield found("auth-type", "/auth/type" if "type" in auth else "/auth", said)
        return
    yield from check_fields(auth, "/auth", required=fields, missing="auth-field")
    way = text(auth, "authorization_type")
    if "authorization_type" in fields and way and way not in ("bearer", "basic"):
        said = f"authorization_type is {quoted(way)}; write bearer or basic"
        yield found("auth-field", "/auth/authorization_type", said)
    for name in ("client_url", "authorization_url"):
        if name in fields and (address := text(auth, name)):
            yield from check_address(address, f"/auth/{name}")


def _check_api(api: dict[str, Any]) -> Iterator[Finding]:
    yield from check_fields(
        api, "/api", required={"type": str, "url": str}, optional=dict.fromkeys(_AUTHENTICATED, bool)
    )
    kind = text(api, "type")
    if kind and kind != "openapi":
        yield found("api-type", "/api/type", f"api.type is {quoted(kind)}; openapi is the only one there is")
    if address := text(api, "url"):
        yield from check_address(address, "/api/url")
    spelled = {api[name] for name in _AUTHENTICATED if isinstance(api.get(name), bool)}
    if len(spelled) == 2:
        said = f"{' and '.join(_AUTHENTICATED)} say the opposite, and hosts read one or the other; leave one out"
        yield found("authenticated-twice", "/api", said)


def _check_domains(manifest: dict[str, Any], url: str | None) -> Iterator[Finding]:
    api = manifest.get("api")
    api_url = text(api, "url") if isinstance(api, dict) else None
    root = root_domain(url)
    api_root = root_domain(api_url)
    if root and api_root and not is_within(api_root, root):
        said = f"the API document stands at {quoted(api_root)}, and the manifest at {quoted(root)}; it has to be there or below"
        yield found("domain", "/api/url", said)
    email = text(manifest, "contact_email")
    match = _EMAIL.fullmatch(email) if email else None
    if email and match is None:
        yield found("email", "/contact_email", f"{quoted(email)} is no e-mail address; write one that is read")
    owner = root or api_root
    if owner is None:
        return
    legal = split(text(manifest, "legal_info_url") or "")
    hosts = {"/contact_email": match[1] if match else None, "/legal_info_url": legal.hostname if legal else None}
    for place, host in hosts.items():
        if host and "." in host and second_level(host) != second_level(owner):
            said = f"{quoted(host)} is of another domain than the plugin, {quoted(owner)}; it has to be of the same"
            yield found("domain", place, said)
