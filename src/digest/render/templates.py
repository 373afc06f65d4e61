"""Find, load and draw templates, and say where a template is wrong."""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from digest.errors import TemplateError
from digest.render.language import Direction, written_direction
from digest.render.plaintext import flow, rule
from digest.render.theme import LinkView, LogoView, SupportView, ThemeView
from digest.render.views import (
    IssueView,
    ItemView,
    PictureView,
    PublicationView,
    SectionView,
    View,
)
from digest.tags.stand_ins import END_PART, PARTS

_MAIL = "mail.mjml.j2"
_TEXT = "mail.txt.j2"
_OURS = Path(__file__).parents[1]
Stamp = frozenset[tuple[str, int, int]]
_MISTAKES = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The two templates of one theme, its *parts* by name, and the folders they came from."""

    folders: tuple[Path, ...]
    theme: str
    html: jinja2.Environment
    text: jinja2.Environment
    parts: Mapping[str, str]

    @property
    def mail(self) -> str:
        """Return the name of the HTML template."""
        return f"{self.theme}/{_MAIL}"

    def draw_mjml(self, page: View) -> str:
        """Return the MJML of *page*.

        Raises:
            TemplateError: the template is wrong; names its file, line and variable.
        """
        return self._draw(lambda: self.html.get_template(self.mail), page)

    def draw_text(self, page: View) -> str:
        """Return the plain text of *page*; a theme may bring a template of its own.

        Raises:
            TemplateError: the template is wrong; names its file, line and variable.
        """
        names = (f"{self.theme}/{_TEXT}", _TEXT)
        return self._draw(lambda: self.text.select_template(names), page)

    def place(self, path: Path, line: int | None) -> str:
        """Return *path* as messages name it: from its template folder on, with the line."""
        for folder in self.folders:
            if path.is_relative_to(folder):
                path = folder.name / path.relative_to(folder)
                break
        return f"{path}:{line}" if line else str(path)

    def place_of(self, made: str) -> str:
        """Return the place of the template line that *made* was copied from, as far as it shows.

        Without such a line, it is the theme's main template.
        """
        for path in self._files() if made else ():
            lines = [line.strip() for line in path.read_text("utf-8", "replace").splitlines()]
            if made in lines:
                return self.place(path, lines.index(made) + 1)
        main = self.html.get_template(self.mail).filename
        return self.place(Path(str(main)), None)

    def _files(self) -> Iterator[Path]:
        """Yield the files of the theme, its main one first, then the partials."""
        for folder in (self.theme, "partials"):
            for top in self.folders:
                yield from sorted((top / folder).glob("*.j2"), key=lambda path: path.name != _MAIL)

    def _draw(self, find: Callable[[], jinja2.Template], page: View) -> str:
        with _translated(self):
            return find().render(
                issue=page.issue,
                publication=page.publication,
                theme=page.theme,
                sections=page.sections,
                labels=page.labels,
                contents=page.contents,
                parts=self.parts,
            )


def load(folders: tuple[Path, ...], theme: str) -> Templates:
    """Return the templates of *theme*; of two files with one name the first folder's counts.

    Raises:
        TemplateError: no folder has such a theme.
    """
    if theme not in (known := themes(folders)):
        near = difflib.get_close_matches(theme, known, 1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        names = f"there are: {', '.join(known)}" if known else "there are none"
        raise TemplateError("theme", f"there is no theme {theme!r}", hint + names)
    stamp = _stamp(folders)
    html, text = _environments(folders, stamp)
    parts = _parts(folders, theme, stamp)
    return Templates(folders=folders, theme=theme, html=html, text=text, parts=parts)


def themes(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Return the folder of each theme by name, in order; of two the first folder's counts."""
    found: dict[str, Path] = {}
    for top in folders:
        for path in top.glob(f"*/{_MAIL}"):
            found.setdefault(path.parent.name, path.parent)
    return dict(sorted(found.items()))


class _Loader(jinja2.FileSystemLoader):
    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            raise TemplateError(f"templates/{template}", "isn't UTF-8 text") from error


