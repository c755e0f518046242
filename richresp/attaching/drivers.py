"""`attach` and `aattach`: two drivers of one plan, which differ in how they wait for the previews."""

from __future__ import annotations

from collections.abc import Awaitable, Coroutine, Iterable, Sequence
from inspect import isawaitable
from typing import Any, Protocol

from richresp.attaching.model import Attached
from richresp.attaching.plan import Plan, planned
from richresp.exceptions import PreviewError, UsageError
from richresp.limits.attaching import MAX_LINKS
from richresp.links import Preview


class Previews(Protocol):
    """What `attach` asks, as `Previewer` is: previews many links in one batch, with errors as values, in order."""

    def previews(self, urls: list[str], /, *, timeout: float | None = None) -> Sequence[Preview | PreviewError]: ...


class AsyncPreviews(Protocol):
    """The same to be awaited, as `AsyncPreviewer` is."""

    def previews(
        self, urls: list[str], /, *, timeout: float | None = None
    ) -> Awaitable[Sequence[Preview | PreviewError]]: ...


def attach(
    payload: Any,
    previewer: Previews,
    *,
    at: Iterable[str] | None = None,
    key: str = "preview",
    timeout: float | None = None,
    max_links: int = MAX_LINKS,
) -> Attached:
    """Puts the preview cards of its links into a copy of a payload, fetched as one batch.

    A card has the five fields of `Preview.card()`, and stands in the object of its link, as the last key: the object's own
    fields come first. Pass `drop_order=["$..preview"]` to `shape` to let cards go before anything else.

    Args:
        payload: whatever `shape` takes, made plain in the same way. It is not changed, but read whole: iterators are
            used up.
        previewer: a `Previewer`, or what has such a method `previews`. It is not asked where there is no link.
        at: JSONPaths (RFC 9535: names, indexes, wildcards, descendants) of the links, and of nothing else. Of several
            links of one object that which the first path names gets its card there, the others aside. By default the
            links to pages: in each object the best of the usual keys (html_url, permalink, url, link, href, source_url,
            homepage ...) whose value is one absolute http or https URL, and URLs that are items of lists; but nothing
            below images, avatars, schemas and the like, and no address of an API or of a file.
        key: the name under which cards are put.
        timeout: seconds for all previews together; by default as long as the previewer gives one (its `timeout`).
        max_links: the most addresses that are asked for, in document order. Each is asked for once, however often it
            stands there and however it is spelled.

    Returns:
        The copy as `.data`, which is what `shape` reads; `.cards`, of links that stand in lists; and `.errors`. A link
        that could not be previewed, that leads to a wall (consent, challenge, login) or to a page that says nothing, or
        that is beyond `max_links` stays as it is, and `.errors` has the reason. So it does for a path that names
        something that is no link; one that names nothing, null or an empty text is no error.

    Raises:
        InvalidPath: for a path that is none, or uses more of JSONPath than is read.
        InvalidPayload: for bytes, cycles, keys that collide as text, types that have no JSON form, and more than two
            million values, as endless iterators have.
        UsageError: for an argument that cannot be right, and where an object that is to get a card has the key already.

    All of these are raised before anything is fetched. What an iterator, a model or the previewer raises passes through.
    """
    plan = _plan(payload, at, key, timeout, max_links)
    answers = _ask(previewer, plan, timeout)
    if isawaitable(answers):
        if isinstance(answers, Coroutine):
            answers.close()
        raise UsageError(f"a {type(previewer).__name__} is to be awaited: await aattach(...), or give a Previewer")
    return plan.attached(answers)


async def aattach(
    payload: Any,
    previewer: AsyncPreviews,
    *,
    at: Iterable[str] | None = None,
    key: str = "preview",
    timeout: float | None = None,
    max_links: int = MAX_LINKS,
) -> Attached:
    """The same as `attach`, for coroutines, with an `AsyncPreviewer`."""
    plan = _plan(payload, at, key, timeout, max_links)
    answers = _ask(previewer, plan, timeout)
    if plan.asked and not isawaitable(answers):
        raise UsageError(f"a {type(previewer).__name__} cannot be awaited: call attach(...), or give an AsyncPreviewer")
    return plan.attached(await answers if plan.asked else answers)


def _plan(payload: Any, at: Iterable[str] | None, key: object, timeout: object, max_links: object) -> Plan:
    if not isinstance(key, str) or not key:
        raise UsageError(f"key={key!r}: give the name under which cards are put")
    is_time = isinstance(timeout, (int, float)) and not isinstance(timeout, bool) and 0 < timeout < float("inf")
    if timeout is not None and not is_time:
        raise UsageError(f"timeout={timeout!r}: give seconds, more than 0")
    if isinstance(max_links, bool) or not isinstance(max_links, int) or max_links < 1:
        raise UsageError(f"max_links={max_links!r}: give a whole number, at least 1")
    return planned(payload, at=at, key=key, max_links=max_links)


def _ask(previewer: Any, plan: Plan, timeout: float | None) -> Any:
    """The answers, or what is to be awaited for them; nothing is asked where there is no link."""
    try:
        previews = previewer.previews
    except AttributeError:
        reason = f"a {type(previewer).__name__} has no method previews(); give a Previewer"
        raise UsageError(reason) from None
    if isinstance(previewer, type):
        raise UsageError(f"{previewer.__name__} is a class: give a previewer, {previewer.__name__}()")
    if not plan.asked:
        return ()
    seconds = getattr(previewer, "timeout", None) if timeout is None else timeout
    return previews([*plan.asked]) if seconds is None else previews([*plan.asked], timeout=seconds)
