"""Read ``digest.toml`` into a :class:`Config`, and report every mistake in it at once."""

from __future__ import annotations

import difflib
import re
import string
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from digest.brand import THEME_CHECKS
from digest.editions import Edition, check_sections, source_names
from digest.errors import ConfigError, Problem
from digest.model import (
    Brief,
    Home,
    ImagePolicy,
    LinkPatterns,
    Publication,
    Rules,
    SectionSpec,
    SelectionRules,
    SourceSpec,
    Theme,
)
from digest.text.spans import span

FILE_NAME = "digest.toml"

Kinds = Mapping[str, frozenset[str]]
PRESETS = {"short": 160, "long": 420}  # characters of a teaser
_Path = tuple[str | int, ...]
_Mistake = tuple[_Path, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeaserSettings:
    """The ``[teaser]`` table.

    *length* counts characters after NFC, an ellipsis included, or names a preset. *maker*
    names who writes teasers, and *options* are that maker's own.
    """

    length: int | str = 280
    maker: str = "extract"
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``digest.toml`` says, table by table."""

    publication: Publication
    sources: tuple[dict[str, Any], ...]
    teaser: TeaserSettings = field(default_factory=TeaserSettings)
    theme: Theme = field(default_factory=Theme)
    images: ImagePolicy = field(default_factory=ImagePolicy)
    links: LinkPatterns = field(default_factory=LinkPatterns)
    selection: SelectionRules = field(default_factory=SelectionRules)
    sections: tuple[SectionSpec, ...] = ()
    editions: dict[str, Edition] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A project: the folder that holds ``digest.toml``, and what that file says.

    *edition* is the one of *editions* that this is, "" for the publication itself.
    """

    root: Path
    publication: Publication
    sources: tuple[SourceSpec, ...]
    teaser: TeaserSettings
    theme: Theme
    images: ImagePolicy = field(default_factory=ImagePolicy)
    links: LinkPatterns = field(default_factory=LinkPatterns)
    selection: SelectionRules = field(default_factory=SelectionRules)
    sections: tuple[SectionSpec, ...] = ()
    editions: Mapping[str, Edition] = field(default_factory=dict)
    edition: str = ""

    @property
    def brief(self) -> Brief:
        """Return what is wanted of a teaser."""
        length = self.teaser.length
        return Brief(
            length=PRESETS[length] if isinstance(length, str) else length,
            language=self.publication.language,
            maker=self.teaser.maker,
            options=self.teaser.options,
            cache=self.root / ".digest" / "teasers",
        )

    @property
    def issues(self) -> Path:
        """Return the folder of the issues of this edition."""
        return self.root / "issues" / self.edition

    @property
    def rules(self) -> Rules:
        """Return all rules of the choice."""
        own = {each.name: getattr(self.selection, each.name) for each in fields(self.selection)}
        return Rules(**own, sections=self.sections, language=self.publication.language)

    def as_edition(self, name: str) -> Config:
        """Return the project as the edition *name* sees it.

        Raises:
            ConfigError: there is no such edition.
        """
        found = self.editions.get(name)
        if found is None:
            hint = _suggest(name, self.editions) if self.editions else "add [editions.NAME]"
            raise ConfigError(FILE_NAME, f'there is no edition "{name}"', hint)
        return replace(
            self,
            edition=name,
            publication=found.publication(self.publication),
            theme=found.theme or self.theme,
            selection=found.rules(self.selection),
            sections=found.sections or self.sections,
        )

    @property
    def home(self) -> Home:
        """Return where the project and what it publishes are."""
        folders = tuple(self.root / spec.target for spec in self.sources if spec.kind == "path")
        return Home(url=self.publication.url, root=self.root, folders=folders)

    @property
    def templates(self) -> Path:
        """Return the folder of the project's own templates, which need not be there."""
        return self.root / "templates"


def find(start: Path) -> Path:
    """Return the ``digest.toml`` in *start* or the nearest folder above it.

    Raises:
        ConfigError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise ConfigError(
        FILE_NAME,
        "not found here or in a folder above",
        "`digest sample DIR` makes a project to start from; --config names another file",
    )


def load(path: Path, kinds: Kinds) -> Config:
    """Return the project that the file *path* describes.

    *kinds* maps the key of each kind of source ("path") to the other keys it takes.

    Raises:
        ConfigError: the file can't be read, or holds mistakes; all of them are named.
    """
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path.name, f"is not valid TOML: {error}") from error
    settings, mistakes = _structure(Settings, data, ())
    mistakes += _check_sources(data.get("sources"), kinds)
    mistakes += _check_values(data, frozenset(mistake[0] for mistake in mistakes))
    if settings:
        names = source_names(settings.sources)
        mistakes += check_sections(settings.sections, ("sections",), names)
        for name, edition in settings.editions.items():
            mistakes += edition.mistakes(name, names)
    if mistakes:
        located = [(_line_of(text, mistake[0]) or 0, mistake) for mistake in mistakes]
        placed = sorted(located, key=lambda each: (each[0], str(each[1])))
        raise ConfigError.of([_problem(path.name, *each) for each in placed])
    return Config(
        root=path.resolve().parent,
        publication=settings.publication,
        sources=tuple(spec_of(table, kinds) for table in settings.sources),
        teaser=settings.teaser,
        theme=settings.theme,
        images=settings.images,
        links=settings.links,
        selection=settings.selection,
        sections=settings.sections,
        editions=settings.editions,
    )


def spec_of(table: Mapping[str, object], kinds: Kinds) -> SourceSpec:
    """Return the source that a checked ``[[sources]]`` *table* describes."""
    kind = next(key for key in table if key in kinds)
    options = {key: value for key, value in table.items() if key != kind}
    return SourceSpec(kind=kind, target=str(table[kind]), options=options)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(str(path), f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "isn't UTF-8 text", "save it as UTF-8") from error


def _structure(kind: type, data: Mapping[str, object], at: _Path) -> tuple[Any, list[_Mistake]]:
    """Return an instance of the dataclass *kind* made from *data*, or ``None`` and why not."""
    known = {each.name: each for each in fields(kind)}
    types = get_type_hints(kind)
    mistakes: list[_Mistake] = [
        ((*at, key), "is no key that digest knows", _suggest(key, known))
        for key in data
        if key not in known
    ]
    mistakes += [
        ((*at, name), "is missing", "")
        for name, each in known.items()
        if name not in data and _required(each)
    ]
    values: dict[str, object] = {}
    for key in known.keys() & data.keys():
        values[key], found = _convert(types[key], data[key], (*at, key))
        mistakes += found
    return (None if mistakes else kind(**values)), mistakes


def _convert(kind: Any, value: object, at: _Path) -> tuple[Any, list[_Mistake]]:
    inner = _table_in(kind)
    if inner and isinstance(value, list) and get_origin(kind) is tuple:
        return _several(inner, dict(enumerate(value)), at, lambda found: tuple(found.values()))
    if inner and isinstance(value, dict) and get_origin(kind) is dict:
        return _several(inner, value, at, dict)
    if inner and isinstance(value, dict):
        return _structure(inner, value, at)
    if kind == tuple[str, ...] and isinstance(value, str):
        value = [value]
    try:
        return msgspec.convert(value, kind, dec_hook=_zone), []
    except msgspec.ValidationError as error:
        return None, [(at, _in_words(str(error)), _choice(kind))]


def _choice(kind: Any) -> str:
    """Return the words that a key of the type *kind* may hold, if they are counted."""
    inner = (word for each in get_args(kind) for word in (each, *get_args(each)))
    names = [word for word in inner if isinstance(word, str)]
    return f"one of {', '.join(names)}" if names else ""


def _table_in(kind: Any) -> type | None:
    """Return the dataclass that *kind* is or holds, as ``Logo | None`` does."""
    found = (each for each in (kind, *get_args(kind)) if is_dataclass(each))
    return next((each for each in found if isinstance(each, type)), None)


def _several(
    kind: type, values: Mapping[Any, object], at: _Path, whole: Callable[[dict[Any, Any]], object]
) -> tuple[Any, list[_Mistake]]:
    """Return *values* as instances of *kind*, put together by *whole*."""
    made: dict[Any, Any] = {}
    mistakes: list[_Mistake] = []
    for key, value in values.items():
        made[key], found = _convert(kind, value, (*at, key))
        mistakes += found
    return (None if mistakes else whole(made)), mistakes


def _zone(kind: type, value: object) -> object:
    if kind is ZoneInfo and isinstance(value, str):
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone") from None
    raise ValueError("must be text in quotes")


def _required(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _in_words(message: str) -> str:
    """Return msgspec's *message* in the words of people who edit TOML."""
    words = {
        "str": "text in quotes",
        "int": "a whole number",
        "object": "a table",
        "array": "a list",
    }
    message = message.partition(" - at `")[0].replace("Invalid enum value", "can't be")
    named = re.sub(r"`(\w+)( \| null)?`", lambda found: words.get(found[1], found[1]), message)
    return re.sub(r"^Expected (.*?), got (.*)$", r"must be \1, not \2", named)


def _check_sources(tables: object, kinds: Kinds) -> Iterator[_Mistake]:
    if not isinstance(tables, list):
        return
    if not tables:
        yield ("sources",), "is empty", 'add [[sources]] with path = "articles"'
    for number, table in enumerate(tables):
        found = [key for key in table if key in kinds] if isinstance(table, dict) else []
        if len(found) != 1:
            choice = " or ".join(sorted(kinds))
            near = _suggest(next(iter(table), ""), kinds) if isinstance(table, dict) else ""
            yield ("sources", number), f"must have one of {choice}", near
            continue
        for key in table.keys() - {found[0]} - kinds[found[0]]:
            yield (
                ("sources", number, key),
                "is no key that digest knows here",
                _suggest(key, kinds[found[0]] | {found[0]}),
            )


def _is_http(value: str) -> bool:
    return bool(re.match(r"https?://[^\s/]+", value))


def _is_pattern(value: str, *pieces: str) -> bool:
    """Tell whether the braces of *value* hold nothing but *pieces*."""
    try:
        parsed = [piece[1:] for piece in string.Formatter().parse(value) if piece[1] is not None]
    except ValueError:
        return False
    return all(name in pieces and not spec and not cast for name, spec, cast in parsed)


def _is_link(value: str) -> bool:
    return _is_pattern(value, "slug", "number", "section", "position")


_LINK_MESSAGE = "may hold {slug}, {number}, {section} and {position}, and no other braces"
_LENGTHS = range(40, 2001)  # below, no sentence fits; above, it is no teaser
_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Any], bool], str], ...] = (
    (("publication", "name"), lambda value: bool(value.strip()), "must not be empty"),
    (("publication", "url"), _is_http, "must begin with https://"),
    (("publication", "unsubscribe_url"), _is_http, "must begin with https://"),
    (("publication", "view_url"), _is_http, "must begin with https://"),
    (
        ("publication", "subject"),
        lambda value: _is_pattern(value, "name", "number", "lead", "date"),
        "may hold {name}, {number}, {lead} and {date}, and no other braces",
    ),
    (
        ("publication", "sender", "email"),
        lambda value: bool(re.fullmatch(r"[^@\s<>\",]+@[^@\s<>\",]+", value)),
        "is no mail address",
    ),
    (
        ("publication", "language"),
        lambda value: bool(re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", value)),
        'is no language tag such as "en" or "pt-BR"',
    ),
    (("selection", "minimum"), lambda value: value >= 0, "must be 0 or more"),
    (("selection", "window"), lambda value: bool(span(value)), 'is no span such as "7d", "1month"'),
    (
        ("teaser", "length"),
        lambda value: value in _LENGTHS or value in PRESETS,
        'must be from 40 to 2000, or "short" or "long"',
    ),
    (
        ("images",),
        lambda value: value.get("mode") != "host" or "base_url" in value,
        'needs base_url where mode is "host": the address at which they will be',
    ),
    (
        ("images", "base_url"),
        lambda value: _is_http(value) and _is_pattern(value, "slug"),
        "must begin with https:// and may hold {slug}, no other braces",
    ),
    *((("links", each.name), _is_link, _LINK_MESSAGE) for each in fields(LinkPatterns)),
    *THEME_CHECKS,
)


def _check_values(data: Mapping[str, object], mistaken: frozenset[_Path]) -> Iterator[_Mistake]:
    """Yield what is of the right type and wrong all the same; *mistaken* is known to be wrong."""
    for path, holds, message in _CHECKS:
        value: Any = data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None and not _within(path, mistaken) and not holds(value):
            yield path, message, ""


def _within(path: _Path, mistaken: frozenset[_Path]) -> bool:
    return any(each[: len(path)] == path for each in mistaken)


def _suggest(key: str, known: Mapping[str, object] | frozenset[str]) -> str:
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"


def _problem(name: str, line: int, mistake: _Mistake) -> Problem:
    at, problem, hint = mistake
    key = ".".join(str(part) for part in at if isinstance(part, str))
    return Problem(where=f"{name}:{line}" if line else name, problem=f"{key} {problem}", hint=hint)


def _line_of(text: str, at: _Path) -> int | None:
    """Return the line (from 1) where the key at path *at* stands, or the nearest above it."""
    found: int | None = None
    here: _Path = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line):
            name = header[2]
            counts[name] = counts.get(name, -1) + 1
            here = (*name.split("."), counts[name]) if header[1] == "[[" else tuple(name.split("."))
            found = number if here and here == at[: len(here)] else found
        elif key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*[=.]", line):
            path = (*here, key[1])
            if path == at[: len(path)]:
                found = number
    return found
