"""What templates see: values that lay themselves out in runs, rows and lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digest.render.language import Direction
from digest.render.prose import Prose
from digest.render.theme import ThemeView

Run = tuple["ItemView", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture; *alt* is "" where it is decorative, sizes are pixels where known.

    *credit* says whose it is and under which licence, "" where that isn't known. A *chosen*
    one is the editor's, and is drawn whatever the picture policy.
    """

    src: str
    alt: str
    credit: str
    chosen: bool
    width: int | None
    height: int | None

    def width_in(self, column: int) -> int:
        """Return how wide the picture is in a *column* that it never overflows."""
        return min(self.width or column, column)

    def height_at(self, width: int) -> int | None:
        """Return how high the picture is when it is *width* pixels wide."""
        return round(self.height * width / self.width) if self.width and self.height else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One entry. *label* is the visible word of a labelled block, *mark* of a paywall.

    *language* and *direction* are set only where they are not the issue's own; direction
    alone where only the script gives it away. *also* says who else reported it.
    """

    title: str
    teaser: Prose
    kind: str
    label: str | None
    mark: str | None
    url: str | None
    date: str
    day: str
    authors: str
    image: PictureView | None
    language: str | None
    direction: Direction | None
    also: str = ""

    @property
    def meta(self) -> str:
        """Return paywall mark, authors, date and other reports on one line, as far as known."""
        return " · ".join(filter(None, (self.mark, self.authors, self.date, self.also)))

    @property
    def credited(self) -> str:
        """Return the same with the credit of its picture, for where that is drawn."""
        return " · ".join(filter(None, (self.meta, self.image.credit if self.image else "")))

    @property
    def short_meta(self) -> str:
        """Return the same in a few words, the day without its year."""
        return " · ".join(filter(None, (self.mark, self.authors, self.day, self.also)))

    @property
    def day_meta(self) -> str:
        """Return the paywall mark and the day, as they stand behind a headline."""
        return " · ".join(filter(None, (self.mark, self.day)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A run of items; *level* is the rank of their headings, 2 or 3."""

    name: str
    layout: str
    heading: str | None
    level: int
    items: tuple[ItemView, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return the items in order: neighbouring headlines together, all others alone."""
        return self._together(self.lists)

    @property
    def stacks(self) -> tuple[Run, ...]:
        """Return the items in order: neighbours that are drawn alike together."""
        return self._together(lambda item: not item.label and self.layout != "lead")

    def rows(self, pictures: str) -> tuple[Run, ...]:
        """Return the runs, with neighbouring stories in pairs where both show a picture.

        *pictures* is the policy that holds: all, lead or none.
        """
        rows: list[Run] = []
        for run in self.runs:
            if rows and self._pairs(run, pictures) and self._pairs(rows[-1], pictures):
                rows[-1] += run
            else:
                rows.append(run)
        return tuple(rows)

    def _together(self, joins: Callable[[ItemView], bool]) -> tuple[Run, ...]:
        """Return the items in runs of those that *joins* holds for and that are drawn alike."""
        runs: list[list[ItemView]] = []
        for item in self.items:
            before = runs[-1][0] if runs else None
            alike = before is not None and joins(before) and self.lists(before) == self.lists(item)
            if alike and joins(item):
                runs[-1].append(item)
            else:
                runs.append([item])
        return tuple(map(tuple, runs))

    def _pairs(self, row: Run, pictures: str) -> bool:
        item = row[0]
        plain = len(row) == 1 and item.image and not item.label and not self.lists(item)
        return bool(plain and self.layout != "lead" and pictures == "all")

    def lists(self, item: ItemView) -> bool:
        """Tell whether *item* is one line of a list here, rather than a story."""
        short = item.kind == "headline" or not item.teaser
        return self.layout == "headlines" and short and not item.label


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """The issue itself. *number* is "No. 3" in words of the language."""

    slug: str
    subject: str
    preheader: str
    date: str
    number: str
    language: str
    direction: Direction
    intro: Prose | None
    signoff: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationView:
    """Who publishes, and what of the footer a provider may fill in."""

    name: str
    tagline: str
    address: str
    url: str | None
    unsubscribe: str
    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that a template can name."""

    issue: IssueView
    publication: PublicationView
    theme: ThemeView
    sections: tuple[SectionView, ...]
    labels: dict[str, str]

    @property
    def contents(self) -> tuple[str, ...]:
        """Return the titles that the plain text numbers: no headlines and no labelled blocks."""
        return tuple(
            item.title
            for section in self.sections
            for item in section.items
            if not item.label and not section.lists(item)
        )
