"""A picture that a mail can carry."""

from __future__ import annotations

from dataclasses import dataclass

TYPES = {"jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Bytes of a JPEG or PNG, by *suffix* "jpg" or "png", and its true size in pixels."""

    data: bytes
    suffix: str
    width: int
    height: int

    @property
    def type(self) -> str:
        """Return the media type."""
        return TYPES[self.suffix]
