"""What has no JSON form, or has none yet, is refused with what to do; a class is asked, never an instance."""

import asyncio
import codecs
import dataclasses
import enum
import functools
import io
import re
import sys
import tempfile
import typing
from fractions import Fraction
from unittest import mock

import pydantic
import pytest

from richresp.values.inputs import NoForm, adapt
from tests.values.adapted import whole


@dataclasses.dataclass
class Point:
    x: int


class Failing(pydantic.BaseModel):
    data: bytes = b"\xff"


async def never_run():
    """Awaited by nobody."""


async def nothing():
    yield 1


def closed(coroutine):
    coroutine.close()
    return coroutine


class Unhashable(type):
    def __eq__(cls, other):
        return cls is other

    __hash__ = None


class Endless:
    """Says that it has every attribute."""

    def __getattr__(self, name):
        return lambda *arguments, **options: self


class Keyless:
    __iter__ = None


class BytesPath:
    def __fspath__(self):
        return b"path"


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (Fraction(1, 3), "float"),
        (1j, "real"),
        (re.compile("a"), "pattern"),
        (re.match("a", "a"), "groups"),
        (Point, "instance"),
        (enum.Enum, "instance"),
        (Failing, "instance"),
        (list[int], "instance"),
        (typing.List[int], "instance"),  # noqa: UP006
        (len, "returns"),
        (lambda: 1, "returns"),
        (functools.partial(len), "returns"),
        ([].append, "returns"),
        (Point(1).__init__, "returns"),
        (sys, "pass what you need"),
        (io.StringIO("a"), "read it first"),
        (codecs.getreader("utf-8")(io.BytesIO(b"a")), "read it first"),
        (tempfile.SpooledTemporaryFile(), "read it first"),  # noqa: SIM115
        (closed(never_run()), "await it first"),
        (nothing(), "async for"),
        (BytesPath(), "decode"),
        (Failing(), "Failing could not be dumped: UnicodeDecodeError"),
        (mock.Mock(), "mock"),
        (mock.MagicMock(), "mock"),
        (mock.AsyncMock(), "mock"),
        (mock.NonCallableMock(), "mock"),
        (Endless(), "pass a dict"),
        (Keyless(), "pass a dict"),
        (Unhashable("Odd", (), {})(), "hashed"),
        (object(), "pass a dict"),
        (ValueError("x"), "pass a dict"),
        (pydantic.SecretStr("x"), "pass a dict"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_form_is_refused_with_what_to_do(value, hint):
    with pytest.raises(NoForm, match=hint) as error:
        whole(value)
    assert error.value.reason == str(error.value)


def test_a_future_and_an_open_temporary_file_are_refused(tmp_path):
    loop = asyncio.new_event_loop()
    with pytest.raises(NoForm, match="await it first"):
        adapt(loop.create_future())
    loop.close()
    with tempfile.NamedTemporaryFile(dir=tmp_path) as file, pytest.raises(NoForm, match="read it first"):
        adapt(file)


def test_a_field_that_was_never_set_is_told():
    point = Point(1)
    del point.x
    with pytest.raises(NoForm, match="never set: x"):
        adapt(point)
