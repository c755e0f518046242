"""The wheel holds the library, its vocabulary and its licences, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_it_holds_every_module_the_vocabulary_and_the_licences(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "richresp").rglob("*.py")}
    assert modules <= names
    assert {"richresp/py.typed", "richresp/tokens/o200k_base.xz"} <= names
    assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_it_holds_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    strangers = [name for name in names if not name.startswith("richresp/") and ".dist-info/" not in name]
    assert strangers == []
    ours = [name for name in names if not name.startswith("richresp/testing/")]  # the kit for tests of others
    assert not [name for name in ours if "test" in name or "sample" in name]


def test_it_works_where_it_is_unpacked(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "import richresp, sys; print(richresp.__file__, richresp.tokens.count('a wheel'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "richresp" / "__init__.py"), "2"]
