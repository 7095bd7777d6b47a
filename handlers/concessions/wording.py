"""What the concession log says, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.concessions.rules import is_gift, track
from handlers.figures import cut, flow, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from handlers.concessions.rules import Alarm, Entry, Side, Step, Track
    from handlers.facts import Facts
    from handlers.figures import Figures
    from handlers.terms.rules import TermSpec

NOTHING = "! nothing"


def main_tracks(facts: Facts, term: TermSpec | None) -> dict[Side, Track]:
    """Both sides' movement on the main term, as far as they said anything on it."""
    if term is None:
        return {}
    sides: tuple[Side, Side] = ("theirs", "ours")
    found = {side: track(side, term, facts.offers, facts.log) for side in sides}
    return {side: one for side, one in found.items() if one is not None}


def stand_off(term: TermSpec | None, tracks: dict[Side, Track], figures: Figures) -> str:
    """`price 3.68 <-> 3.80`: ours and theirs."""
    if term is None or len(tracks) < 2:
        return ""
    ours, theirs = (figures.value(term, tracks[side].values[-1]) for side in ("ours", "theirs"))
    return f"{short(term.name)} {ours} <-> {theirs}"


def so_far_lines(term: TermSpec | None, tracks: dict[Side, Track], figures: Figures) -> tuple[str, ...]:
    """`Price so far: they 0.32 = 9,600 EUR/yr · we 0.23 = 6,900 EUR/yr`."""
    said = [
        f"{who} {_way(term, tracks[side], figures)}"
        for side, who in _who(tracks)
        if tracks[side].given is not None
    ]
    if term is None or not said:
        return ()
    return flow([f"{term.name[:1].upper()}{cut(term.name, 20)[1:]} so far: {said[0]}", *said[1:]])


def _who(tracks: dict[Side, Track]) -> list[tuple[Side, str]]:
    pairs: tuple[tuple[Side, str], ...] = (("theirs", "they"), ("ours", "we"))
    return [(side, who) for side, who in pairs if side in tracks]


def _way(term: TermSpec | None, one: Track, figures: Figures) -> str:
    assert one.given is not None
    money = "" if one.money is None or one.given == 0 else f" = {figures.yearly(one.money)}"
    return f"{figures.value(term, one.given)}{money}" if one.given else "0"


def share_lines(term: TermSpec | None, tracks: dict[Side, Track], figures: Figures) -> tuple[str, ...]:
    """`Share of range: they 56 % (guess 3.55) · we 38 %`. Theirs rests on a guess, and says so."""
    said = []
    for side, who in _who(tracks):
        used = tracks[side].range_used
        if used is None or term is None:
            continue
        guess = f" (guess {figures.value(term, term.their_stop)})" if tracks[side].guess else ""
        said.append(f"{who} {figures.share(used)}{guess}")
    if not said or term is None:
        return ()
    if "theirs" in tracks and tracks["theirs"].range_used is None:
        said.append("theirs: no guess of their stop")
    return flow([f"Share of range: {said[0]}", *said[1:]])


def step_lines(term: TermSpec | None, tracks: dict[Side, Track], figures: Figures) -> tuple[str, ...]:
    """`Our steps 0.13, 0.10: shrinking. Theirs 0.17, 0.15`."""
    ours, theirs = (tracks[side].sizes if side in tracks else () for side in ("ours", "theirs"))
    said = []
    if ours:
        pattern = tracks["ours"].pattern
        said.append(f"Our steps {_sizes(term, ours, figures)}" + (f": {pattern}." if pattern else "."))
    if theirs:
        said.append(f"{'Theirs' if ours else 'Their steps'} {_sizes(term, theirs, figures)}")
    return flow(said, " ")


def _sizes(term: TermSpec | None, sizes: Sequence[Decimal], figures: Figures) -> str:
    return ", ".join(figures.value(term, size) for size in sizes[-5:])


# ---- entries ----


def row(entry: Entry, facts: Facts, figures: Figures) -> tuple[str, str, str]:
    """An entry as a row of the table: number, what we gave, what came back."""
    ours = moved(entry.ours, entry.our_favour, facts.terms, figures)
    theirs = moved(entry.theirs, entry.their_favour, facts.terms, figures)
    if not theirs:
        theirs = NOTHING if is_gift(entry, facts.terms) else "nothing"
    return str(entry.number), cut(ours or "nothing", 29), cut(theirs, 25)


def moved(steps: Sequence[Step], favour: str, terms: Iterable[TermSpec], figures: Figures) -> str:
    """`lead 21 -> 28, cap 0 -> 2`, with favours behind."""
    by_name = {term.name: term for term in terms}
    said = [_step(step, by_name.get(step.term), figures) for step in steps]
    return ", ".join([*said, *([favour] if favour else [])])


def _step(step: Step, term: TermSpec | None, figures: Figures) -> str:
    before = "" if step.before is None else f"{figures.value(term, step.before)} -> "
    return f"{short(step.term)} {before}{figures.value(term, step.after)}"


def alarm_lines(alarms: Iterable[Alarm], facts: Facts, figures: Figures) -> Iterator[str]:
    """What deserves a word, kindly."""
    terms = {term.name: term for term in facts.terms}
    for alarm in alarms:
        term = terms.get(alarm.term)
        name = short(alarm.term)
        stop = figures.value(term, term.stop) if term else ""
        target = figures.value(term, term.target) if term else ""
        yield cut(
            {
                "given for nothing": "Nothing came back: ask for something small while it is fresh",
                "steps grow": f"{name}: a larger step than the last one; smaller ones serve us",
                "past target": f"{name}: past our target of {target}",
                "near stop": f"{name}: close to our stop of {stop}",
                "past stop": f"{name}: past our stop of {stop}",
                "wrong way": f"{name}: that moves away from the other side. Is it meant so?",
                "before differs": f"{name}: on record it stood at {figures.value(term, alarm.recorded)}",
            }[alarm.code]
        )
