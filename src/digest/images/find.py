"""Find out whose a picture is, and whether it lies in the project itself."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from digest.errors import ImageError
from digest.model import Home
from digest.text.plain import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture on disk; *where* is its name in messages."""

    path: Path
    where: str

    def read(self, most_bytes: int) -> bytes:
        """Return its bytes.

        Raises:
            ImageError: it can't be read, or is larger than *most_bytes*.
        """
        try:
            state = self.path.stat()
            if not stat.S_ISREG(state.st_mode) or state.st_size > most_bytes:
                raise ImageError(self.where, f"is larger than {most_bytes // 1_000_000} MB")
            return self.path.read_bytes()
        except OSError as error:
            raise ImageError(self.where, f"can't be read: {error.strerror}") from error


def is_own(url: str, article: str | None, home: Home) -> bool:
    """Tell whether *url* is on the host of the *article* or the publication, or below one."""
    host = _host(url)
    owned = {_host(each) for each in (article, home.url) if each} - {""}
    return any(host == each or host.endswith(f".{each}") for each in owned)


def on_disk(url: str, article: str | None, file: str | None, home: Home) -> File | None:
    """Return the file of the project that is published at *url*, if there is one.

    ``/images/x.jpg`` is looked for below each folder of articles; what stands beside the
    page of the *article* is looked for beside its *file* as well. An article whose file isn't
    here, such as one of a feed, has no say in what of the project is sent.
    """
    if file and not (home.root / file).is_file():
        return None
    places = [(folder, _parts(urlsplit(url).path)) for folder in home.folders]
    base = urljoin(article or "", ".")
    if file and article and url.startswith(base):
        rest = urlsplit(url[len(base) :]).path
        places.insert(0, ((home.root / file).parent, _parts(rest)))
    for folder, parts in places:
        path = folder.joinpath(*parts) if parts else folder
        if parts and path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return File(path=path, where=clean(path.name))
    return None


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def _parts(path: str) -> tuple[str, ...]:
    """Return the names on *path*; none if one of them leads elsewhere."""
    parts = tuple(part for part in unquote(path).split("/") if part)
    strange = any(part in (".", "..") or "\0" in part or "\\" in part for part in parts)
    return () if strange else parts
