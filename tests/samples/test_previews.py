"""The sample pages are served with their pictures, and make a gallery."""

import os
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path

import html5lib
import httpx
import pytest

from richresp.cli import main
from richresp.cli.pixels import picture_of
from samples.previews.pictures import PICTURES
from samples.previews.site import PAGES, served
from tests.gallery.browser import CHROMIUM


def test_every_page_is_a_link_of_a_gallery(tmp_path):
    file = tmp_path / "cards.html"
    with served() as address:
        urls = [address + path for path in PAGES]
        assert main(["gallery", "--allow-private", "--audit", "-o", str(file), *urls, f"{address}/missing"]) == 0
    tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    headings = ["".join(found.itertext()) for found in tree.iter("h2")]
    assert len(headings) == len(PAGES) + 1
    assert "The last crane driver of berth nine" in headings
    assert any(heading.startswith("<script>alert(1)</script>") for heading in headings)
    badges = {"".join(found.itertext()) for found in tree.iter("span") if "badge" in found.get("class", "")}
    assert {"behind a bot check", "no preview"} <= badges
    images = [found.get("href") for found in tree.iter("{http://www.w3.org/2000/svg}image")]
    assert len(images) == len(set(images)) == len(PICTURES)


@pytest.mark.parametrize("path", PICTURES)
def test_every_picture_can_be_drawn_small_and_large(path):
    body = PICTURES[path]()
    assert picture_of(body).picture is not None
    assert len(body) < 60_000


def test_the_site_answers_head_as_get_without_a_body():
    with served() as address, httpx.Client() as client:
        for path in (*PAGES, *PICTURES, "/missing"):
            got = client.get(address + path)
            with socket.create_connection(("127.0.0.1", got.url.port)) as line:
                line.sendall(f"HEAD {path} HTTP/1.0\r\n\r\n".encode())
                said = line.makefile("rb").read()
            assert said.split()[1] == str(got.status_code).encode()
            assert f"Content-Length: {len(got.content)}\r\n".encode() in said
            assert said.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("module", ["samples.previews", "tests.shots"])
def test_a_busy_port_is_told_in_one_line(module):
    if module == "tests.shots" and CHROMIUM is None:
        pytest.skip("there is no Chromium on PATH")
    with ExitStack() as stack:
        with suppress(OSError):  # somebody else has it, which is as good
            stack.enter_context(socket.create_server(("127.0.0.1", 8000)))
        done = subprocess.run([sys.executable, "-m", module], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "port 8000 cannot be had" in done.stderr


def test_pictures_are_drawn_at_the_root_of_a_checkout_only(tmp_path):
    command = [sys.executable, "-m", "tests.shots"]
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path, env=here)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "at the root of a checkout" in done.stderr
