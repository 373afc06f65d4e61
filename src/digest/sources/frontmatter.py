"""Split the front matter off a Markdown file: YAML, TOML or JSON.

Our own, because the libraries turn ``No`` into false and ``12:30`` into 750, and know
neither TOML nor a byte order mark. YAML values stay text, as they were written.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from digest.errors import ReadError

LONGEST = 64 * 1024
DEEPEST = 20
_OPENER = re.compile(r"(---|\+\+\+)[ \t]*\n")
_CLOSERS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_JSON = re.compile(r'\{\s*["}]')
_KEY = re.compile(r"^[\"']?[\w.-]+[\"']?[ \t]*[:=]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file in two parts. Keys of *fields* are in lower case, without ``-`` and ``_``."""

    fields: Mapping[str, object] = field(default_factory=dict)
    body: str


class _Broken(Exception):
    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.problem, self.line = problem, line


def split(text: str, *, where: str) -> Document:
    """Return the front matter of *text* and what follows it.

    A file that begins with a rule (``---``) and no key has no front matter.

    Raises:
        ReadError: The front matter is broken, never closed, too long, or has YAML aliases.
    """
    text = text.removeprefix("\ufeff")
    try:
        if opener := _OPENER.match(text):
            return _fenced(text, opener)
        if _JSON.match(text):
            return _json(text)
    except _Broken as error:
        place = f"{where}:{error.line}"
        hint = "put a value with ':' or '#' in quotes" if "YAML" in error.problem else ""
        raise ReadError(place, f"broken front matter: {error.problem}", hint) from error
    return Document(body=text)


def _fenced(text: str, opener: re.Match[str]) -> Document:
    fence, start = opener[1], opener.end()
    closer = _CLOSERS[fence].search(text, start, start + LONGEST)
    if closer is None:
        return _unclosed(text, start, fence)
    parse: Callable[[str], object] = _yaml if fence == "---" else _toml
    fields = parse(text[start : closer.start()])
    if not isinstance(fields, dict):
        return Document(body=text)
    return Document(fields=_normal(fields), body=text[closer.end() :])


def _unclosed(text: str, start: int, fence: str) -> Document:
    if not _KEY.match(text, start):
        return Document(body=text)
    if len(text) - start > LONGEST:
        raise _Broken(f"it is longer than {LONGEST // 1024} KB or never closes", 1)
    raise _Broken(f"it opens with {fence} and never closes", 1)


def _normal(fields: Mapping[object, object]) -> dict[str, object]:
    return {re.sub("[-_]", "", str(key)).lower(): value for key, value in fields.items()}


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        said = re.sub(r"\s*\(at .*\)$", "", str(error))
        last = text.count("\n") + 1
        raise _Broken(f"TOML: {said.lower()}", int(line[1] if line else last) + 1) from error
    except RecursionError as error:
        raise _Broken("TOML: nested too deeply", 2) from error


def _json(text: str) -> Document:
    try:
        fields, end = json.JSONDecoder().raw_decode(text[:LONGEST])
    except json.JSONDecodeError as error:
        raise _Broken(f"JSON: {error.msg.lower()}", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise _Broken("JSON: nested too deeply, or a number too long", 1) from error
    return Document(fields=_normal(fields), body=text[end:])


def _yaml(text: str) -> object:
    """Return YAML as dicts, lists and strings, read event by event so that nothing expands."""
    # Imported here: 19 ms, and only YAML front matter needs it.
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        raise _Broken(f"YAML: {said}", (mark.line if mark else 0) + 2) from error
    return builder.root if builder.begun else {}


class _Builder:
    """Build one value from YAML events."""

    def __init__(self) -> None:
        self.root: object = None
        self.begun = False
        self._open: list[dict[str, object] | list[object]] = []
        self._keys: list[str | None] = []

    def take(self, event: object) -> None:
        """Add what *event* says.

        Raises:
            _Broken: It is an alias, or nested too deeply.
        """
        kind = type(event).__name__
        line: int = event.start_mark.line + 2  # type: ignore[attr-defined]
        if kind == "AliasEvent":
            raise _Broken("YAML: aliases (*name) aren't read", line)
        if kind == "ScalarEvent":
            self._add(str(event.value))  # type: ignore[attr-defined]
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(self._open) >= DEEPEST:
                raise _Broken("YAML: nested too deeply", line)
            self._descend({} if kind == "MappingStartEvent" else [])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._open.pop()
            self._keys.pop()

    def _descend(self, value: dict[str, object] | list[object]) -> None:
        self._add(value)
        self._open.append(value)
        self._keys.append(None)

    def _add(self, value: object) -> None:
        if not self._open:
            if not self.begun:
                self.root, self.begun = value, True
            return
        parent = self._open[-1]
        if isinstance(parent, list):
            parent.append(value)
        elif self._keys[-1] is None:
            self._keys[-1] = value if isinstance(value, str) else "?"
        else:
            parent[self._keys[-1]] = value
            self._keys[-1] = None