# Compiling the templates costs 5 ms. jinja2 would look for changes at every include, which
# takes a third of the time of a drawing; the stamp looks once.
@lru_cache(maxsize=8)
def _environments(
    folders: tuple[Path, ...], _stamp: Stamp
) -> tuple[jinja2.Environment, jinja2.Environment]:
    options: dict[str, Any] = {
        "loader": _Loader([str(folder) for folder in folders]),
        "undefined": jinja2.StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": False,
    }
    html = jinja2.Environment(autoescape=True, **options)
    html.filters["isolated"] = _isolated
    parts = {str(slot): mark for slot, mark in PARTS.items()} | {"end": END_PART}
    html.globals["part"] = parts
    # Plain text knows no markup, so there is nothing to escape.
    text = jinja2.Environment(autoescape=False, **options)  # noqa: S701
    text.filters.update(flow=flow, rule=rule)
    text.globals["part"] = parts
    return html, text


def _isolated(text: str, around: Direction) -> str:
    """Return *text*, marked as running in its own direction where that isn't the one *around*."""
    own = written_direction(text)
    if own in (None, around):
        return text
    return Markup('<span dir="{}">{}</span>').format(own, text)


def _stamp(folders: tuple[Path, ...]) -> Stamp:
    """Return which templates there are and how they stand, to tell whether one has changed."""
    files = (path for top in folders for path in (*top.glob("*.j2"), *top.glob("*/*.j2")))
    found = ((str(path), path.stat()) for path in files)
    return frozenset((path, state.st_mtime_ns, state.st_size) for path, state in found)


@lru_cache(maxsize=32)
def _parts(folders: tuple[Path, ...], theme: str, _stamp: Stamp) -> dict[str, str]:
    """Return the file of each part by its name: the theme's own, else the shared one."""
    parts = {str(slot): mark for slot, mark in PARTS.items()} | {"end": END_PART}
    for folder in ("partials", theme):
        paths = (path for top in folders for path in (top / folder).glob("*.j2"))
        parts |= {path.name.split(".")[0]: f"{folder}/{path.name}" for path in paths}
    return parts


@contextmanager
def _translated(templates: Templates) -> Iterator[None]:
    try:
        yield
    except _MISTAKES as error:
        path, line = _where(error, templates)
        if path is None:
            raise
        problem = str(error) or type(error).__name__
        if isinstance(error, jinja2.TemplateNotFound):
            problem = f"there is no template {error.name!r}"
        raise TemplateError(
            templates.place(path, line), problem, _hint(error, path, templates)
        ) from error


def _where(error: Exception, templates: Templates) -> tuple[Path | None, int | None]:
    """Return the file and line of the template at fault; none if our own code failed."""
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        path = Path(frame.filename)
        if any(path.is_relative_to(folder) for folder in templates.folders):
            return path, frame.lineno
        if path.is_relative_to(_OURS) and frame.name != _Loader.get_source.__name__:
            break
    return (Path(templates.mail), None) if isinstance(error, jinja2.TemplateError) else (None, None)


def _hint(error: Exception, path: Path, templates: Templates) -> str:
    """Return the nearest name that the template could have meant."""
    if isinstance(error, jinja2.TemplateNotFound):
        wrong, known = str(error.name), set(templates.html.list_templates())
    elif isinstance(error, jinja2.UndefinedError):
        wrong, known = str(error).rsplit("'", 2)[-2], _names(path)
    else:
        return ""
    near = difflib.get_close_matches(wrong, sorted(known - {wrong}), 1)
    return f"did you mean {near[0]!r}?" if near else ""


def _names(path: Path) -> set[str]:
    """Return the names that the values of a template have, and those that it uses itself."""
    classes = (
        *(View, IssueView, PublicationView, SectionView, ItemView, PictureView),
        *(ThemeView, LogoView, LinkView, SupportView),
    )
    fields = {name for kind in classes for name in kind.__dataclass_fields__}
    return fields | set(re.findall(r"[a-z_]\w+", path.read_text("utf-8", "replace")))
