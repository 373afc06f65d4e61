"""Turn a ``[theme]`` table into what templates see: checked colours, fonts, logo and footer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from digest.brand import FONTS
from digest.errors import TemplateError
from digest.model import Pictures, Theme
from digest.render.colour import contrast, legible, mixed
from digest.render.guard import guard, web_address

Hold = Callable[[str], str]

_STRONG = 10  # contrast of running text where the ground is not the theme's own
_BOX = 0.05  # how far a box, and a rule, stand off the paper towards the ink
_RULE = 0.18


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoView:
    """A logo for light grounds, and one for dark ones if there is one."""

    src: str
    dark: str | None
    width: int
    height: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link of the footer."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportView:
    """An appeal, and the words and address of its button."""

    text: str
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """Brand values. What is ``None`` or empty is left to the theme's templates."""

    name: str
    accent: str
    background: str | None
    paper: str | None
    font: Markup | None
    heading_font: Markup | None
    width: int
    radius: int | None
    pictures: Pictures | None
    logo: LogoView | None
    social: tuple[LinkView, ...]
    contact: LinkView | None
    support: SupportView | None

    @property
    def links(self) -> tuple[LinkView, ...]:
        """Return the links at the head of the footer: social ones, then the contact."""
        return (*self.social, *((self.contact,) if self.contact else ()))

    def accent_on(self, ground: str) -> str:
        """Return the accent, or the nearest shade of it that reads well on *ground*."""
        return legible(self.accent, ground)

    def light(self, own: Mapping[str, str]) -> dict[str, str]:
        """Return the colours of the day: a theme's *own*, the user's instead, all legible.

        *own* has "page", "paper", "box", "ink", "quiet" and "rule". The answer has also
        "accent" and "button" with "on_button", and for what stands on the page "page_ink",
        "page_accent" and "foot".
        """
        colours = dict(own)
        if self.paper:
            ink = legible(own["ink"], self.paper, _STRONG)
            box, rule = (mixed(self.paper, ink, share) for share in (_BOX, _RULE))
            colours |= {"paper": self.paper, "box": box, "rule": rule}
        return self._legible(colours | {"page": self.background or own["page"]})

    def dark(self, own: Mapping[str, str]) -> dict[str, str]:
        """Return the colours of the night, which are the theme's *own* but for the accent."""
        return self._legible(dict(own))

    def _legible(self, colours: dict[str, str]) -> dict[str, str]:
        box, accent = colours["box"], legible(self.accent, colours["box"])
        page = colours["page"]
        over = max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, accent))
        return colours | {
            "ink": legible(colours["ink"], box, _STRONG),
            "quiet": legible(colours["quiet"], box),
            "foot": legible(colours["quiet"], page),
            "page_ink": legible(colours["ink"], page, _STRONG),
            "page_accent": legible(self.accent, page),
            "accent": accent,
            "button": accent,
            "on_button": over,
        }


def theme_view(theme: Theme, labels: Mapping[str, str], hold: Hold) -> ThemeView:
    """Return *theme* as templates see it; its addresses are put through *hold*.

    Raises:
        TemplateError: a colour or a font that isn't one.
    """
    return ThemeView(
        name=theme.name,
        accent=_colour(theme.accent),
        background=_colour(theme.background) if theme.background else None,
        paper=_colour(theme.paper) if theme.paper else None,
        font=_fonts(theme.font),
        heading_font=_fonts(theme.heading_font),
        width=theme.width,
        radius=theme.radius,
        pictures=theme.pictures,
        logo=_logo(theme, hold),
        social=_social(theme, hold),
        contact=_contact(theme, labels, hold),
        support=_support(theme, labels, hold),
    )


def _colour(value: str) -> str:
    contrast(value, value)  # refuses what is none
    return value.lower()


def _fonts(value: str | None) -> Markup | None:
    if value is None:
        return None
    if not FONTS.fullmatch(value):
        raise TemplateError("theme", f"{value!r} is no list of fonts", 'such as "Georgia, serif"')
    return Markup(value.replace('"', "'"))  # noqa: S704 - letters, commas and quotes alone


def _logo(theme: Theme, hold: Hold) -> LogoView | None:
    logo = theme.logo
    url, dark = (web_address(each) for each in (logo.url, logo.dark)) if logo else (None, None)
    if not logo or not url:
        return None
    return LogoView(
        src=hold(url),
        dark=hold(dark) if dark else None,
        width=min(logo.width, theme.width),
        height=logo.height,
    )


def _social(theme: Theme, hold: Hold) -> tuple[LinkView, ...]:
    links = ((guard(link.name), web_address(link.url)) for link in theme.social)
    return tuple(LinkView(name=name, url=hold(url)) for name, url in links if name and url)


def _contact(theme: Theme, labels: Mapping[str, str], hold: Hold) -> LinkView | None:
    written = (theme.contact or "").strip()
    is_mail = "@" in written and "/" not in written and not written.startswith("mailto:")
    url = web_address(f"mailto:{written}" if is_mail else written)
    return LinkView(name=labels["contact"], url=hold(url)) if url else None


def _support(theme: Theme, labels: Mapping[str, str], hold: Hold) -> SupportView | None:
    support = theme.support
    url = web_address(support.url) if support else None
    if not support or not url:
        return None
    label = guard(support.label or "") or labels["support"]
    return SupportView(text=guard(support.text), label=label, url=hold(url))
