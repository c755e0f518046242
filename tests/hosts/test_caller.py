"""What hosts really send, as headers and as meta, and what a Caller makes of it."""

import pytest
from starlette.datastructures import Headers

from richresp.hosts import Caller

PLUGIN = {
    "host": "todo.example",
    "user-agent": "Python/3.9 aiohttp/3.8.4",
    "accept-language": "en-US,en;q=0.9",
    "openai-conversation-id": "679569e4-b3e6-52d6-be2d-0328761f6322",
    "Openai-Ephemeral-User-Id": "6599caa6-01e3-51e7-9e3b-e968cac26ef6",
    "openai-subdivision-1-iso-code": "US-CA",
}
OF_PLUGIN = Caller(
    host="openai",
    country="US",
    subdivision="US-CA",
    locale="en-US",
    conversation="679569e4-b3e6-52d6-be2d-0328761f6322",
    user="6599caa6-01e3-51e7-9e3b-e968cac26ef6",
)
COPILOT = {
    "X-Microsoft-AI-UserLocation": "US-WA",
    "X-Microsoft-AI-UserLocale": "en-us",
    "X-Microsoft-AI-UserTimeZone": "America/Los_Angeles",
    "X-Microsoft-AI-ConversationId": "19:abc@thread.v2",
    "Accept-Language": "de",
}
OF_COPILOT = Caller(
    host="microsoft",
    country="US",
    subdivision="US-WA",
    locale="en-US",
    timezone="America/Los_Angeles",
    conversation="19:abc@thread.v2",
)
APP = {
    "openai/locale": "ja-JP",
    "openai/subject": "v1/9Qm",
    "openai/session": "v1/session",
    "openai/userAgent": "ChatGPT/1.2025.012",
    "openai/userLocation": {
        "city": "横浜市",
        "region": "神奈川県",
        "country": "JP",
        "timezone": "Asia/Tokyo",
        "longitude": 139.6222,
        "latitude": 35.4658,
    },
}
OF_APP = Caller(
    host="openai",
    country="JP",
    region="神奈川県",
    city="横浜市",
    latitude=35.4658,
    longitude=139.6222,
    timezone="Asia/Tokyo",
    locale="ja-JP",
    conversation="v1/session",
    user="v1/9Qm",
)


@pytest.mark.parametrize(
    "form",
    [
        dict,
        lambda headers: list(headers.items()),
        lambda headers: [(name.upper(), value) for name, value in headers.items()],
        lambda headers: [(name.encode(), value.encode()) for name, value in headers.items()],
        lambda headers: {name: [value] for name, value in headers.items()},
        lambda headers: [*headers.items(), *headers.items()][: len(headers) + 1],
        lambda headers: {
            "REQUEST_METHOD": "GET",
            "wsgi.input": object(),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        },
        lambda headers: Headers(raw=[(name.lower().encode(), value.encode()) for name, value in headers.items()]),
    ],
    ids=["mapping", "pairs", "upper case", "as ASGI has them", "lists of values", "one twice", "WSGI", "Starlette"],
)
@pytest.mark.parametrize(("headers", "caller"), [(PLUGIN, OF_PLUGIN), (COPILOT, OF_COPILOT)], ids=["plugin", "Copilot"])
def test_headers_of_every_make(form, headers, caller):
    assert Caller.from_headers(form(headers)) == caller


def test_the_meta_of_an_app():
    assert Caller.from_meta(APP) == OF_APP


def test_the_meta_as_a_model():
    import pydantic

    class Meta(pydantic.BaseModel, extra="allow"):
        progress_token: str | None = None

    assert Caller.from_meta(Meta(**APP)) == OF_APP


@pytest.mark.parametrize("nothing", [None, {}, ()])
def test_nobody_knows_anything(nothing):
    assert Caller.from_headers(nothing) == Caller()
    assert Caller.from_meta(nothing or None) == Caller()
