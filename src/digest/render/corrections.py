"""Say what of a ``[theme]`` table was not taken as it is written."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from digest.errors import Problem
from digest.model import Theme
from digest.render.colour import LEGIBLE, contrast
from digest.render.language import label_keys, lacking
from digest.render.setting import Setting

_PAPER = "#ffffff"


def corrections(setting: Setting) -> tuple[Problem, ...]:
    """Return what was put right: words that a language lacks, colours that were too faint."""
    theme, tag = setting.theme, setting.publication.language
    return (*_missing(theme, tag), *_unknown(theme), *_faint(theme))


def _missing(theme: Theme, tag: str) -> Iterator[Problem]:
    missing = sorted(lacking(tag) - theme.labels.keys())
    if missing:
        yield Problem(
            where=f"labels of {tag!r}",
            problem=f"no words for {', '.join(missing)}: English stands instead",
            hint="write them under [theme.labels]",
        )


def _unknown(theme: Theme) -> Iterator[Problem]:
    for key in sorted(theme.labels.keys() - label_keys()):
        near = difflib.get_close_matches(key, sorted(label_keys()), 1)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(label_keys()))}"
        yield Problem(where="[theme.labels]", problem=f"{key} is no word of a theme", hint=hint)


def _faint(theme: Theme) -> Iterator[Problem]:
    paper = theme.paper or _PAPER
    ratio = contrast(theme.accent, paper)
    if ratio < LEGIBLE:
        yield Problem(
            where="[theme] accent",
            problem=f"{theme.accent} can't be read on {paper}: a shade that can is drawn instead",
            hint=f"its contrast is {ratio:.1f} to 1, and {LEGIBLE} is needed",
        )
