"""What a command writes is there whole, or not at all."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import click
import pytest

from richresp.cli.output import check_output, write_text

NOBODY = 65_534


@pytest.fixture
def place():
    """A folder, and the rights of somebody who is not the superuser, who may write everywhere."""
    folder = Path(tempfile.mkdtemp())
    superuser = os.geteuid() == 0
    if superuser:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if superuser:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_file_is_replaced_in_one_step_and_keeps_its_permissions(tmp_path):
    file, link = tmp_path / "cards.html", tmp_path / "link.html"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    with file.open() as before:
        write_text(str(link), "néw\n")
        assert before.read() == "old"
    assert file.read_bytes() == "néw\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [file, link]


def test_a_pipe_is_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_text(str(pipe), "words")
        assert os.read(reader, 20) == b"words"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", [None, "-"])
def test_without_a_name_it_goes_to_standard_output(capfd, name):
    check_output(name)
    write_text(name, "wörds\n")
    assert capfd.readouterr().out == "wörds\n"


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("missing/cards.html", "no such directory"),
        (".", "a directory"),
        ("a\0b", "null byte"),
        ("a" * 300, "too long"),
    ],
)
def test_where_nothing_can_be_written_is_known_before(tmp_path, where, reason):
    with pytest.raises(click.UsageError, match=reason):
        check_output(f"{tmp_path}/{where}")


def test_a_new_file_and_an_old_one_may_be_written(tmp_path):
    check_output(str(tmp_path / "new"))
    (tmp_path / "old").write_text("old")
    check_output(str(tmp_path / "old"))


def test_a_full_disk_is_told():
    with pytest.raises(click.ClickException, match="/dev/full: cannot be written: No space left"):
        write_text("/dev/full", "words")


def test_what_cannot_be_written_leaves_nothing_behind_and_the_old_as_it_was(tmp_path):
    file = tmp_path / "cards.html"
    file.write_text("old")
    with pytest.raises(click.ClickException, match="cannot be written"):
        write_text(str(file), "\ud800")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_read_only_is_refused_before_and_then(place):
    file = place / "cards.html"
    file.write_text("old")
    file.chmod(0o444)
    with pytest.raises(click.UsageError, match="it is read-only"):
        check_output(str(file))
    with pytest.raises(click.ClickException, match="it is read-only"):
        write_text(str(file), "new")
    assert file.read_text() == "old"


def test_a_directory_that_takes_no_new_file_is_told_before_and_its_files_are_written_in_place(place):
    file, link = place / "cards.html", place / "link.html"
    file.write_text("old, and longer")
    link.symlink_to(place / "nothing.html")
    place.chmod(0o555)
    for name in ("new.html", "link.html"):
        with pytest.raises(click.UsageError, match="takes no new file"):
            check_output(str(place / name))
    check_output(str(file))
    number = file.stat().st_ino
    write_text(str(file), "néw")
    assert (file.read_text(encoding="utf-8"), file.stat().st_ino) == ("néw", number)
    assert sorted(place.iterdir()) == [file, link]


def test_a_link_to_where_no_directory_is_and_a_circle_are_told(tmp_path):
    (tmp_path / "away.html").symlink_to(tmp_path / "missing" / "cards.html")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name, reason in (
        ("away.html", "no such directory"),
        ("circle", "symbolic links"),
        ("new/", "no such directory"),
    ):
        with pytest.raises(click.UsageError, match=reason):
            check_output(f"{tmp_path}/{name}")


def test_a_name_as_long_as_names_may_be_is_written(tmp_path):
    file = tmp_path / ("😀" * 63)
    check_output(str(file))
    write_text(str(file), "words")
    assert list(tmp_path.iterdir()) == [file]
