"""Every error that digest raises on purpose, and the value that describes one.

    DigestError                 a problem the user can mend: exit code 1
    ├── ConfigError             digest.toml, every mistake at once
    ├── ReadError               one article or source that can't be read
    ├── IssueFileError          an issue.toml or report.json that can't be trusted
    ├── FetchError              something on the web that can't be had
    ├── ImageError              a picture that can't be used
    ├── PluginError             a part that another package adds, or that isn't there
    ├── TeaserError             a teaser maker that can't work as it is set up
    ├── ProviderError           a provider's profile, or a mail that it can't take
    ├── TemplateError           a template that can't be drawn
    ├── WriteError              a file that can't be written
    └── NothingToSend           an empty window: exit code 3, files untouched

An exception that is none of these is a bug, and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

__all__ = [
    "ConfigError",
    "DigestError",
    "FetchError",
    "ImageError",
    "IssueFileError",
    "NothingToSend",
    "PluginError",
    "Problem",
    "ProviderError",
    "ReadError",
    "TeaserError",
    "TemplateError",
    "WriteError",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Say what is wrong, where, and what to do; printed as ``where: problem (hint)``."""

    where: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" + (f" ({self.hint})" if self.hint else "")


class DigestError(Exception):
    """Carry one problem, or several of the same kind, up to the command line."""

    def __init__(self, where: str, problem: str, hint: str = "") -> None:
        self.problems: tuple[Problem, ...] = (Problem(where=where, problem=problem, hint=hint),)
        super().__init__(where, problem, hint)

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> Self:
        """Return one error that holds *problems*, of which there is at least one."""
        error = cls(problems[0].where, problems[0].problem, problems[0].hint)
        error.problems = tuple(problems)
        return error

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ConfigError(DigestError):
    """Report what is wrong in ``digest.toml``, all of it."""


class ReadError(DigestError):
    """Report one article or source that can't be read; the others go on."""


class IssueFileError(DigestError):
    """Report an ``issue.toml`` or ``report.json`` that can't be trusted."""


class FetchError(DigestError):
    """Report one thing on the web that can't be had; what hangs on it goes on without."""


class ImageError(DigestError):
    """Report one picture that can't be used; its story goes on without it."""


class PluginError(DigestError):
    """Report a part of digest that can't be found or loaded."""


class TeaserError(DigestError):
    """Report a teaser maker that can't work as it is set up."""


class ProviderError(DigestError):
    """Report a provider that isn't there, a broken profile, or a mail that it can't take."""


class TemplateError(DigestError):
    """Report a template that can't be drawn."""


class WriteError(DigestError):
    """Report a file that can't be written."""


class NothingToSend(DigestError):
    """Report that the window holds nothing to send."""
