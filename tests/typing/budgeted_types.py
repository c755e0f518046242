"""What a type checker says of decorated functions. It is checked, never run."""

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any, assert_type

from richresp import Shaped, budgeted
from richresp.hosts import Caller


@budgeted(800)
def plain(user: str, limit: int = 5) -> list[int]: ...


@budgeted(800, returns="data", keep=["$..id"], profile="codex")
async def later(user: str) -> dict[str, int]: ...


@budgeted({"chars": 800}, returns="text", format="markdown")
def text(user: str) -> list[int]: ...


@budgeted(profile="codex", returns="text")
async def later_text(user: str) -> list[int]: ...


@budgeted(800, returns="shaped")
def shaped(user: str) -> list[int]: ...


@budgeted(800, returns="shaped")
async def later_shaped(user: str) -> list[int]: ...


@budgeted(800)
def each(user: str) -> Iterator[int]: ...


@budgeted(800, add_cursor=True)
def paged(user: str) -> list[int]: ...


@budgeted(800, add_cursor=True, returns="text")
async def later_paged(user: str) -> list[int]: ...


@budgeted(800)
def anything(user: str) -> Any: ...


@budgeted(800, returns="text", add_cursor=True)
async def later_anything(user: str) -> Any: ...


class Store:
    @budgeted(800, returns="text")
    def todos(self, user: str) -> list[int]: ...


a: Callable[[str, int], list[int]] = plain
b: Callable[[str], Awaitable[dict[str, int]]] = later
c: Callable[[str], str] = text
d: Callable[[str], Awaitable[str]] = later_text
e: Callable[[str], Shaped] = shaped
f: Callable[[str], Awaitable[Shaped]] = later_shaped
assert_type(anything("ada"), Any)
assert_type(plain("ada", limit=3), list[int])
assert_type(shaped("ada").cursor, str | None)
assert_type(each("ada"), list[int])
assert_type(paged("ada", cursor=None), list[int])
assert_type(Store().todos("ada"), str)
assert_type(Caller.from_headers({}).country, str | None)


async def main() -> None:
    waiting: Coroutine[Any, Any, str] = later_text("ada")
    assert_type(await waiting, str)
    assert_type(await later_paged("ada", cursor="1"), str)
    assert_type(await later_anything("ada", cursor=None), Any)
    assert_type(await later("ada"), dict[str, int])
    assert_type(await later_shaped("ada"), Shaped)


plain(5)  # wrong: arg-type
plain("ada", 3, 4)  # wrong: call-arg
text("ada").append(5)  # wrong: attr-defined
text(user=5)  # wrong: arg-type
budgeted(800, buget=3)  # wrong: call-overload
budgeted(800, returns="json")  # wrong: call-overload
budgeted("800")  # wrong: call-overload
budgeted(800, format="yaml")  # wrong: call-overload
Caller("openai")  # wrong: call-arg
