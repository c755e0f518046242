"""What errors tell of an answer: neither their words nor what led to them hold what a server sent."""

import httpx
import pytest

from richresp import NotHTML, PreviewError
from tests.links.driven import both

preview = both

URL = "https://site.example.com/page"


def chain_of(error):
    """An error with all that led to it, whether Python shows that or not."""
    chain = []
    while error is not None:
        chain.append(f"{error!r} {error} {error.args} {vars(error)}")
        error = error.__cause__ or error.__context__
    return "\n".join(chain)


@pytest.mark.parametrize(
    "target",
    ["http://u:sesame@1.1.1.1/", "http://u:sesame@10.0.0.1:22/", "//u:sesame@a.example/", "http://sesame\u2100x/", "http://[sesame/"],
)  # fmt: skip
def test_a_redirect_that_cannot_be_followed_tells_no_secret(preview, target):
    with pytest.raises(PreviewError) as caught:
        preview(lambda request: httpx.Response(302, headers=[(b"location", target.encode())]), URL)
    assert "sesame" not in chain_of(caught.value)


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("application/octet-stream", "application/octet-stream"),
        ("Application/Vnd.x-1+zip; name=secret", "application/vnd.x-1+zip"),
        ("secret", ""),
        ("secret secret/x", ""),
        ("x/secret/x", ""),
        ("x/" + "secret" * 11, ""),
        ("secret@x/y", ""),
        ("", ""),
    ],
)
def test_of_a_type_only_what_has_the_form_of_one_is_told(preview, stated, told):
    with pytest.raises(NotHTML) as caught:
        preview(lambda request: httpx.Response(200, headers={"content-type": stated}, content=b"\0\1\2" * 1000), URL)
    assert caught.value.content_type == told
    assert told in str(caught.value)
    assert "secret" not in f"{caught.value}{vars(caught.value)}{caught.value.args}"
