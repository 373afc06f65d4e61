"""Find the parts that a package holds, and those that other packages add to it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from digest.errors import PluginError


def found(package: str, attribute: str, group: str) -> tuple[Any, ...]:
    """Return *attribute* of each module of *package* that has one, then the *group*'s own.

    Both come in the order of their names. A later part replaces an earlier one with the
    same key only by the caller's doing.

    Raises:
        PluginError: a part that another package adds can't be loaded.
    """
    modules = (importlib.import_module(f"{package}.{name}") for name in _modules(package))
    own = [getattr(module, attribute) for module in modules if hasattr(module, attribute)]
    return (*own, *(_loaded(point) for point in _points(group).values()))


def named(package: str, name: str, attribute: str, group: str) -> Any:
    """Return the *attribute* of module *name* in *package*, else the *group*'s part *name*.

    Raises:
        PluginError: there is none of that name, or it can't be loaded.
    """
    own, added = _modules(package), _points(group)
    if name in added:
        return _loaded(added[name])
    if name in own:
        return getattr(importlib.import_module(f"{package}.{name}"), attribute)
    known = ", ".join(sorted({*own, *added}))
    raise PluginError(group, f'there is none called "{name}"', f"known: {known}")


def _modules(package: str) -> list[str]:
    root = importlib.import_module(package)
    return sorted(module.name for module in pkgutil.iter_modules(root.__path__))


def _points(group: str) -> Mapping[str, EntryPoint]:
    points = sorted(entry_points(group=group), key=lambda point: point.name)
    return {point.name: point for point in points}


def _loaded(point: EntryPoint) -> Any:
    try:
        return point.load()
    except (ImportError, AttributeError) as error:
        where = f"{point.group}: {point.name}"
        raise PluginError(
            where, f"the plugin can't be loaded: {error}", "mend or remove it"
        ) from error
