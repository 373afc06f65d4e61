"""Take the pictures of an issue along: find, fetch, check, shrink, store.

    item's picture ──► a file of the project, or fetched ──► checked and shrunk ──► images/<name>
                                                    stored before? ─────────────────┘

What is stored under the issue is used again, so a second build needs no network. A picture
that fails is named and stops nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from digest.errors import Problem
from digest.fetch.address import shown
from digest.images.shelf import Shelf
from digest.images.take import MOST_BYTES, Fetch, Kept, Left, Lost, Places, Taken, Taker, Wanted
from digest.model import Decision, Home, ImagePolicy, Inline, Issue, Item

__all__ = ["Prepared", "Setting", "asked", "prepare"]

_FOLDER = "images"
_SECONDS = 20.0
_AT_ONCE = 8


def _fetch(url: str) -> bytes:
    from digest import fetch  # 60 ms, and only pictures that lie on the web need it

    return fetch.get(url, fetch.Limits(most_bytes=MOST_BYTES, seconds=_SECONDS)).data


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What to do with pictures, where they may lie, and the folder of the issue."""

    policy: ImagePolicy
    home: Home
    issue: Path
    fetch: Fetch = _fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The issue with its pictures in place, and the files and parts that hold them.

    *problems* name pictures that failed, *notes* those that were left where they are.
    """

    issue: Issue
    files: Mapping[str, bytes] = field(default_factory=dict)
    inline: tuple[Inline, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def asked(policy: ImagePolicy) -> ImagePolicy:
    """Return *policy* for a person who asked for pictures: hosted if there is an address."""
    if policy.mode != "link":
        return policy
    return replace(policy, mode="host" if policy.base_url else "embed")


def _silent(done: int, total: int, where: str) -> None:
    """Say nothing about a step."""


def prepare(
    issue: Issue,
    decisions: Iterable[Decision],
    setting: Setting,
    on_step: Callable[[int, int, str], None] = _silent,
) -> Prepared:
    """Return *issue* with its pictures taken along, as the policy of *setting* says.

    An issue that has pictures stored keeps them though the policy says "link", because
    somebody asked for them when it was built before. Headlines have no picture. *on_step*
    hears ``(done, total, address)`` after each.
    """
    shelf = Shelf.of(setting.issue / _FOLDER)
    policy = asked(setting.policy) if shelf.names else setting.policy
    if policy.mode == "link":
        return Prepared(issue=issue)
    files = {each.article.id: each.article.where for each in decisions}
    places = Places(home=setting.home, files=files, shelf=shelf, fetch=setting.fetch)
    taker = Taker(places, third_party=policy.third_party)
    wanted = _wanted(issue)
    taken: dict[str, Taken] = {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for url, found in zip(wanted, pool.map(taker.take, wanted.values()), strict=True):
            taken[url] = found
            on_step(len(taken), len(wanted), shown(url))
    return _prepared(issue, taken, _base(policy, issue.slug))


def _wanted(issue: Issue) -> dict[str, Wanted]:
    """Return the pictures of *issue* by address, each for the first item that shows it."""
    wanted: dict[str, Wanted] = {}
    for item in issue.items:
        if item.image and item.kind != "headline":
            url = item.image.url
            wanted.setdefault(url, Wanted(item=item.id, article=item.url, url=url))
    return wanted


def _base(policy: ImagePolicy, slug: str) -> str | None:
    """Return the address below which the pictures will be, ``None`` where they are embedded."""
    if policy.mode != "host" or not policy.base_url:
        return None
    return policy.base_url.replace("{slug}", quote(slug, safe="")).rstrip("/") + "/"


def _prepared(issue: Issue, taken: Mapping[str, Taken], base: str | None) -> Prepared:
    sections = tuple(
        replace(section, items=tuple(_placed(item, taken, base) for item in section.items))
        for section in issue.sections
    )
    kept = {url: each for url, each in taken.items() if isinstance(each, Kept)}
    left = [each for each in taken.values() if isinstance(each, Left | Lost)]
    harmless = [isinstance(each, Left) and not each.mistake for each in left]
    return Prepared(
        issue=replace(issue, sections=sections),
        files={f"{_FOLDER}/{each.name}": each.picture.data for each in kept.values()},
        inline=() if base else tuple(_inline(url, each) for url, each in kept.items()),
        problems=tuple(each.why for each, fine in zip(left, harmless, strict=True) if not fine),
        notes=tuple(each.why for each, fine in zip(left, harmless, strict=True) if fine),
    )


def _placed(item: Item, taken: Mapping[str, Taken], base: str | None) -> Item:
    """Return *item* with its picture's new address and true size, or without the picture."""
    if not item.image:
        return item
    found = taken.get(item.image.url)
    if isinstance(found, Lost):
        return replace(item, image=None)
    if not isinstance(found, Kept):
        return item
    picture, url = found.picture, base + found.name if base else item.image.url
    image = replace(item.image, url=url, width=picture.width, height=picture.height)
    return replace(item, image=image)


def _inline(url: str, kept: Kept) -> Inline:
    picture = kept.picture
    return Inline(url=url, cid=f"{kept.name}@digest", type=picture.type, data=picture.data)
