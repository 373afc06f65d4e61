"""Prove that a teaser says nothing that its article doesn't."""

from __future__ import annotations

import re
import unicodedata

from digest.model import Article
from digest.teasers.tidy import tidy
from digest.text.languages import spoken
from digest.text.sentences import sentences

_NO_LETTER = re.compile(r"[\W_]+")


def not_in_article(text: str, article: Article, language: str) -> tuple[str, ...]:
    """Return the sentences of the teaser *text* that don't stand in *article*.

    Letters and digits are compared, in their order, without case and marks: a sentence
    stands in the article if it is a part of one paragraph, or of its summary. *language*
    is a BCP 47 tag, for an article that doesn't say its own.
    """
    tag = spoken(article.language or language, text).tag
    texts = (article.summary or "", *(paragraph.text for paragraph in article.body))
    known = [_letters(tidy(each)) for each in texts]
    return tuple(
        sentence
        for sentence in sentences(text, tag)
        if not any(_letters(sentence) in each for each in known)
    )


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())
