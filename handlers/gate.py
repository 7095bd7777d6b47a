"""The one gate between content and people (product.md, "Confidentiality").

A turn ends in a `Sealed` reply: nobody can look into it. Only `unseal` opens it, for listeners as they are at the moment
of sending, and gives a `Shown`, which is the only thing that renderers take. Everything that is not known about the
listeners counts against them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, final

from handlers.turn import Address, Audience, Channel, Fetch, Form, Mark, Part, Person, Preview, Reply

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class OutsideEntry:
    """Somebody with a full account who is outside all the same: a person's id, or a mail domain.

    `supplier` is the normal form of the supplier's name it is limited to; empty for all suppliers.
    """

    person: str = ""
    domain: str = ""
    supplier: str = ""

    def fits(self, person: Person) -> bool:
        """Whether this entry speaks of the person. A listed domain fits everyone whose mail is not known."""
        if self.person:
            return self.person == person.id
        domain = mail_domain(person.email or "")
        return domain is None or domain == self.domain or domain.endswith("." + self.domain)

    def concerns(self, suppliers: Collection[str]) -> bool:
        """Whether it counts for content about suppliers of these normal names (`acme` is `acme industries` too)."""
        limit = self.supplier
        return not limit or any(name == limit or name.startswith(f"{limit} ") for name in suppliers)


OutsideList = tuple[OutsideEntry, ...]


def mail_domain(address: str) -> str | None:
    """The domain of a mail address, or a domain, in the form in which they are compared. None where there is none."""
    domain = address.rpartition("@")[2].strip().strip(".").casefold()
    try:
        return domain.encode("idna").decode("ascii") or None
    except UnicodeError:
        return None


def is_inside(person: Person, outside: OutsideList, suppliers: Collection[str] = ()) -> bool:
    """Whether a person may see what is for inside members, as far as content about these suppliers (normal names) goes."""
    if person.home is not True or person.guest is not False:
        return False
    return not any(e.fits(person) for e in outside if e.concerns(suppliers))


def is_inside_channel(channel: Channel | None, outside: OutsideList, suppliers: Collection[str] = ()) -> bool:
    """Whether everybody in a channel is known to be inside. Unknown in any part is no."""
    if channel is None or channel.shared is not False or not channel.people:
        return False
    return all(is_inside(person, outside, suppliers) for person in channel.people)


def why_not_in(channel: Channel | None, outside: OutsideList, suppliers: Collection[str] = ()) -> Why | None:
    """Why nothing about these suppliers may be said to everybody in a channel; None where it may.

    Whoever is on the list has a full account, and may look into a channel that anybody can join: nothing is said there
    about suppliers for whom somebody is listed, whether they are in it or not.
    """
    if channel is None or not is_inside_channel(channel, outside, suppliers):
        return Why.OUTSIDERS_HERE
    if channel.joinable is not False and any(entry.concerns(suppliers) for entry in outside):
        return Why.LISTED_MAY_LOOK_IN
    return None


def barred_for(person: Person, outside: OutsideList) -> frozenset[str]:
    """The suppliers (normal names) for whom this person alone counts as outside."""
    return frozenset(e.supplier for e in outside if e.supplier and e.fits(person))


def for_every_supplier(outside: OutsideList) -> OutsideList:
    """The list where it is not known which supplier something is about: then everybody on it is outside."""
    return tuple(replace(entry, supplier="") for entry in outside)


@dataclass(frozen=True, slots=True)
class Alone:
    """Listeners: one person alone (a direct message, or an answer that only the asker sees)."""

    person: Person


@dataclass(frozen=True, slots=True)
class Everyone:
    """Listeners: whoever is in a channel. None where the platform told nothing."""

    channel: Channel | None


Listeners = Alone | Everyone


class Why(Enum):
    """Why something was withheld. Fixed texts: they are shown where the content may not be."""

    OUTSIDER = "Prep answers inside members of this workspace only."
    NOT_YOURS = "That answer is for somebody else."
    CHANNEL = "That is not for this channel. I have answered you in private."
    OUTSIDERS_HERE = "People from outside may read this channel, so it is not posted here."
    LISTED_MAY_LOOK_IN = "People who count as outside may look into this channel, so it is not posted here."


@final
@dataclass(frozen=True, slots=True)
class Withheld:
    """The gate stayed shut."""

    why: Why


@final
@dataclass(frozen=True, slots=True)
class Shown:
    """What renderers take: content that has passed the gate for these listeners. Its text form tells nothing."""

    parts: tuple[Part, ...] = field(repr=False)
    form: Form | None = field(repr=False)
    preview: Preview
    private: bool
    wrong: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@final
class Sealed:
    """A reply that only the gate can look into. Its text form tells nothing."""

    __slots__ = ("__outside", "__reader", "__reply", "__suppliers")

    def __init__(self, reply: Reply, outside: OutsideList, reader: str, suppliers: frozenset[str]) -> None:
        self.__reply = reply
        self.__outside = outside
        self.__reader = reader
        self.__suppliers = suppliers

    def __repr__(self) -> str:
        return "Sealed()"

    def __reduce__(self) -> str:
        raise TypeError("a sealed reply is not written down")

    @property
    def steps(self) -> Steps:
        """What the edge has to do with it, without its content."""
        reply = self.__reply
        return Steps(
            public=reply.audience is Audience.PLACE,
            open=reply.mark is Mark.OPEN,
            replaces=reply.replaces,
            asks=reply.asks,
            empty=not reply.parts and reply.form is None,
            has_form=reply.form is not None,
        )

    def _judge(self, listeners: Listeners) -> Shown | Withheld:
        reply = self.__reply
        refusal = _refusal(reply, listeners, self.__outside, self.__reader, self.__suppliers)
        if refusal is not None:
            return Withheld(refusal)
        private = isinstance(listeners, Alone)
        return Shown(reply.parts, reply.form, reply.preview, private, reply.wrong)


@final
@dataclass(frozen=True, slots=True)
class Steps:
    """What an edge may know of a sealed reply before it is opened."""

    public: bool
    open: bool
    replaces: bool
    asks: bool
    empty: bool
    has_form: bool


def seal(
    reply: Reply, mark: Mark, outside: OutsideList, reader: str, suppliers: Collection[str] = ()
) -> Sealed:
    """Close a reply. `mark` is what the turn has read; it can raise the reply's own mark and never lower it.

    `reader` is the platform's id of the one person for whom plan content was made, `suppliers` the normal names of
    whom it is about, beside the reply's own.
    """
    as_it_is = reply.mark >= mark and not reply.sends and not reply.fetches
    closed = reply if as_it_is else replace(reply, mark=max(mark, reply.mark), sends=(), fetches=())
    about = frozenset(suppliers) | ({reply.supplier} if reply.supplier else frozenset())
    return Sealed(closed, outside, reader, about)


def unseal(sealed: Sealed, listeners: Listeners) -> Shown | Withheld:
    """Open a reply for these listeners, or say why not.

    OPEN content passes always. INSIDE content passes to inside members, and to channels that nobody else can look into.
    PLAN content passes to the person it was made for alone, or to such a channel that somebody deliberately chose. OWNER
    content passes to its owner.
    """
    return sealed._judge(listeners)  # noqa: SLF001  # the one place that may look inside


def _refusal(
    reply: Reply, listeners: Listeners, outside: OutsideList, reader: str, suppliers: frozenset[str]
) -> Why | None:
    if reply.mark is Mark.OPEN:
        return None
    if isinstance(listeners, Alone):
        person = listeners.person
        if reply.mark >= Mark.PLAN and person.id != reader:
            return Why.NOT_YOURS
        return None if is_inside(person, outside, suppliers) else Why.OUTSIDER
    if reply.mark is Mark.OWNER:
        return Why.CHANNEL
    channel = listeners.channel
    if reply.mark is Mark.PLAN and (channel is None or reply.consent != channel.id):
        return Why.CHANNEL
    if not suppliers:  # about whom it is was not noted, so everybody on the list counts
        outside = for_every_supplier(outside)
    return why_not_in(channel, outside, suppliers)


@dataclass(frozen=True, slots=True)
class SealedSend:
    """A sealed message to somebody else, new or in the place of the one there with the platform's id `message`."""

    to: Address
    content: Sealed
    message: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn gives to the edge: the sealed answer, sealed messages to others, and what must be fetched first.

    `focus` is the id of the plan that the turn was about, and `place` where it is to be remembered as the last one named.
    `refused`: an expected error, nothing was changed, and a form that was sent is still to be filled in. `broken`: Prep
    itself failed. `repeated`: it was handled before, so there is nothing to answer. `unnoted`: that the event was handled is
    still to be remembered, once it is answered. `command` is the name of the command that ran, `guided` for an answer to an
    open question, `unknown` where no command was found: for logs and metrics, so it is never anything that was typed.
    """

    answer: Sealed
    sends: tuple[SealedSend, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    focus: int | None = None
    place: str = ""
    refused: bool = False
    broken: bool = False
    repeated: bool = False
    unnoted: bool = False
    command: str = ""
