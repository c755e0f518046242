"""Who asks, as far as the host says: where, in which language, in which conversation. One parser for every host's spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from richresp.hosts.caller_sent import Sent, sent_headers, sent_object
from richresp.hosts.caller_values import (
    SUBDIVISION,
    as_coordinate,
    as_country,
    as_id,
    as_languages,
    as_locale,
    as_name,
    as_subdivision,
    as_zone,
    subdivision_in,
)


class _Source(NamedTuple):
    """Where a field may stand, what reads it there, and what is said where that refuses it."""

    field: str
    name: str
    read: Callable[[Any], Any]
    complaint: str


_CODE = "no code of a country or of its subdivision (ISO 3166-2)"
_TAG = "no language tag (BCP 47)"
_ZONE = "no time zone of the tz database"
_CONVERSATION, _USER = "no name of a conversation", "no name of a user"

# Of the sources of a field the first that has it wins.
_HEADERS = (
    _Source("subdivision", SUBDIVISION, as_subdivision, _CODE),
    _Source("subdivision", "x-microsoft-ai-userlocation", as_subdivision, _CODE),
    _Source("locale", "x-microsoft-ai-userlocale", as_locale, _TAG),
    _Source("locale", "accept-language", as_languages, "no language (RFC 9110, 12.5.4)"),
    _Source("timezone", "x-microsoft-ai-usertimezone", as_zone, _ZONE),
    _Source("conversation", "openai-conversation-id", as_id, _CONVERSATION),
    _Source("conversation", "x-microsoft-ai-conversationid", as_id, _CONVERSATION),
    _Source("user", "openai-ephemeral-user-id", as_id, _USER),
)
_META = (
    _Source("locale", "openai/locale", as_locale, _TAG),
    _Source("locale", "webplus/i18n", as_locale, _TAG),
    _Source("conversation", "openai/session", as_id, _CONVERSATION),
    _Source("user", "openai/subject", as_id, _USER),
)
_LOCATION = "openai/userLocation"
_PLACE = (
    _Source("country", "country", as_country, "no code of a country (ISO 3166-1)"),
    _Source("region", "region", as_name, "no name of a region"),
    _Source("city", "city", as_name, "no name of a city"),
    _Source("timezone", "timezone", as_zone, _ZONE),
    _Source("latitude", "latitude", as_coordinate(90), "no latitude in degrees"),
    _Source("longitude", "longitude", as_coordinate(180), "no longitude in degrees"),
)
_HOSTS = {"openai": ("openai-", "x-openai-"), "microsoft": ("x-microsoft-ai-",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Hints of a host about who asks.

    Whoever calls can write these headers and this `_meta`: they help to choose a language, a unit or a shop nearby, and are
    never proof of who or where somebody is. Do not authorise by them.

        caller = Caller.from_headers(request.headers)
        with Previewer(accept_language=caller.locale, cache=cache) as previewer:
            found = attach(search(query, near=caller.subdivision), previewer)

    Attributes:
        host: "openai" or "microsoft", by what only that host sends; None where nothing tells, or both do.
        country: ISO 3166-1 alpha-2, as "US".
        subdivision: ISO 3166-2, as "US-CA". Its form is checked, not whether there is one of that code.
        region: its name or code as it was sent, as "California".
        city: its name, in the language of the host.
        latitude: in degrees, north above zero.
        longitude: in degrees, east above zero.
        timezone: a name of the tz database, as "America/Los_Angeles".
        locale: a language tag (BCP 47) in its usual case, as "en-US", which `Previewer(accept_language=)` takes.
        conversation: the host's name for this conversation.
        user: the host's name for this user; that of plugins changes every day.
        problems: what was sent and could not be used, by its name and never with its value.
    """

    host: str | None = None
    country: str | None = None
    subdivision: str | None = None
    region: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    timezone: str | None = None
    locale: str | None = None
    conversation: str | None = None
    user: str | None = None
    problems: tuple[str, ...] = field(default=())

    @classmethod
    def from_headers(cls, headers: Any) -> Self:
        """What the headers of a plugin, an Action or a Copilot call say. Nothing that is sent makes it raise.

        Args:
            headers: a mapping or a list of pairs, as each framework has them, of str or bytes; names in any case; also a
                WSGI environ. The value of `openai-subdivision-1-iso-code` may be a code, or the JSON object that the
                documentation of plugins shows.
        """
        problems: list[str] = []
        sent = sent_headers(headers, problems)
        found = _found(_HEADERS, sent, problems)
        code = found.pop("subdivision", None)
        hosts = [host for host, prefixes in _HOSTS.items() if sent.has_any(prefixes)]
        if len(hosts) > 1:
            problems.append(f"headers: of more than one host ({', '.join(hosts)})")
        return cls(
            host=hosts[0] if len(hosts) == 1 else None,
            country=code[:2] if code else None,
            subdivision=code if code and len(code) > 2 else None,
            **found,
            problems=tuple(problems),
        )

    @classmethod
    def from_meta(cls, meta: Any) -> Self:
        """What `_meta` of an MCP request says. Nothing that is sent makes it raise.

        Args:
            meta: the mapping, a model of it, or None.
        """
        problems: list[str] = []
        sent = sent_object(meta, "_meta", problems)
        found = _found(_META, sent, problems)
        for location in sent.of(_LOCATION):
            found |= _found(_PLACE, sent_object(location, _LOCATION, problems), problems, within=f"{_LOCATION}: ")
        return cls(
            host="openai" if sent.has_any(("openai/",)) else None,
            subdivision=subdivision_in(found.get("country"), found.get("region")),
            **found,
            problems=tuple(problems),
        )


def _found(sources: tuple[_Source, ...], sent: Sent, problems: list[str], within: str = "") -> dict[str, Any]:
    """The fields that were sent; what is wrong with the others is added to the problems."""
    found: dict[str, Any] = {}
    for name, value in _told(sources, sent, problems, within):
        found.setdefault(name, value)
    return found


def _told(sources: tuple[_Source, ...], sent: Sent, problems: list[str], within: str) -> Iterator[tuple[str, Any]]:
    for source in sources:
        values = {source.read(value) for value in sent.of(source.name)}
        if len(values) > 1:
            problems.append(f"{within}{source.name}: more than one value")
        elif values == {None}:
            problems.append(f"{within}{source.name}: {source.complaint}")
        elif values:
            yield source.field, values.pop()
