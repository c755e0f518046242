"""The public names are those that are documented, and no others."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

import richresp
from richresp import exceptions

PACKAGES = (
    "richresp",
    "richresp.attaching",
    "richresp.caching",
    "richresp.decorator",
    "richresp.hosts",
    "richresp.hosts.lint",
    "richresp.gallery",
    "richresp.links",
    "richresp.markdown",
    "richresp.shaping",
    "richresp.testing",
    "richresp.tokens",
)
SOURCES = sorted(Path(richresp.__file__).parent.rglob("*.py"))


def test_the_facade_offers_exactly_the_documented_names():
    assert sorted(richresp.__all__) == [
        "AsyncPreviewer", "Attached", "Blocked", "BudgetTooSmall", "DeadlineExceeded", "FetchError", "Image", "InvalidCursor",
        "InvalidPath", "InvalidPayload", "InvalidURL", "MissingExtra", "NotHTML", "Omission", "Preview", "PreviewError", "Previewer",
        "RichRespError", "Shaped", "ShapedParts", "TooManyRedirects", "UsageError", "aattach", "apreview", "attach", "budgeted", "caching", "explain", "hosts", "markdown", "preview", "shape", "shape_parts", "tokens",
    ]  # fmt: skip


def test_every_error_class_is_offered_by_the_facade():
    errors = {
        name
        for name, value in vars(exceptions).items()
        if inspect.isclass(value) and value.__module__ == exceptions.__name__
    }
    assert errors <= set(richresp.__all__)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_that_a_package_lists_is_there(package):
    module = importlib.import_module(package)
    for name in module.__all__:
        assert getattr(module, name) is not None
    assert list(module.__all__) == sorted(module.__all__, key=lambda name: (not name.isupper(), name))
    late = {"Previewer", "AsyncPreviewer", "preview", "apreview", "USER_AGENTS", "Fetched", "Explanation", "explain"}
    assert set(module.__all__) <= set(dir(module)) | late


@pytest.mark.parametrize("package", ["richresp", "richresp.links"])
def test_an_unknown_name_is_an_attribute_error(package):
    with pytest.raises(AttributeError, match="nonsense"):
        importlib.import_module(package).nonsense  # noqa: B018


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_tells_what_it_is(package):
    module = importlib.import_module(package)
    named = [name for name in module.__all__ if not name.isupper()]  # a constant tells it in its file
    bare = [name for name in named if not inspect.getdoc(getattr(module, name))]
    assert bare == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_file_opens_with_what_lives_in_it(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_file_outgrows_one_idea(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_errors_survive_pickling():
    import pickle

    error = exceptions.Blocked(url="http://a.example/", reason="because", address="10.0.0.1")
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
