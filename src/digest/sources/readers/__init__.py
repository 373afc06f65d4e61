"""Readers, one file for each format, found by their ``READER``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from digest.plugins import found
from digest.sources.raw import Reader


@cache
def readers() -> Mapping[str, Reader]:
    """Return the reader of each suffix; one that another package adds wins over ours."""
    every: tuple[Reader, ...] = found(__name__, "READER", "digest.readers")
    return {suffix: reader for reader in every for suffix in reader.suffixes}
