"""What `lint` looks at: a document, and those that it names, from files and by the guarded fetch.

A manifest may come from anywhere, so a path in it leads no further than its own folder, and a URL only where the policy lets
it. What cannot be had is told, and the manifest is linted without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import click

from richresp.cli.fetching import Asking, fetched
from richresp.cli.inputs import STDIN, decoded, encoding_of, read_bytes
from richresp.cli.manners import remark, say
from richresp.cli.targets import is_file, require_url
from richresp.exceptions import PreviewError


@dataclass(frozen=True, slots=True)
class Rim:
    """Where documents are read from.

    Attributes:
        asking: how those are asked for that are fetched.
    """

    asking: Asking

    def first(self, target: str) -> tuple[bytes, str | None]:
        """The document that was asked for, and the URL that it came from; None for a file.

        Raises:
            click.ClickException: if there is none.
            PreviewError: if it cannot be fetched.
        """
        if target == STDIN or is_file(target):
            return _utf8(read_bytes(target), target), None
        require_url(target)
        return self._fetched(target)

    def beside(
        self, named: Mapping[str, str], *, target: str, url: str | None, openapi: str | None
    ) -> Iterator[tuple[str, bytes]]:
        """The documents that a manifest names, as far as they can be had.

        Args:
            named: what it names, and the kind of each.
            target: the manifest, as it was asked for.
            url: where it was fetched; None for a file.
            openapi: a file that stands for all OpenAPI documents.

        Raises:
            click.UsageError: if there is none that this file could stand for.
        """
        if openapi is not None and "openapi" not in named.values():
            raise click.UsageError(f"--openapi {openapi}: {target} names no OpenAPI document that it could stand for")
        for reference, kind in named.items():
            if openapi is not None and kind == "openapi":
                yield reference, _utf8(read_bytes(openapi), openapi)
            elif url is None and target != STDIN and (file := _near(Path(target), reference)) is not None:
                if _is_url(reference):
                    remark(f"{file.name}, beside the manifest, is read for {reference}")
                yield reference, _utf8(read_bytes(str(file)), str(file))
            elif url is not None or _is_url(reference):
                try:
                    yield reference, self._fetched(_joined(url, reference))[0]
                except (PreviewError, click.ClickException) as error:
                    said = error.format_message() if isinstance(error, click.ClickException) else str(error)
                    say(f"{said}; give a copy with --openapi FILE" if kind == "openapi" else said)

    def _fetched(self, url: str) -> tuple[bytes, str]:
        page = fetched(url, self.asking)
        if page.is_cut:
            raise click.ClickException(
                f"{url}: larger than the {len(page.body) >> 20} MiB that are fetched; save it as a file"
            )
        return page.body, page.url


def _utf8(document: bytes, name: str) -> bytes:
    """A document as hosts want it; what has the mark of another encoding is read by that.

    Raises:
        click.ClickException: if it is not in the encoding of its mark.
    """
    return document if encoding_of(document) == "UTF-8" else decoded(document, name).encode()


def _is_url(reference: str) -> bool:
    return reference.partition(":")[0].lower() in ("http", "https")


def _joined(url: str | None, reference: str) -> str:
    try:
        return urljoin(url or "", reference)
    except ValueError:
        return reference  # the fetch says what is wrong with it


def _near(manifest: Path, reference: str) -> Path | None:
    """The file that a manifest names, or that is called like the last part of a URL, in its folder or below."""
    try:
        parts = urlsplit(reference)
        path = unquote(parts.path)
        name = PurePosixPath(path).name if parts.scheme or parts.netloc else path
        folder = manifest.parent.resolve()
        file = (folder / name).resolve()
        return file if name and file.is_relative_to(folder) and file.is_file() else None
    except (OSError, ValueError):
        return None
