"""Write a mail as the files that a provider takes: pages, texts, JSON bodies, a ZIP file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from digest.model import Mail, Provider, Publication

WORDS = frozenset(
    f"={word}"
    for word in (
        "html", "text", "subject", "preheader", "name", "slug", "sender_name", "sender_email",
        "null",
    )
)  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP file can hold


def files_of(
    mail: Mail, provider: Provider, slug: str, publication: Publication
) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes; the same mail always makes the same."""
    yield "digest.html", mail.html.encode()
    yield "digest.txt", mail.text.encode()
    yield "subject.txt", f"{mail.subject}\n".encode()
    yield "preheader.txt", f"{mail.preheader}\n".encode()
    words = {
        "=html": mail.html,
        "=text": mail.text,
        "=subject": mail.subject,
        "=preheader": mail.preheader,
        "=name": f"{publication.name} {slug}",
        "=slug": slug,
        "=sender_name": publication.sender.name,
        "=sender_email": publication.sender.email,
    }
    for request in provider.requests:
        body = _filled(request.body, words)
        yield request.file, (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()
    if provider.archive:
        yield provider.archive, _zipped("index.html", mail.html.encode())


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(each, words) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(each, words) for each in value]
    if value == "=null":  # TOML has no such value
        return None
    return words.get(value, value) if isinstance(value, str) else value


def _zipped(name: str, data: bytes) -> bytes:
    import io  # zipfile takes 10 ms to load, and most builds make no ZIP file
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, data)
    return made.getvalue()
