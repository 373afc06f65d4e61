"""The bytes of one file and all that is known of them before they are understood."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from digest.errors import ReadError
from digest.model import Article

LONGEST_LINE = 1_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DATE = r"\d{4}-\d{1,2}-\d{1,2}|(?:19|20)\d{6}"
_LEADING_DATE = re.compile(rf"^(?:{_DATE})(?:[-_ .]+|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One file as bytes, for a reader.

    *path* is the path below the source's folder, with forward slashes. *language* is the
    publication's, *own_language* what the source says of its articles, if it does.
    """

    data: bytes
    where: str
    source: str
    path: str
    zone: ZoneInfo
    language: str = "en"
    own_language: str | None = None
    url_pattern: str | None = None

    @property
    def id(self) -> str:
        """Return the id of an article that doesn't say one itself."""
        return f"{self.source}/{self.path}"

    @property
    def stem(self) -> str:
        """Return the file's name without suffix; an index file is named by its folder."""
        parts = self.path.split("/")
        stem = parts[-1].rpartition(".")[0] or parts[-1]
        return parts[-2] if stem.lower() == "index" and len(parts) > 1 else stem

    @property
    def slug(self) -> str:
        """Return the stem without the date that it may begin with."""
        return _LEADING_DATE.sub("", self.stem) or self.stem

    @property
    def title(self) -> str:
        """Return a title made of the file's name, for an article that has none."""
        words = " ".join(re.split(r"[-_\s]+", self.slug)).strip()
        return words[:1].upper() + words[1:] or self.path

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that its dates may be written in, the likeliest first."""
        return (self.own_language or self.language, self.language)

    def text(self) -> str:
        """Return the bytes as text: line feeds between lines, no byte order mark.

        Raises:
            ReadError: They aren't UTF-8 or marked UTF-16, or no prose: a line is longer
                than a million characters.
        """
        encoding = next((name for mark, name in _MARKS if self.data.startswith(mark)), "utf-8")
        try:
            text = self.data.decode(encoding)
        except UnicodeDecodeError as error:
            raise ReadError(self.where, "isn't text", "save it as UTF-8") from error
        self.refuse_binary(text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        longest = max(map(len, text.split("\n")))
        if longest > LONGEST_LINE:
            raise ReadError(self.where, f"has a line of {longest:,} characters, which is no prose")
        return text

    def refuse_binary(self, text: str) -> None:
        """Let *text* pass if it can be text.

        Raises:
            ReadError: It holds a NUL.
        """
        if "\0" in text:
            raise ReadError(self.where, "isn't text", "it holds NUL bytes")


class Reader(Protocol):
    """Understand one file format."""

    @property
    def suffixes(self) -> frozenset[str]:
        """Return the suffixes of its files, in lower case and with their dot."""

    def read(self, page: Raw) -> tuple[Article, ...]:
        """Return the articles in *page*, most often one.

        Raises:
            ReadError: It can't be understood.
        """
