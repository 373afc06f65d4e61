"""Read what a saved page says about itself: JSON-LD, Open Graph and meta elements.

The tree is a parsed page, asked by xpath alone. Nothing here guesses: what isn't said is
absent.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from digest.model import Image
from digest.sources.address import web_address
from digest.sources.fields import language_tag
from digest.text.plain import clean, fold

MOST_JSON = 1_000_000
LONGEST_NAME = 100
LONGEST_TITLE = 500  # beyond it nobody looks for the name of a site
SMALLEST_PICTURE = 120
_TITLE_TAIL = re.compile(r"\s+[|\-–—·•:»]\s+|\s*[|»]\s*")
_ARTICLES = ("Article", "Posting", "Report")
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
)
_NO_PICTURE = re.compile(r"^(?:data|blob|file):|_files/|\.svg(?:$|[?#])", re.IGNORECASE)
_TAGS = ("article:tag", "news_keywords", "keywords")
_BY = re.compile(r"^by\s+", re.IGNORECASE)


class Tree(Protocol):
    """A parsed page, as far as this module needs one."""

    def xpath(self, path: str, /) -> object:
        """Return the texts that *path* finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the page says. *dates* are as written, the surest first."""

    title: str | None
    url: str | None
    dates: tuple[str, ...]
    summary: str | None
    image: Image | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    language: str | None


def facts(tree: Tree) -> PageFacts:
    """Return what the page in *tree* says about itself."""
    meta = _meta(tree)
    story = _story(tree)
    title = (
        _first(meta, "og:title") or _text(story.get("headline")) or _one(tree, "//title//text()")
    )
    return PageFacts(
        title=_without_site(title, _sites(tree, meta, story), _one(tree, "(//h1)[1]//text()")),
        url=_address(tree, meta),
        dates=_dates(tree, meta, story),
        summary=_first(meta, "og:description", "description", "twitter:description"),
        image=_image(meta, story) or _first_picture(tree),
        authors=_authors(meta, story),
        tags=_tags(meta, story),
        language=language_tag(_one(tree, "//html/@lang | //html/@xml:lang")),
    )


def _found(tree: Tree, path: str) -> list[str]:
    found = tree.xpath(path)
    return [str(text) for text in found] if isinstance(found, list) else []


def _one(tree: Tree, path: str) -> str | None:
    return clean(" ".join(_found(tree, path))) or None


def _meta(tree: Tree) -> Mapping[str, list[str]]:
    """Return the contents of all meta elements by their name in lower case."""
    found: dict[str, list[str]] = {}
    elements = tree.xpath("//meta[@content]")
    for element in elements if isinstance(elements, list) else ():
        names = (element.get(key) for key in ("property", "name", "itemprop"))
        content = clean(html.unescape(element.get("content") or ""))
        for name in {name.strip().lower() for name in names if name} if content else ():
            found.setdefault(name, []).append(content)
    return found


def _first(meta: Mapping[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _story(tree: Tree) -> Mapping[str, object]:
    """Return the JSON-LD object of the page's article, or an empty one."""
    things: list[Mapping[str, object]] = []
    for script in tuple(_found(tree, "//script[@type='application/ld+json']/text()")):
        if len(script) > MOST_JSON:
            continue
        try:
            things += _things(json.loads(script.strip().rstrip(";"), strict=False))
        except (ValueError, RecursionError):
            continue
    stories = [thing for thing in things if _is_article(thing)]
    dated = [thing for thing in things if "datePublished" in thing]
    return next(iter(stories or dated), {})


