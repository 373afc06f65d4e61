"""Mailing services: their profiles, and the files that each of them takes.

Sealed ──► opened for each provider ──► <provider>/digest.html, digest.txt, subject.txt,
                                        preheader.txt, and what it imports
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from digest.errors import Problem, ProviderError
from digest.model import Provider, Publication
from digest.providers.files import files_of
from digest.providers.load import load, names
from digest.tags import Sealed, fill, opened
from digest.tags.stand_ins import ADDRESS_MARK, UNSUBSCRIBE, VIEW

__all__ = ["PLAIN_NAMES", "Exports", "export", "load", "load_all", "names"]

# Their mails are the issue's own digest.html, digest.txt and digest.eml.
PLAIN_NAMES = frozenset({"generic", "smtp"})
_STAND_INS = {"unsubscribe": UNSUBSCRIBE, "view": VIEW, "address": ADDRESS_MARK}
_IN_WORDS = {
    "unsubscribe": ("a link to unsubscribe", "publication.unsubscribe"),
    "view": ("a link to the issue's page", "publication.view"),
    "address": ("a postal address", "publication.address"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """The files for all chosen providers, by name below the issue's folder."""

    files: dict[str, bytes]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def load_all(wanted: Iterable[str], own: Path) -> tuple[Provider, ...]:
    """Return the profiles of the *wanted* names, each once, in their order.

    Raises:
        ProviderError: names that aren't there and profiles with mistakes, all of them.
    """
    found, problems = [], list[Problem]()
    for name in dict.fromkeys(wanted):
        try:
            found.append(load(name, own))
        except ProviderError as error:
            problems += error.problems
    if problems:
        raise ProviderError.of(problems)
    return tuple(found)


def export(
    sealed: Sealed, wanted: tuple[tuple[str, ...], Path], folder: Path, publication: Publication
) -> Exports:
    """Return the files that the *wanted* providers take, all from the one *sealed* mail.

    They are wanted by name, beside the folder of the project's own profiles. *folder* is the
    issue's, where an older export may stand.

    Raises:
        ProviderError: a provider isn't there, or requires what isn't there; all lacks are named.
    """
    chosen = load_all(*wanted)
    taken = [provider for provider in chosen if provider.name not in PLAIN_NAMES]
    lacks = [lack for provider in taken for lack in _lacks(sealed, provider)]
    if lacks:
        raise ProviderError.of(lacks)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for provider in taken:
        mail = opened(sealed, provider)
        problems += mail.problems
        for name, data in files_of(mail.mail, provider, folder.name, publication):
            files[f"{provider.name}/{name}"] = data
    return Exports(files=files, problems=tuple(problems), notes=_stale(folder, chosen))


def _stale(folder: Path, chosen: Iterable[Provider]) -> tuple[Problem, ...]:
    """Return a problem for each export in *folder* that this build doesn't make again."""
    fresh = {provider.name for provider in chosen}
    old = sorted(path.parent for path in folder.glob("*/subject.txt"))
    return tuple(
        Problem(
            where=f"{folder.name}/{each.name}",
            problem="is of an earlier build",
            hint=f"delete it, or build with --provider {each.name}",
        )
        for each in old
        if each.name not in fresh and re.fullmatch(r"[a-z0-9-]+", each.name)
    )


def _lacks(sealed: Sealed, provider: Provider) -> list[Problem]:
    return [
        lack for slot in provider.required if (lack := _lack(slot, sealed, provider)) is not None
    ]


def _lack(slot: str, sealed: Sealed, provider: Provider) -> Problem | None:
    if slot not in _IN_WORDS:
        return None
    what, word = _IN_WORDS[slot]
    where = f"provider {provider.name}"
    if not fill(slot, sealed, provider):  # type: ignore[arg-type]
        key = {"address": "address", "view": "view_url"}.get(slot, "unsubscribe_url")
        return Problem(
            where=where,
            problem=f"needs {what}, and digest.toml has none",
            hint=f'add {key} = "…" to [publication]',
        )
    versions = (("HTML", sealed.html), ("plain text", sealed.text))
    bare = [name for name, text in versions if _STAND_INS[slot] not in text]
    if bare:
        return Problem(
            where=where,
            problem=f"needs {what}, and the theme puts none into the {' and the '.join(bare)}",
            hint=f"put {{{{ {word} }}}} into the template",
        )
    return None
