"""A contract in words: what everybody inside may read, and what is behind the details button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.contracts.dates import last
from handlers.contracts.rules import explain
from handlers.contracts.rules.key_dates import DECIDE_WORKING_DAYS
from handlers.writing import day as written
from handlers.writing import money, percent, plural, weekday_day

if TYPE_CHECKING:
    from datetime import date

    from handlers.contracts.dates import Standing
    from handlers.contracts.rules import KeyDates, Notice
    from handlers.manners import Manners
    from storage.tables import Contract, Member
    from storage.unit import Unit

_ON_PAPER = ("letter", "post", "courier", "mail")


def send_by(dates: KeyDates, today: date, manners: Manners) -> str:
    """`send notice by Wed 29 Mar 2028 (27 days)`, `(today)`, `(3 days late)`."""
    assert dates.deadline is not None
    left = (dates.deadline.send_by - today).days
    what = "send notice" if dates.duty == "notice" else "ask for renewal"
    when = "today" if left == 0 else plural(abs(left), "day", manners=manners) + (" late" if left < 0 else "")
    return f"{what} by {weekday_day(dates.deadline.send_by, manners)} ({when})"


def arrival(dates: KeyDates, manners: Manners, today: date) -> str:
    """`Must arrive Fri 31 Mar · clause date Sat 1 Apr (30 Jun - 90 d)`."""
    assert dates.deadline is not None
    clause, safe, send = dates.deadline
    period = f" - {_period(dates.terms.notice)}" if dates.terms.notice else ""
    end = written(dates.term_end, clause, manners)
    arrives = weekday_day(safe, manners, year=safe.year != send.year)
    return (
        f"Must arrive {arrives} · clause date {weekday_day(clause, manners, year=clause.year != send.year)} "
        f"({end}{period})"
    )


def _period(notice: Notice) -> str:
    """`90 d`, `1 month`, `10 business days`."""
    return f"{notice.count} d" if notice.unit == "day" and not notice.clear_days else str(notice)


def otherwise(dates: KeyDates, manners: Manners) -> str:
    """What happens if nothing is sent; empty where nothing has to be."""
    meaning = _if_missed(dates, manners)
    return f"Otherwise: {meaning}" if meaning else ""


def meaning(dates: KeyDates, manners: Manners) -> str:
    """What it means that the deadline was missed."""
    return f"What it means: {_if_missed(dates, manners)}"


def _if_missed(dates: KeyDates, manners: Manners) -> str:
    if dates.if_missed_end is None:
        return ""
    if dates.duty == "request":
        return f"it ends on {_full(dates.if_missed_end, manners)}"
    more = plural(dates.terms.renewal_months or 0, "more month", manners=manners)
    if dates.if_missed is None:
        return f"{more}, then it ends on {_full(dates.if_missed_end, manners)}"
    return f"{more}; next clause exit {_full(dates.if_missed.clause_date, manners)}"


def method(contract: Contract) -> str:
    """How notice has to be given, as far as the contract says."""
    how = contract.method.strip()
    if not how:
        return "How notice must be given is not recorded: look it up"
    how = how[0].upper() + how[1:]
    on_paper = any(word in how.casefold() for word in _ON_PAPER) and "e-mail" not in how.casefold()
    return f"{how}; e-mail does not count" if on_paper and "email" not in how.casefold() else how


def people(unit: Unit, contract: Contract) -> str:
    """`Owner @one · backup @two`."""
    owner = at(unit.colleagues.by_id(contract.owner_id))
    backup = unit.colleagues.by_id(contract.backup_id) if contract.backup_id else None
    return f"Owner {owner} · " + (f"backup {at(backup)}" if backup else "no backup")


def at(member: Member | None) -> str:
    """A member's name with the sign; plain text, so nobody is called by it."""
    return f"@{member.name or member.external_id}" if member else "@somebody"


def decision_state(standing: Standing, dates: KeyDates, today: date) -> str:
    """Whether a decision is due; never what was decided, nor when a tender would have to start."""
    if standing.decision(dates) is not None:
        return "decision recorded"
    if dates.decision_due is None:
        return ""
    if dates.decision_due < today:
        return "decision is overdue"
    return "decision is due today" if dates.decision_due == today else "decision is open"


