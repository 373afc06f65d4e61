"""The three sides of the merge: what digest generated last, the editor's file, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digest.issues.values import FileItem, GeneratedItem

Items = Sequence[FileItem]
Known = Mapping[str, GeneratedItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Three:
    """The three sides, by id and in their order; *base* is ``None`` where it is lost."""

    base: Known | None
    mine: Mapping[str, FileItem]
    new: Known

    @classmethod
    def of(
        cls, base: Sequence[GeneratedItem] | None, mine: Items, new: Sequence[GeneratedItem]
    ) -> Three:
        """Return the three sides of these items."""
        known = None if base is None else by_id(base)
        return cls(base=known, mine={item.id: item for item in mine}, new=by_id(new))

    def known(self, name: str) -> GeneratedItem | None:
        """Return what base remembers of item *name*."""
        return (self.base or {}).get(name)

    def deleted(self, name: str) -> bool:
        """Tell whether the editor took the block of item *name* away."""
        return name not in self.mine and self.known(name) is not None

    def by_hand(self, name: str) -> bool:
        """Tell whether the editor wrote item *name* of mine there, or brought it back.

        What only vanished and is back is digest's again.
        """
        item, known = self.mine[name], self.known(name)
        if item.by == "editor" or known is None:
            return True
        return known.out and (known.pinned or not (item.vanished or item.drop))


def by_id(items: Iterable[GeneratedItem]) -> dict[str, GeneratedItem]:
    """Return *items* by their ids."""
    return {item.id: item for item in items}


def kept(name: str, base: object, mine: object, new: object) -> Any:
    """Return one field of the result: the editor's where there is one, else the new."""
    own = getattr(mine, name)
    changed = own is not None and (base is None or own != getattr(base, name))
    return own if changed else getattr(new, name)
