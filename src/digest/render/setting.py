"""Say what an issue is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from digest.model import Publication, Theme

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Who publishes, how it looks, and the folders that hold templates, the user's first."""

    publication: Publication
    theme: Theme
    templates: tuple[Path, ...]


def setting(publication: Publication, theme: Theme, own: Path) -> Setting:
    """Return the setting of a project that keeps templates of its own in the folder *own*."""
    return Setting(publication=publication, theme=theme, templates=(own, shipped_templates()))


def shipped_templates() -> Path:
    """Return the folder of the templates that come with digest.

    A wheel carries them inside the package; a checkout has them at its root.
    """
    packed = _PACKAGE / "_data" / "templates"
    return packed if packed.is_dir() else _PACKAGE.parents[1] / "templates"
