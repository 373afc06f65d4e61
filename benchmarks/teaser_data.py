"""Read the shared data as articles, with the summaries that people wrote for them."""

from __future__ import annotations

import gzip
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from digest import sources  # noqa: E402 - after the path
from digest.model import Article, Paragraph, SourceSpec  # noqa: E402

_LINK = re.compile(r"\[([^\]]*)\]\((?:\{\{.*?\}\}[^)]*|[^()]*)\)")
_SHORTCODE = re.compile(r"\{\{.*?\}\}")
LEAST_REFERENCE = 40  # characters; shorter summaries are labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article, and the summary that a person wrote for it where there is one."""

    article: Article
    reference: str | None = None

    @property
    def prose(self) -> str:
        """Return the text as a rival gets it: the plain paragraphs, without shortcodes."""
        texts = (each.text for each in self.article.body if each.kind == "text")
        return _SHORTCODE.sub("", _LINK.sub(r"\1", " ".join(texts))).strip()

    @property
    def source(self) -> str:
        """Return all text that a teaser may take its words from."""
        article = self.article
        return " ".join([article.summary or "", *(each.text for each in article.body)])


def load(data: Path) -> dict[str, tuple[Sample, ...]]:
    """Return the samples of each set under *data*; the summaries of digitalgov are hidden."""
    return {
        "pages": tuple(Sample(article=each) for each in _pages(data / "pages")),
        "summaries/cnndm": tuple(_pairs(data, "cnndm")),
        "summaries/xsum": tuple(_pairs(data, "xsum")),
        "digitalgov": tuple(map(_hidden, _folder(data / "posts" / "digitalgov"))),
        "posts/rust": tuple(Sample(article=each) for each in _folder(data / "posts" / "rust")),
        "posts/nodejs": tuple(Sample(article=each) for each in _folder(data / "posts" / "nodejs")),
    }


def _folder(folder: Path) -> tuple[Article, ...]:
    spec = SourceSpec(kind="path", target=str(folder))
    context = sources.ReadContext(root=folder.parent, zone=ZoneInfo("UTC"), language="en")
    return sources.read((spec,), context).articles


def _pages(folder: Path) -> tuple[Article, ...]:
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "pages"
        target.mkdir()
        for path in sorted(folder.glob("*.html.gz")):
            (target / path.name.removesuffix(".gz")).write_bytes(gzip.decompress(path.read_bytes()))
        return _folder(target)


def _pairs(data: Path, name: str) -> Iterator[Sample]:
    with gzip.open(data / "summaries" / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            if pair["set"] == name:
                text = " ".join(pair["article"].split())
                yield Sample(
                    article=Article(
                        id=pair["id"],
                        title="",
                        source=name,
                        where=pair["id"],
                        language="en",
                        body=(Paragraph(text=text),),
                    ),
                    reference=pair["summary"],
                )


def _hidden(article: Article) -> Sample:
    summary = article.summary or ""
    known = summary if len(summary) >= LEAST_REFERENCE and article.body else None
    return Sample(article=replace(article, summary=None), reference=known)
