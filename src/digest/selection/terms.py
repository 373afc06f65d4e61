"""What a choice is made by."""

from __future__ import annotations

from dataclasses import dataclass, field

from digest.model import Others, Rules, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The window, the rules, and what the other issues did.

    The ids in *pinned* are in whatever their date says, because an editor put them there.
    """

    window: Window
    others: Others = field(default_factory=Others)
    pinned: frozenset[str] = frozenset()
    rules: Rules = field(default_factory=Rules)
