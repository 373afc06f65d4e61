"""Read a provider's profile, and name every mistake in it.

Of three profiles with one name the project's own counts first (``providers/NAME.toml``),
then that of another package (entry point group ``digest.providers``: a callable without
arguments that returns a :class:`digest.model.Provider`), then the shipped one.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from digest import plugins
from digest.errors import Problem, ProviderError
from digest.model import Provider
from digest.providers.files import WORDS
from digest.tags import ANY, grammar

_SHIPPED = Path(__file__).parent / "profiles"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_GROUP = "digest.providers"
_FILE = re.compile(r"[\w-][\w.-]*")


def names(own: Path) -> tuple[str, ...]:
    """Return the names of all providers, those of the folder *own* too, in order."""
    paths = (*_SHIPPED.glob("*.toml"), *own.glob("*.toml"))
    return tuple(sorted({*(path.stem for path in paths), *_added()}))


def load(name: str, own: Path) -> Provider:
    """Return the profile *name*, the one in the folder *own* first.

    Raises:
        ProviderError: there is none, or it holds mistakes; all of them are named.
    """
    mine, shipped = own / f"{name}.toml", _SHIPPED / f"{name}.toml"
    if not _NAME.fullmatch(name) or name == "images":
        raise _unknown(name, own)
    if mine.is_file():
        return _read(mine, f"{own.name}/{mine.name}")
    if name in (added := _added()):
        return _checked(added[name], f"provider {name}")
    if shipped.is_file():
        return _shipped(shipped)
    raise _unknown(name, own)


@lru_cache(maxsize=64)
def _shipped(path: Path) -> Provider:
    return _read(path, f"provider {path.stem}")


def _unknown(name: str, own: Path) -> ProviderError:
    known = names(own)
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return ProviderError("providers", f'there is none called "{name}"', hint)


def _added() -> Mapping[str, Provider]:
    made = (each() for each in plugins.found("digest.providers", "__provider__", _GROUP))
    return {provider.name: provider for provider in made}


def _read(path: Path, where: str) -> Provider:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ProviderError(where, "can't be read as UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise ProviderError(where, f"is not valid TOML: {error}") from error
    data.setdefault("name", path.stem)
    problems = [
        Problem(where=where, problem=what, hint=hint) for what, hint in _odd(Provider, data)
    ]
    if problems:
        raise ProviderError.of(problems)
    try:
        made = msgspec.convert(data, Provider)
    except msgspec.ValidationError as error:
        raise ProviderError(where, _in_words(str(error))) from error
    return _checked(made, where)


def _odd(kind: Any, data: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """Yield the keys of *data* that *kind* doesn't have, and those that it lacks."""
    types, known = get_type_hints(kind), {each.name: each for each in fields(kind)}
    for key, value in data.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
            yield f"{at}{key} is no key that digest knows", hint
        elif inner := _table_in(types[key]):
            tables = value if isinstance(value, list) else [value]
            for table in tables:
                if isinstance(table, dict):
                    yield from _odd(inner, table, f"{at}{key}.")
    for key, each in known.items():
        if key not in data and each.default is MISSING and each.default_factory is MISSING:
            yield f"{at}{key} is missing", ""


def _table_in(kind: Any) -> Any:
    found = (each for each in (kind, *get_args(kind)) if is_dataclass(each))
    return next(found, None)


def _in_words(message: str) -> str:
    message = message.replace("`", "").replace("Expected str", "must be text in quotes")
    return re.sub(r" - at \$\.?", " at ", message)


def _checked(provider: Provider, where: str) -> Provider:
    """Return *provider* with its grammar written out, if there is nothing wrong with it.

    Raises:
        ProviderError: with everything that is wrong.
    """
    patterns = [part for one in provider.grammar for part in (ANY if one == "any" else (one,))]
    made = replace(provider, grammar=tuple(patterns))
    wrong = [*_bad_patterns(made)] or [*_bad_tags(made), *_bad_requests(made)]
    if wrong:
        raise ProviderError.of([Problem(where=where, problem=a, hint=b) for a, b in wrong])
    return made


def _bad_patterns(provider: Provider) -> Iterator[tuple[str, str]]:
    for key, patterns in (("grammar", provider.grammar), ("known", provider.known)):
        for each in patterns:
            try:
                made = re.compile(each)
            except re.error as error:
                yield f"{key}: {each!r} is no regular expression: {error}", ""
                continue
            if made.match(""):
                yield f"{key}: {each!r} matches nothing at all", "it has to match a tag's opening"


def _bad_tags(provider: Provider) -> Iterator[tuple[str, str]]:
    tags, known = provider.tags.named(), grammar(provider.grammar)
    if tags and "unsubscribe" in provider.required and "unsubscribe" not in tags:
        hint = "add it, or take unsubscribe out of required"
        yield "tags.unsubscribe is missing, and is required", hint
    for slot, tag in tags.items():
        for form in dict.fromkeys((tag.html, tag.plain)):
            if form and not known.find(form):
                hint = "add a pattern that does"
                yield f"tags.{slot}: {form!r} is matched by no pattern of the grammar", hint
            if slot != "first_name" and "{fallback}" in form:
                yield f"tags.{slot} can't have a {{fallback}}", ""


def _bad_requests(provider: Provider) -> Iterator[tuple[str, str]]:
    names = [request.file for request in provider.requests]
    for name in (*names, *((provider.archive,) if provider.archive else ())):
        if not _FILE.fullmatch(name):
            yield f"{name!r} is no name for a file", "letters, digits, dots and hyphens"
    for request in provider.requests:
        for word in _strings(request.body):
            if word.startswith("=") and word not in WORDS:
                near = difflib.get_close_matches(word, WORDS, n=1, cutoff=0.5)
                hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(WORDS))}"
                yield f"requests: {word!r} stands for nothing", hint


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        return (word for each in value.values() for word in _strings(each))
    if isinstance(value, list | tuple):
        return (word for each in value for word in _strings(each))
    return (value,) if isinstance(value, str) else ()