def _things(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects at the top of *value*; what lies deeper is about other pages."""
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, dict):
            continue
        yield entry
        graph = entry.get("@graph")
        if isinstance(graph, list):
            yield from (thing for thing in graph if isinstance(thing, dict))


def _is_article(thing: Mapping[str, object]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(_ARTICLES) for name in names)


def _text(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("name")
    return clean(html.unescape(value)) or None if isinstance(value, str) else None


def _sites(tree: Tree, meta: Mapping[str, list[str]], story: Mapping[str, object]) -> set[str]:
    host = urlsplit(_address(tree, meta) or "").hostname or ""
    site = host.removeprefix("www.")
    own = _first(meta, "og:site_name", "application-name"), _text(story.get("publisher"))
    return {fold(name) for name in (*own, site, site.partition(".")[0]) if name} - {""}


def _without_site(title: str | None, sites: set[str], heading: str | None) -> str | None:
    """Return *title* without the name of the site behind (or before) its last mark."""
    if not title or len(title) > LONGEST_TITLE:
        return title or heading
    for mark in reversed(list(_TITLE_TAIL.finditer(title))):
        head, tail = title[: mark.start()], title[mark.end() :]
        if head and (fold(tail) in sites or (heading and fold(head) == fold(heading))):
            return head
        if tail and fold(head) in sites:
            return tail
    return title


def _address(tree: Tree, meta: Mapping[str, list[str]]) -> str | None:
    canonical = _found(tree, "//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")
    said = map(web_address, (*canonical, *meta.get("og:url", ())))
    return next(filter(None, said), None)


def _dates(
    tree: Tree, meta: Mapping[str, list[str]], story: Mapping[str, object]
) -> tuple[str, ...]:
    linked = _text(story.get("datePublished"))
    marked = "//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime"
    said = [linked, *(_first(meta, name) for name in _DATES), *_found(tree, marked)[:1]]
    return tuple(text for text in said if text)


def _image(meta: Mapping[str, list[str]], story: Mapping[str, object]) -> Image | None:
    url = _first(meta, "og:image", "og:image:url", "og:image:secure_url", "twitter:image")
    url = url or _image_address(story.get("image"))
    if not url:
        return None
    return Image(
        url=url,
        alt=_first(meta, "og:image:alt", "twitter:image:alt"),
        width=_pixels(_first(meta, "og:image:width")),
        height=_pixels(_first(meta, "og:image:height")),
    )


def _first_picture(tree: Tree) -> Image | None:
    """Return the first picture of the article itself that is no icon, portrait or counter.

    Browsers save pictures beside the page and rewrite their addresses; those lead nowhere.
    """
    found = tree.xpath("//article//img | //main//img | //*[@role='main']//img")
    for element in found if isinstance(found, list) else ():
        url = clean(element.get("src") or "")
        sizes = tuple(_pixels(element.get(key)) for key in ("width", "height"))
        small = any(size is not None and size < SMALLEST_PICTURE for size in sizes)
        if url and not small and not _NO_PICTURE.search(url):
            alt = element.get("alt")
            return Image(
                url=url,
                alt=clean(alt) if alt is not None else None,
                width=sizes[0],
                height=sizes[1],
            )
    return None


def _image_address(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("url")
    return value if isinstance(value, str) else None


def _pixels(text: str | None) -> int | None:
    digits = re.fullmatch(r"(\d{1,5})(?:px)?", text or "")
    return int(digits[1]) or None if digits else None


def _authors(meta: Mapping[str, list[str]], story: Mapping[str, object]) -> tuple[str, ...]:
    listed = story.get("author")
    entries = listed if isinstance(listed, list) else [listed]
    said = [_text(entry) for entry in entries]
    names = list(filter(None, said)) or meta.get("author", meta.get("article:author", []))
    cleaned = (_BY.sub("", name) for name in names if not re.match(r"https?:|@", name))
    return tuple(dict.fromkeys(name for name in cleaned if 1 < len(name) <= LONGEST_NAME))


def _tags(meta: Mapping[str, list[str]], story: Mapping[str, object]) -> tuple[str, ...]:
    said = story.get("keywords")
    listed = said if isinstance(said, list) else [said]
    words = [word for word in listed if isinstance(word, str)]
    words = words or next((meta[name] for name in _TAGS if name in meta), [])
    return tuple(
        dict.fromkeys(filter(None, (clean(tag) for word in words for tag in word.split(","))))
    )
