"""What a kind of source is: something that names its pieces, each to be loaded later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from digest.model import Article, SourceSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContext:
    """What reading needs to know of the publication. Relative paths start at *root*."""

    root: Path
    zone: ZoneInfo
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """One file or feed that was found and not yet read.

    *load* raises ``ReadError`` where it can't be read.
    """

    where: str
    load: Callable[[], tuple[Article, ...]]


class SourceKind(Protocol):
    """Find what lies in a ``[[sources]]`` table whose first key is *key*."""

    @property
    def key(self) -> str:
        """Return the key that names the kind, such as ``path``."""

    @property
    def options(self) -> frozenset[str]:
        """Return the other keys that such a table may have."""

    def name(self, spec: SourceSpec, context: ReadContext) -> str:
        """Return what the source is called; its articles' ids begin with it."""

    def pieces(self, spec: SourceSpec, context: ReadContext) -> Sequence[Unread]:
        """Return what there is to load, in a stable order.

        Raises:
            ReadError: The whole source can't be read, or holds nothing.
        """
