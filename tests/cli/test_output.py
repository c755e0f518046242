"""What a command writes is there whole, or not at all."""

import os
import stat

import click
import pytest

from richresp.cli.output import check_output, write_text


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
