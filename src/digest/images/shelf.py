"""Know the pictures that an issue holds already, by what they were made of.

A name is ``<key>-<content>.<suffix>``: the key is a hash of the picture's address, or of the
bytes of its file, and of the size it was made for; the content a hash of the bytes that are
stored. So no list is needed, a changed picture gets a new name (mail programs
and networks keep old ones for long), and a file that somebody changed isn't taken for ours.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from digest.errors import ImageError
from digest.images.picture import TYPES, Picture

_RECIPE = 1  # count on when what shrink makes of the same picture changes
_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The folder of an issue's pictures, which need not be there yet."""

    folder: Path
    names: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path) -> Shelf:
        """Return the shelf that *folder* is."""
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError:
            names = []
        return cls(folder=folder, names=tuple(names))

    def find(self, key: str) -> tuple[str, Picture] | None:
        """Return name and picture stored under *key*, if they are as they were stored."""
        for name in self.names:
            if name.startswith(f"{key}-") and (picture := self._read(key, name)):
                return name, picture
        return None

    def _read(self, key: str, name: str) -> Picture | None:
        # Imported here: Pillow takes 15 ms, and most issues leave pictures where they are.
        from digest.images.shrink import measure

        suffix = name.rpartition(".")[2]
        try:
            data = (self.folder / name).read_bytes()
            sound = suffix in TYPES and name == _name(key, data, suffix)
            return measure(data, suffix, name) if sound else None
        except (OSError, ImageError):
            return None

    def name(self, key: str, picture: Picture) -> str:
        """Return the name under which *picture* is stored."""
        return _name(key, picture.data, picture.suffix)


def key_of(data: bytes, width: int) -> str:
    """Return the key of what is made of *data*, drawn *width* pixels wide."""
    return _hash(b"%d %d " % (_RECIPE, width) + data)


def _name(key: str, data: bytes, suffix: str) -> str:
    return f"{key}-{_hash(data)}.{suffix}"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_LENGTH]