def status(standing: Standing, dates: KeyDates) -> str:
    """`Status: undecided, nothing sent`."""
    decided = "decided" if standing.decision(dates) else "undecided"
    asked = last(standing.records, "request", dates.term_end)
    sent = standing.notice or asked
    return f"Status: {decided}, {'sent' if sent else 'nothing sent'}"


def facts(standing: Standing, manners: Manners, today: date) -> list[str]:
    """What a contract says, in a few lines."""
    contract = standing.contract
    assert contract.end is not None
    lines = [f"{_full(contract.start, manners)} to {_full(contract.end, manners)}{_renewal(contract)}"]
    if contract.value is not None:
        lines.append(
            f"{money(contract.value, contract.currency, manners)} a year{_uplift(contract, manners)}"
        )
    if standing.notice is not None:
        lines.append(_notice(standing, manners))
    else:
        lines += _what_comes(standing.ahead, manners, today)
    return [line for line in lines if line]


def _what_comes(dates: KeyDates, manners: Manners, today: date) -> list[str]:
    if dates.deadline is None:
        ends = "ended" if dates.term_end < today else "ends"
        return [f"It {ends} on {weekday_day(dates.term_end, manners)}: nothing has to be sent"]
    if dates.deadline.clause_date < today:  # a request that nobody sent; after a notice the next term counts
        return [_missed(dates, manners)]
    said = send_by(dates, today, manners)
    return [said[0].upper() + said[1:], arrival(dates, manners, today), otherwise(dates, manners)]


def _notice(standing: Standing, manners: Manners) -> str:
    row = standing.notice
    assert row is not None
    given = f" on {_full(row.day, manners)}" if row.day else ""
    how = f" by {row.value}" if row.value else ""
    return f"Notice was given{given}{how}: it ends on {_full(standing.now.term_end, manners)}"


def _renewal(contract: Contract) -> str:
    if contract.renewal == "none":
        return ", no renewal"
    times = (
        f", {plural(contract.renewal_times, 'time')} at most" if contract.renewal_times is not None else ""
    )
    how = "renews by" if contract.renewal == "automatic" else "on request"
    return f", {how} {plural(contract.renewal_months or 0, 'month')}{times}"


def _uplift(contract: Contract, manners: Manners) -> str:
    if contract.uplift_cap is not None:
        return f" · uplift at most {percent(contract.uplift_cap, manners)}"
    return f" · uplift: {contract.uplift_rule}" if contract.uplift_rule else ""


def missed_line(standing: Standing, manners: Manners) -> str:
    """What a missed deadline means."""
    return _missed(standing.now, manners)


def _missed(dates: KeyDates, manners: Manners) -> str:
    assert dates.deadline is not None
    when = _full(dates.deadline.clause_date, manners)
    return f"The deadline of {when} was missed. {meaning(dates, manners)}"


def details(standing: Standing, dates: KeyDates, manners: Manners, today: date, *, full: bool) -> list[str]:
    """What is for one person alone: when a tender has to start, and, where `full`, what was decided and recorded."""
    lines = []
    if dates.tender_start is not None:
        had = "had to" if dates.tender_start < today else "has to"
        lines.append(f"A tender {had} start by {_full(dates.tender_start, manners)}")
    if dates.deadline is not None:
        ten = dates.calendar.minus(dates.deadline.send_by, DECIDE_WORKING_DAYS)
        lines.append(f"{DECIDE_WORKING_DAYS} working days before send-by is {_full(ten, manners)}")
    decision = standing.decision(dates)
    if full and decision is not None:
        when = _full(decision.at.astimezone(manners.tz).date(), manners)
        lines.append(f"Decided on {when}: {decision.value}")
        lines += [f"Why: {decision.reason}"] if decision.reason else []
    notice = standing.notice
    if notice is not None and notice.proof:
        lines.append(f"Proof of notice: {notice.proof}")
    return [*lines, *explain(dates, manners)]


def _full(when: date, manners: Manners) -> str:
    return written(when, type(when).min, manners)
