"""The concession log as parts: the summary with its last entries, and all entries page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.batna.standing import position
from handlers.concessions import wording
from handlers.concessions.rules import alarms, corrected_by, effective, is_gift
from handlers.facts import gather
from handlers.figures import Figures, cut
from handlers.offers.next_move import next_line, next_trade
from handlers.plan_choice import ref
from handlers.terms.rules import main_term
from handlers.turn import Choice, Choices, Heading, Note, Table, Text, Warn
from handlers.writing import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.command import Turn
    from handlers.concessions.rules import Entry
    from handlers.facts import Facts, Source
    from handlers.turn import Part

MOST = 14
PAGE = 6


def log_parts(turn: Turn, source: Source) -> tuple[Part, ...]:
    """The summary: how far each side moved, the last entries, the pattern, the next planned trade."""
    facts = gather(source, turn.settings)
    figures = Figures.of(source.plan, turn.manners, turn.today)
    term = main_term(facts.terms)
    tracks = wording.main_tracks(facts, term)
    heads = (cut(source.plan.supplier, 30), figures.day(turn.today), wording.stand_off(term, tracks, figures))
    entries = effective(facts.log)
    above = (
        *wording.so_far_lines(term, tracks, figures),
        *wording.share_lines(term, tracks, figures),
    )
    below = (
        *wording.step_lines(term, tracks, figures),
        *next_line(next_trade(facts, position(facts, "theirs"))),
    )
    room = MOST - 3 - len(above) - len(below)
    shown = entries if len(entries) <= room else entries[-(room - 1) :]
    parts: list[Part] = [Heading(" · ".join(filter(None, heads)))]
    parts += [Text(above)] if above else []
    parts.append(_table(shown, facts, figures) if entries else _empty(source))
    if len(shown) < len(entries):
        parts.append(
            Note((f"{plural(len(entries) - len(shown), 'older entry', 'older entries')} not shown",))
        )
    parts += [Text(below)] if below else []
    hidden, moved = len(shown) < len(facts.log), bool(tracks)
    return (*parts, _buttons(source, entries, facts, hidden=hidden, moved=moved))


def _table(entries: Sequence[Entry], facts: Facts, figures: Figures) -> Table:
    rows = tuple(wording.row(entry, facts, figures) for entry in entries)
    return Table(("#", "WE", "FOR"), rows, frozenset((0,)))


def _empty(source: Source) -> Text:
    name = cut(source.plan.supplier, 20)
    return Text(("Nothing logged yet. For example:", f"  give {name} price 3.45 -> 3.58 for cap 4 -> 3"))


def _buttons(source: Source, entries: Sequence[Entry], facts: Facts, *, hidden: bool, moved: bool) -> Choices:
    """`hidden`: there are entries that are not shown; `moved`: somebody said something on the main term."""
    plan = ref(source.plan.id)
    options: list[Choice] = []
    if source.may_edit:
        options.append(Choice("Log", f"give {plan}"))
    doubtful = next((entry for entry in reversed(entries) if is_gift(entry, facts.terms)), None)
    last = doubtful or (entries[-1] if entries else None)
    if last is not None and source.may_edit:
        options.append(Choice(f"Correct #{last.number}", f"log {plan} correct {last.number}"))
    if hidden:
        options.append(Choice("All entries", f"log {plan} all"))
    options.append(Choice("Chart", f"chart {plan}") if moved else Choice("BATNA", f"batna {plan}"))
    return Choices(tuple(options))


def entry_parts(turn: Turn, source: Source, number: int) -> tuple[Part, ...]:
    """What was just logged, with a kind word where one is due, and how both sides stand now."""
    facts = gather(source, turn.settings)
    figures = Figures.of(source.plan, turn.manners, turn.today)
    entry = next(one for one in effective(facts.log) if one.number == number)
    found = [alarm for alarm in alarms(facts.terms, facts.offers, facts.log) if alarm.entry == number]
    term = main_term(facts.terms)
    tracks = wording.main_tracks(facts, term)
    lines = (
        cut(f"We: {wording.moved(entry.ours, entry.our_favour, facts.terms, figures) or 'nothing'}"),
        cut(f"They: {wording.moved(entry.theirs, entry.their_favour, facts.terms, figures) or 'nothing'}"),
        *wording.so_far_lines(term, tracks, figures),
    )
    warnings = tuple(dict.fromkeys(wording.alarm_lines(found, facts, figures)))
    following = next_line(next_trade(facts, position(facts, "theirs")))
    plan = ref(source.plan.id)
    instead = "" if entry.corrects is None else f", in place of #{entry.corrects}"
    return (
        Heading(f"{cut(source.plan.supplier, 30)} · logged as #{number}{instead}"),
        Text(lines),
        *((Warn(warnings),) if warnings else ()),
        *((Text(following),) if following else ()),
        Choices(
            (
                Choice("Show log", f"log {plan}"),
                Choice(f"Correct #{number}", f"log {plan} correct {number}"),
                Choice("Undo", f"undo {plan} #{number}"),
            )
        ),
    )


def all_parts(turn: Turn, source: Source, page: int) -> tuple[Part, ...]:
    """Every entry as it was written, corrections among them, the newest page first."""
    figures = Figures.of(source.plan, turn.manners, turn.today)
    facts = gather(source, turn.settings)
    pages = max(1, -(-len(facts.log) // PAGE))
    page = min(max(page, 1), pages)
    end = len(facts.log) - (page - 1) * PAGE
    who = {str(member.id): member.name for member in turn.unit.colleagues.all()}
    newer = corrected_by(facts.log)
    lines: list[str] = []
    for entry in facts.log[max(0, end - PAGE) : end]:
        lines += _entry_lines(entry, facts, who.get(entry.by) or "somebody", newer, figures)
    plan = ref(source.plan.id)
    options = [Choice("Older", f"log {plan} all {page + 1}")] if page < pages else []
    options += [Choice("Newer", f"log {plan} all {page - 1}")] if page > 1 else []
    heading = Heading(f"{cut(source.plan.supplier, 30)} · log, page {page} of {pages}")
    return (
        heading,
        Text(tuple(lines) or ("Nothing logged yet.",)),
        Choices((*options, Choice("Summary", f"log {plan}"))),
    )


def _entry_lines(
    entry: Entry, facts: Facts, who: str, newer: dict[int, int], figures: Figures
) -> tuple[str, str]:
    """`#2 25 Mar, Ann` with what it corrects or was corrected by, and what moved."""
    day = figures.day(entry.at.astimezone(figures.manners.tz).date())
    notes = [f"#{entry.number} {day}, {cut(who, 20)}"]
    if entry.corrects is not None:
        notes.append(f"in place of #{entry.corrects}")
    if entry.number in newer:
        notes.append(f"corrected by #{newer[entry.number]}")
    if entry.empty:
        return cut(", ".join(notes)), "  taken back"
    ours = wording.moved(entry.ours, entry.our_favour, facts.terms, figures)
    theirs = wording.moved(entry.theirs, entry.their_favour, facts.terms, figures)
    moved, back = (ours, theirs) if entry.mover == "ours" else (theirs, ours)
    text = f"{'we' if entry.mover == 'ours' else 'they'}: {moved} for {back or 'nothing'}"
    return cut(", ".join(notes)), f"  {cut(text, 62)}"
