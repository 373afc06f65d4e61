"""Play a publication week by week over the real stages, without reading or drawing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from builders import publication
from digest import issues, selection
from digest.errors import NothingToSend
from digest.issues import Wish
from digest.model import Article, Rules

UTC = ZoneInfo("UTC")


@dataclass(kw_only=True)
class Desk:
    """A folder of issues, and the rules that they are made by."""

    folder: Path
    rules: Rules = field(default_factory=Rules)
    zone: ZoneInfo = UTC

    def build(self, articles: Iterable[Article], now: datetime, **wish: Any) -> str | None:
        """Build the issue of *now* and return its slug; ``None`` where there is nothing to send."""
        try:
            plan = issues.plan(self.folder, Wish(**wish), now, self.zone)
            edited = issues.load_issue(plan, self.folder)
            pins = edited.pinned
            terms = selection.Terms(
                window=plan.window, others=plan.others, pinned=pins, rules=self.rules
            )
            decisions = selection.choose(articles, terms)
            made = issues.generate(decisions, {}, plan, publication(), self.rules.sections)
            merged = issues.merge(edited, made, decisions, publication())
        except NothingToSend:
            return None
        if selection.lack(merged.issue, decisions, self.rules.minimum):
            return None
        facts = issues.facts(merged, decisions, selection.problems(decisions, terms))
        files = issues.files(merged, facts)
        issues.write_all(self.folder / plan.slug, files, edited.seen)
        return plan.slug

    def publish(self, slug: str) -> None:
        """Write that the issue *slug* is out, as an editor does."""
        path = self.folder / slug / "issue.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('status = "draft"', 'status = "published"'), encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return all files by name."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    def report(self, slug: str) -> dict[str, Any]:
        """Return the report of the issue *slug*."""
        found: dict[str, Any] = json.loads((self.folder / slug / "report.json").read_bytes())
        return found

    def sent(self, slug: str) -> list[str]:
        """Return the ids of the articles that the issue *slug* holds."""
        return [item["id"] for item in self.report(slug)["items"]]

    def why(self, slug: str) -> dict[str, str]:
        """Return the reason of each decision in the report of the issue *slug*."""
        return {each["id"]: each["reason"] for each in self.report(slug)["decisions"]}
