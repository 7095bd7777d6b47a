"""Leads, and the list of people with full accounts who count as outside."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.errors import Misread, Refused, Unknown
from handlers.figures import cut
from handlers.gate import OutsideEntry, mail_domain
from handlers.people import member_named, person_named
from handlers.reading.names import match, normal
from handlers.reading.plain import excerpt, read_member
from handlers.settings.reading import read_switch
from handlers.settings.rights import FIRST, keep_for_all, must_set_for_all
from handlers.turn import Address, Heading, Mark, Note, Preview, Reply, Send, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.command import Turn

_REMOVE = re.compile(r"^(?:remove|delete|without|not|-)\s+", re.IGNORECASE)
_ADD = re.compile(r"^(?:add|\+)\s+", re.IGNORECASE)
_FOR = re.compile(r"\s+for(?:\s+(?P<supplier>.+))?$", re.IGNORECASE | re.DOTALL)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_MOST, _MOST_TOLD = 200, 500
_OUTSIDE = "settings outside supplier-domain.example for Acme"


# ---- leads ----


def lead(turn: Turn, text: str) -> Reply:
    """`lead @x`, `lead remove @x`; without anybody, who the leads are."""
    if not text:
        return Reply(
            (Heading("Leads"), Text((names_of(turn, turn.settings.leads) or "nobody yet",))), mark=Mark.INSIDE
        )
    kept = turn.unit.colleagues.workspace_settings()
    must_set_for_all(turn, kept)
    name = _ADD.sub("", _REMOVE.sub("", text)).strip()
    leads = [*kept.get("leads", ())] or [turn.incoming.speaker.id]
    if _REMOVE.match(text):
        return _without(turn, leads, name)
    member = member_named(turn, name)
    is_new = member.external_id not in leads
    leads += [member.external_id] if is_new else []
    keep_for_all(turn, {"leads": leads})
    reads = turn.settings.leads_read_plans
    may = "They may change the settings of the workspace" + (", and read every plan." if reads else ".")
    sends = _announcement(turn, leads) if reads and is_new else ()
    return replace(_said(f"Leads: {names_of(turn, leads)}", may), sends=sends)


def _without(turn: Turn, leads: list[str], name: str) -> Reply:
    removed = _listed_lead(turn, leads, name)
    if removed is None:
        raise Unknown(f"I know no lead called {cut(name, 40)}.", example="settings lead")
    if len(leads) == 1:
        raise Refused("Somebody has to be the lead. Add another one first.", example="settings lead @ben")
    left = [each for each in leads if each != removed]
    keep_for_all(turn, {"leads": left})
    return _said(f"Leads: {names_of(turn, left)}")


def _listed_lead(turn: Turn, leads: list[str], name: str) -> str | None:
    """Which of the leads is meant, whatever the platform says of them now: who has left must be removable."""
    if name.casefold() in {"me", "myself", "@me"}:
        return turn.incoming.speaker.id if turn.incoming.speaker.id in leads else None
    named = read_member(name)
    if named.id is not None:
        return named.id if named.id in leads else None
    known = {row.external_id: row.name for row in turn.unit.colleagues.all()}
    found = match(named.name or "", {each: [known.get(each, ""), each] for each in leads})
    return found.one if found.sure else None


def leads_read_plans(turn: Turn, text: str) -> Reply:
    """Whether leads read every plan. Everybody is told when it is turned on."""
    example = "settings leads read plans on"
    if not text:
        state = "on" if turn.settings.leads_read_plans else "off"
        return _said(f"Leads read plans: {state}", f"To change it: {example}")
    on, was_on = read_switch(text, example), turn.settings.leads_read_plans
    keep_for_all(turn, {"leads_read_plans": on or None})
    if on and was_on:
        return _said("Leads read plans: on")
    if not on:
        return _said("Leads read only the plans that are shared with them.")
    reply = _said(
        "Leads can read every plan now.",
        "I have told everybody here, and each owner is told when a plan starts.",
    )
    leads = turn.settings.leads or (turn.incoming.speaker.id,)
    return replace(reply, sends=_announcement(turn, leads))


def _announcement(turn: Turn, leads: Sequence[str]) -> tuple[Send, ...]:
    """To everybody else here: somebody can read their plans from now on."""
    who = names_of(turn, leads)
    lines = (f"From now on the leads of this workspace can read every plan: {who}.",)
    said = Reply((Text(lines),), mark=Mark.INSIDE, preview=Preview.NOTICE)
    others = [row.external_id for row in turn.unit.colleagues.all() if row.external_id not in leads]
    return tuple(Send(Address(each, direct=True), said) for each in others[:_MOST_TOLD])


def names_of(turn: Turn, external_ids: Sequence[str]) -> str:
    """The names of members, parted by commas. Whoever Prep has not met yet the platform knows by name."""
    names = {row.external_id: row.name for row in turn.unit.colleagues.all()}
    return ", ".join(names.get(each) or f"<@{each}>" for each in external_ids)


# ---- who counts as outside ----


def outside(turn: Turn, text: str) -> Reply:
    """`outside @x`, `outside DOMAIN for SUPPLIER`, `outside remove ...`; without words, the list, for the leads."""
    kept = turn.unit.colleagues.workspace_settings()
    must_set_for_all(turn, kept)
    listed = [OutsideEntry(**entry) for entry in kept.get("outside", ())]
    if not text:
        return _said(*(_line(turn, entry) for entry in listed), note=f"To add: {_OUTSIDE}")
    removes = bool(_REMOVE.match(text))
    entry = _entry(turn, _ADD.sub("", _REMOVE.sub("", text)), removes=removes)
    after = _removed(listed, entry) if removes else _added(turn, listed, entry)
    first = keep_for_all(turn, {"outside": [_kept(each) for each in after] or None})
    lines = [_line(turn, each) for each in after[-8:]] or ["Nobody."]
    head = "no longer counts as outside." if removes else "counts as outside from now on."
    told = (FIRST,) if first else ()
    return _said(f"{_line(turn, entry)} {head}", *told, "", "On the list:", *lines)


def _entry(turn: Turn, text: str, *, removes: bool) -> OutsideEntry:
    found = _FOR.search(text)
    supplier = normal(found["supplier"] or "") if found else ""
    if found and not supplier:
        raise Misread("For which supplier?", understood=f"I read {excerpt(text)}.", example=_OUTSIDE)
    who = (text[: found.start()] if found else text).strip()
    domain = "" if who.startswith(("@", "<")) else mail_domain(who) or ""
    if "@" in who and not who.startswith(("@", "<")):
        raise Misread(
            "That is one person's address. Name the person, or the whole domain.",
            understood=f"I read {excerpt(who)}.",
            example="settings outside @consultant",
        )
    if _DOMAIN.fullmatch(domain):
        return OutsideEntry(domain=domain, supplier=supplier)
    named = read_member(who)
    if removes and named.id is not None:
        return OutsideEntry(person=named.id, supplier=supplier)
    return OutsideEntry(person=person_named(turn, who).id, supplier=supplier)


def _added(turn: Turn, listed: list[OutsideEntry], entry: OutsideEntry) -> list[OutsideEntry]:
    if entry.fits(turn.incoming.speaker):
        raise Refused(
            "That would shut you out yourself: it fits you, or I cannot see your mail address.",
            example=_OUTSIDE,
        )
    if len(listed) >= _MOST:
        raise Refused(
            f"The list is full: it holds {_MOST}. A domain stands for many people.", example=_OUTSIDE
        )
    return listed if entry in listed else [*listed, entry]


def _removed(listed: list[OutsideEntry], entry: OutsideEntry) -> list[OutsideEntry]:
    """Without this entry; without a supplier named, for whichever suppliers it was."""
    left = [
        each
        for each in listed
        if (each.person, each.domain) != (entry.person, entry.domain)
        or (entry.supplier and each.supplier != entry.supplier)
    ]
    if len(left) == len(listed):
        raise Unknown("That is not on the list.", example="settings outside")
    return left


def _kept(entry: OutsideEntry) -> dict[str, str]:
    values = {"person": entry.person, "domain": entry.domain, "supplier": entry.supplier}
    return {key: value for key, value in values.items() if value}


def _line(turn: Turn, entry: OutsideEntry) -> str:
    who = names_of(turn, [entry.person]) if entry.person else f"everybody at {entry.domain}"
    return f"{who} (for {entry.supplier})" if entry.supplier else who


def _said(*lines: str, note: str = "") -> Reply:
    parts = (Text(lines or ("Nobody is on the list.",)), *((Note((note,)),) if note else ()))
    return Reply(parts, mark=Mark.INSIDE)
