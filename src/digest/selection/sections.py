"""Lay the chosen articles into sections, and say of each that found no place why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.model import Decision, SectionSpec
from digest.selection.matching import meets
from digest.selection.stories import length
from digest.selection.terms import Terms

USUAL = (
    SectionSpec(title="lead", layout="lead", limit=1),
    SectionSpec(title="stories", catch_all=True),
    SectionSpec(title="news", layout="headlines"),
)
_STAYING = ("put in", "pinned")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """The places that one section took in its order, and why it refused others."""

    taken: list[int]
    refused: dict[int, str]


def placed(decisions: Sequence[Decision], terms: Terms) -> tuple[Decision, ...]:
    """Return *decisions*, the taken ones with their sections, in the order of readers.

    Sections choose in their order, the catch-all last of all; what one can't take goes on
    to the next whose rule it meets. Pinned articles come first, and those that an author or
    an editor put in stay in: over all limits, in the last section that refused them, but
    never beside the lead, and what an editor put in never is the lead: to bring a story
    back must not change what the issue is about.
    """
    sections = terms.rules.sections or USUAL
    left = [place for place, each in enumerate(decisions) if each.taken]
    filled: dict[int, list[int]] = {}
    refusals: dict[int, tuple[int, str]] = {}
    for number in sorted(range(len(sections)), key=lambda number: sections[number].catch_all):
        one = _fill(sections[number], left, decisions, terms)
        filled[number] = one.taken
        refusals |= {place: (number, why) for place, why in one.refused.items()}
        left = [place for place in left if place not in set(one.taken)]
    for place in [place for place in left if decisions[place].rule in _STAYING]:
        number = refusals[place][0] if place in refusals else _last_resort(sections)
        if sections[number].layout == "lead":
            number = _last_resort(sections)
        filled[number].append(place)
        left.remove(place)
    inside = [
        replace(decisions[place], section=sections[number].title)
        for number in sorted(filled)
        for place in _ordered(sections[number], filled[number], decisions)
    ]
    outside = [each for each in decisions if not each.taken]
    outside += [_without_place(decisions[place], refusals.get(place), terms) for place in left]
    return (*inside, *sorted(outside, key=newest_first))


def newest_first(decision: Decision) -> tuple[float, str, str, str]:
    """Return the key of the order by date; ties keep that of titles, then of ids."""
    article = decision.article
    newest = -article.published.timestamp() if article.published else float("inf")
    return newest, article.title, article.id, article.where


def _fill(
    spec: SectionSpec, left: Sequence[int], decisions: Sequence[Decision], terms: Terms
) -> _Filled:
    language = terms.rules.language
    able = [
        place
        for place in left
        if meets(decisions[place].article, spec, language)
        and not (spec.layout == "lead" and decisions[place].rule == "put in")
    ]
    counts: Counter[str] = Counter()
    taken: list[int] = []
    refused: dict[int, str] = {}
    in_order = _ordered(spec, able, decisions)
    for place in sorted(in_order, key=lambda place: _precedence(decisions[place])):
        source = decisions[place].article.source
        if full := _over(spec, len(taken), counts[source]):
            refused[place] = full
            continue
        taken.append(place)
        counts[source] += 1
    if len(taken) < spec.minimum:
        why = f'"{spec.title}" is made of {spec.minimum} or more, and has {len(taken)}'
        return _Filled(taken=[], refused=dict.fromkeys(able, why))
    return _Filled(taken=taken, refused=refused)


def _ordered(spec: SectionSpec, places: Sequence[int], decisions: Sequence[Decision]) -> list[int]:
    return sorted(places, key=lambda place: _order(spec, decisions[place]))


def _over(spec: SectionSpec, taken: int, of_source: int) -> str | None:
    if spec.limit is not None and taken >= spec.limit:
        return f'over the limit of {spec.limit} in "{spec.title}"'
    if spec.per_source is not None and of_source >= spec.per_source:
        return f'over the limit of {spec.per_source} from one source in "{spec.title}"'
    return None


def _precedence(decision: Decision) -> int:
    """Return who is asked first: pinned articles, then those that fell over a limit before."""
    return {"pinned": 0, "rolled over": 1}.get(decision.rule, 2)


def _order(spec: SectionSpec, decision: Decision) -> tuple[object, ...]:
    article = decision.article
    newest, *ties = newest_first(decision)
    first: dict[str, tuple[float, ...]] = {
        "newest": (),
        "oldest": (-newest,),
        "rank": (float("inf") if article.rank is None else article.rank,),
        "longest": (-length(article),),
    }
    return (decision.rule != "pinned", *first[spec.order], newest, *ties)


def _last_resort(sections: Sequence[SectionSpec]) -> int:
    """Return the section for pinned articles that no rule takes: the catch-all, or the last."""
    catching = [number for number, spec in enumerate(sections) if spec.catch_all]
    return (catching or [len(sections) - 1])[0]


def _without_place(decision: Decision, refusal: tuple[int, str] | None, terms: Terms) -> Decision:
    if refusal is None:
        reason = "in no section: no rule takes it, and there is no catch-all"
        return replace(decision, taken=False, rule="no section", reason=reason)
    reason = refusal[1]
    if not terms.rules.rollover:
        return replace(decision, taken=False, rule="limit", reason=reason)
    if decision.rule == "rolled over":
        reason = f"{reason}, for the second time"
        return replace(decision, taken=False, rule="limit", reason=reason)
    reason = f"{reason}; rolls over to the next issue"
    return replace(decision, taken=False, rule="rolls over", reason=reason)
