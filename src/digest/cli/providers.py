"""``digest providers``: the mailing services, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from digest.cli import options, output
from digest.errors import ConfigError
from digest.model import Provider, Slot

_WORDS: dict[Slot, str] = {
    "unsubscribe": "unsubscribe",
    "view": "view in browser",
    "address": "postal address",
    "first_name": "first name",
}
_PROOF = {
    "official": "verified: the service's own manual or source",
    "third-party": "reported by others, not by the service",
    "none": "not verified",
}


@output.reported
def providers(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Show all that is known of this one.")
    ] = None,
    as_json: options.Json = False,
    file: options.ConfigFile = None,
) -> None:
    """List the mailing services, or show one: its tags, what it asks for, how sure that is.

    A service of your own is a file providers/NAME.toml in the project; see docs/providers.md.

    \b
    digest providers                            all of them
    digest providers mailchimp                  one, with its sources
    digest build --provider mailchimp,listmonk  write an issue for both
    """  # noqa: D301 - a real \b, which keeps the lines below it apart
    from digest import providers as stage
    from digest.cli import tables  # takes 0.1 s, which --help need not wait for

    own = _own(file)
    if name is None:
        every = [stage.load(each, own) for each in stage.names(own)]
        if as_json:
            output.say_json([asdict(each) for each in every])
        else:
            tables.print_table(("name", "service", *_WORDS.values()), map(_row, every))
        return
    found = stage.load(name, own)
    if as_json:
        output.say_json(asdict(found))
        return
    output.say(f"{found.name}: {found.title}")
    tables.print_table(("for", "HTML", "plain text", "how sure", "source"), _tags(found))
    for line in _more(found):
        output.say(line)


def _own(file: Path | None) -> Path:
    """Return the folder of the project's own profiles; outside a project there is none."""
    from digest import config, sources

    try:
        place = file or config.find(Path.cwd())
    except ConfigError:
        return Path("providers")
    return config.load(place, sources.kinds()).profiles


def _row(provider: Provider) -> tuple[str, ...]:
    tags = provider.tags.named()
    short = {"official": "verified", "third-party": "reported", "none": "not verified"}
    return (
        provider.name,
        provider.title,
        *(short[tags[slot].proof] if slot in tags else "-" for slot in _WORDS),
    )


def _tags(provider: Provider) -> Iterator[tuple[str, ...]]:
    tags = provider.tags.named()
    for slot, word in _WORDS.items():
        tag = tags.get(slot)
        if tag is None:
            yield word, "-", "-", "no tag known: the publication's own stands there", ""
        else:
            yield word, tag.html, tag.plain, _PROOF[tag.proof], tag.source


def _more(provider: Provider) -> Iterator[str]:
    if provider.required:
        proof = _PROOF[provider.required_proof]
        slots = ", ".join(_WORDS[slot] for slot in provider.required)
        yield f"Required: {slots} ({proof}{_source(provider.required_source)})"
    if provider.appends:
        yield f"It adds: {provider.appends}"
    limits = provider.limits
    if limits.html_bytes or limits.subject:
        yield f"Limits: HTML {limits.html_bytes or '?'} bytes, subject {limits.subject or '?'}"
    if limits.headers is not None:
        word = "can" if limits.headers else "can't"
        yield f"Headers of ours {word} be sent ({_PROOF[limits.proof]}{_source(limits.source)})"
    for request in provider.requests:
        fill = f"; fill in {', '.join(request.fill)}" if request.fill else ""
        yield f"{request.file}: body of {request.request} ({_PROOF[request.proof]}){fill}"
    if provider.archive:
        yield f"{provider.archive}: the HTML to import"
    if provider.grammar:
        yield f"Watched for in texts: {'  '.join(provider.grammar)}"
    if provider.note:
        yield provider.note


def _source(source: str) -> str:
    return f", {source}" if source else ""
