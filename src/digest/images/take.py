"""Take one picture along: from the shelf, the disk or the web; or say why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from digest.errors import DigestError, FetchError, Problem
from digest.fetch.address import shown
from digest.images.find import is_own, on_disk
from digest.images.picture import Picture
from digest.images.shelf import Shelf, key_of
from digest.model import Home

WIDTH = 600  # CSS pixels; no shipped theme draws a picture wider
MOST_BYTES = 10_000_000

Fetch = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture by address, and the item and article it belongs to."""

    item: str
    article: str | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A picture, and the name under which it is stored."""

    name: str
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A picture that stays at its own address; a *mistake* is one somebody should mend."""

    why: Problem
    mistake: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A picture that nobody could see."""

    why: Problem


Taken = Kept | Left | Lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where pictures may be: *files* are those of articles, by id."""

    home: Home
    files: Mapping[str, str]
    shelf: Shelf
    fetch: Fetch


class Taker:
    """Take pictures along; several threads may."""

    def __init__(self, places: Places, *, third_party: bool) -> None:
        self._places = places
        self._third_party = third_party
        self._turn = Lock()  # a large picture takes 150 MB while it is shrunk

    def take(self, wanted: Wanted) -> Taken:
        """Return what became of the *wanted* picture."""
        try:
            return self._take(wanted) or Left(why=_elsewhere(wanted), mistake=False)
        except FetchError as error:
            hint = "it stays linked, at its own address"
            return Left(why=_problem(wanted, error, hint), mistake=True)
        except DigestError as error:
            return Lost(why=_problem(wanted, error, "the story goes without it"))

    def _take(self, wanted: Wanted) -> Kept | None:
        home = self._places.home
        own = is_own(wanted.url, wanted.article, home)
        file = self._places.files.get(wanted.item)
        if own and (found := on_disk(wanted.url, wanted.article, file, home)):
            data = found.read(MOST_BYTES)
            return self._kept(data, found.where, lambda: data)
        if not (own or self._third_party):
            return None
        fetch = self._places.fetch
        return self._kept(wanted.url.encode(), shown(wanted.url), lambda: fetch(wanted.url))

    def _kept(self, origin: bytes, where: str, load: Callable[[], bytes]) -> Kept:
        """Return the picture that is stored for *origin*, else the one that *load* gives."""
        shelf, key = self._places.shelf, key_of(origin, WIDTH)
        if stored := shelf.find(key):
            return Kept(name=stored[0], picture=stored[1])
        # Imported here: Pillow takes 15 ms, and most issues leave pictures where they are.
        from digest.images.shrink import shrink

        data = load()
        with self._turn:
            picture = shrink(data, where, 2 * WIDTH)
        return Kept(name=shelf.name(key, picture), picture=picture)


def _problem(wanted: Wanted, error: DigestError, hint: str) -> Problem:
    found = error.problems[0]
    why = f"{hint}; {found.hint}" if found.hint else hint
    problem = f"its picture {found.where} {found.problem}"
    return Problem(where=wanted.item, problem=problem, hint=why)


def _elsewhere(wanted: Wanted) -> Problem:
    return Problem(
        where=wanted.item,
        problem=f"its picture stays on another host: {shown(wanted.url)}",
        hint="third_party = true under [images] takes such pictures along, if you may",
    )
