"""Order the items: as digest has them, until the editor wants them otherwise."""

from __future__ import annotations

from digest.issues.three import Three


def order(sides: Three) -> list[str]:
    """Return the ids of the next issue file in order."""
    taken = [name for name in sides.new if not sides.deleted(name)]
    return _in_mine(sides, taken) if reordered(sides) else _in_new(sides, taken)


def reordered(sides: Three) -> bool:
    """Tell whether what digest placed stands in another order than it was placed in."""
    if sides.base is None:
        return True
    placed = [name for name in sides.base if name in sides.mine and not sides.by_hand(name)]
    chosen = set(placed)
    return placed != [name for name in sides.mine if name in chosen]


def remembered(sides: Three) -> list[str]:
    """Return the ids of the next base in digest's own order.

    What vanished keeps its place behind its neighbour, so that :func:`reordered` can tell
    the editor's order from digest's when it is back.
    """
    names = list(sides.new)
    known = [name for name in sides.base or () if name in sides.mine]
    unread = [name for name, item in sides.mine.items() if _is_unread(name, item.by, sides)]
    place = 0
    for name in known + unread:
        if name not in sides.new:
            names.insert(place, name)
        place = names.index(name) + 1
    gone = (name for name in sides.base or () if name not in sides.mine)
    return [*names, *(name for name in gone if name not in sides.new)]


def _is_unread(name: str, by: str, sides: Three) -> bool:
    return by == "digest" and name not in sides.new and sides.known(name) is None


def _in_new(sides: Three, taken: list[str]) -> list[str]:
    """Return the new order, with what only the editor placed behind its neighbour in mine."""
    names = [name for name in taken if name not in sides.mine or not sides.by_hand(name)]
    placed_by_digest = set(names)
    place = 0
    for name in sides.mine:
        if name not in placed_by_digest:
            names.insert(place, name)
        place = names.index(name) + 1
    return names


def _in_mine(sides: Three, taken: list[str]) -> list[str]:
    """Return the editor's order, with each new item behind the one that it follows in new.

    The editor's own items stay directly behind their neighbour, so new ones come after them.
    """
    names = list(sides.mine)
    place = 0
    for name in taken:
        if name in sides.mine:
            place = names.index(name) + 1
            continue
        while place < len(names) and _is_own(names[place], sides):
            place += 1
        names.insert(place, name)
        place += 1
    return names


def _is_own(name: str, sides: Three) -> bool:
    return name in sides.mine and sides.mine[name].by == "editor"
