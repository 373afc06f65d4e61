"""What ``digest.toml`` says, table by table, and the project that it describes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from digest.config.editions import Edition
from digest.config.mistakes import suggest
from digest.errors import ConfigError
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

FILE_NAME = "digest.toml"

Kinds = Mapping[str, frozenset[str]]
PRESETS = {"short": 160, "long": 420}  # characters of a teaser


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
class Output:
    """The ``[output]`` table: for which mailing services files are written."""

    providers: tuple[str, ...] = ("generic",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``digest.toml`` says, table by table."""

    publication: Publication
    sources: tuple[dict[str, Any], ...]
    teaser: TeaserSettings = field(default_factory=TeaserSettings)
    theme: Theme = field(default_factory=Theme)
    images: ImagePolicy = field(default_factory=ImagePolicy)
    links: LinkPatterns = field(default_factory=LinkPatterns)
    output: Output = field(default_factory=Output)
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
    output: Output = field(default_factory=Output)
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
            hint = suggest(name, self.editions) if self.editions else "add [editions.NAME]"
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
    def exports(self) -> tuple[tuple[str, ...], Path]:
        """Return the names of mailing services, and the folder of the project's own profiles."""
        return self.output.providers, self.profiles

    @property
    def profiles(self) -> Path:
        """Return the folder of the project's own profiles of mailing services."""
        return self.root / "providers"

    @property
    def templates(self) -> Path:
        """Return the folder of the project's own templates, which need not be there."""
        return self.root / "templates"
