"""Find the parts that a package holds, and those that other packages add to it."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import Any

from digest.errors import ReadError


def found(package: str, attribute: str, group: str) -> tuple[Any, ...]:
    """Return *attribute* of each module of *package* that has one, then the *group*'s own.

    Both come in the order of their names. A later part replaces an earlier one with the
    same key only by the caller's doing.

    Raises:
        ReadError: A part that another package adds can't be loaded.
    """
    root = importlib.import_module(package)
    names = sorted(module.name for module in pkgutil.iter_modules(root.__path__))
    modules = (importlib.import_module(f"{package}.{name}") for name in names)
    own = [getattr(module, attribute) for module in modules if hasattr(module, attribute)]
    return (*own, *_added(group))


def _added(group: str) -> list[Any]:
    added = []
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        try:
            added.append(point.load())
        except (ImportError, AttributeError) as error:
            where = f"{group}: {point.name}"
            raise ReadError(
                where, f"the plugin can't be loaded: {error}", "mend or remove it"
            ) from error
    return added
