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

from digest.editions import Edition, check_sections, source_names
from digest.errors import ConfigError, Problem
from digest.model import Publication, Rules, SectionSpec, SelectionRules, SourceSpec, Theme
from digest.text.spans import span

FILE_NAME = "digest.toml"

Kinds = Mapping[str, frozenset[str]]
_Path = tuple[str | int, ...]
_Mistake = tuple[_Path, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeaserSettings:
    """The ``[teaser]`` table. *length* counts characters after NFC, an ellipsis included."""

    length: int = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``digest.toml`` says, table by table."""

    publication: Publication
    sources: tuple[dict[str, Any], ...]
    teaser: TeaserSettings = field(default_factory=TeaserSettings)
    theme: Theme = field(default_factory=Theme)
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
    selection: SelectionRules = field(default_factory=SelectionRules)
    sections: tuple[SectionSpec, ...] = ()
    editions: Mapping[str, Edition] = field(default_factory=dict)
    edition: str = ""

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
    inner = _dataclass_in(kind)
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
        return None, [(at, _in_words(str(error)), "")]


def _dataclass_in(kind: Any) -> type | None:
    """Return the dataclass that *kind* is, or that is a member of it."""
    found = [each for each in (kind, *get_args(kind)) if is_dataclass(each)]
    return found[0] if found and isinstance(found[0], type) else None


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
    named = re.sub(r"`(\w+)( \| null)?`", lambda found: words.get(found[1], found[1]), message)
    return re.sub(r"^Expected (.*?), got (.*?)( - at.*)?$", r"must be \1, not \2", named)


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


def _is_subject(value: str) -> bool:
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
    except ValueError:
        return False
    return names <= {"name", "number", "lead", "date"}


_LENGTHS = range(40, 2001)  # below, no sentence fits; above, it is no teaser
_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Any], bool], str], ...] = (
    (("publication", "name"), lambda value: bool(value.strip()), "must not be empty"),
    (("publication", "url"), _is_http, "must begin with https://"),
    (("publication", "unsubscribe_url"), _is_http, "must begin with https://"),
    (("publication", "view_url"), _is_http, "must begin with https://"),
    (
        ("publication", "subject"),
        _is_subject,
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
    (("teaser", "length"), lambda value: value in _LENGTHS, "must be from 40 to 2000"),
    (("selection", "minimum"), lambda value: value >= 0, "must be 0 or more"),
    (("selection", "window"), lambda value: bool(span(value)), 'is no span such as "7d", "1month"'),
    (
        ("theme", "accent"),
        lambda value: bool(re.fullmatch(r"#[0-9A-Fa-f]{6}", value)),
        'is no colour such as "#0b5394"',
    ),
)


def _check_values(data: Mapping[str, object], mistaken: frozenset[_Path]) -> Iterator[_Mistake]:
    """Yield what is of the right type and wrong all the same; *mistaken* is known to be wrong."""
    for path, holds, message in _CHECKS:
        value: Any = data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None and path not in mistaken and not holds(value):
            yield path, message, ""


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
