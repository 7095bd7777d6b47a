"""A Prep with people, an inside channel and a post: contracts are added by talking, time moves, reminders arrive."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.delivery import Delivery
from handlers.turn import Channel
from tests.doubles.sender import Mail, MemorySender
from tests.support.talk import START, Said, Talk, person

if TYPE_CHECKING:
    pass

ACME = (
    "contract add Acme: title housings, start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, "
    "method registered letter, transit days 2, sourcing weeks 12, switching weeks 12, backup @bob, channel #acme"
)


@dataclass
class Office:
    """One workspace: ann, bob and cyd are inside, and the channel `acme` is theirs."""

    talk: Talk
    sender: MemorySender
    delivery: Delivery
    pressed: str | None = None

    @classmethod
    def open(cls, url: str, now: datetime = START) -> Office:
        """People and a channel, nothing said yet."""
        talk = Talk(url, now=now)
        staff = tuple(person(name) for name in ("ann", "bob", "cyd"))
        talk.world.people.update({p.id: p for p in staff})
        talk.world.channels["acme"] = Channel("acme", "acme", present=True, shared=False, people=staff)
        sender = MemorySender(talk.world)
        return cls(talk, sender, Delivery(talk.app.database, {"test": sender}, sleep=_no_wait))

    def close(self) -> None:
        """Give everything back."""
        self.delivery.close()
        self.talk.close()

    def deliver(self, at: datetime | None = None) -> list[Mail]:
        """One pass at this time; what arrived in it."""
        self.talk.now = at or self.talk.now
        before = len(self.sender.inbox)
        asyncio.run(self.delivery.deliver(self.talk.now))
        return self.sender.inbox[before:]

    def run(self, until: datetime, step: timedelta = timedelta(hours=1)) -> list[tuple[datetime, Mail]]:
        """Ring until then; what arrived, and when."""
        found = []
        while self.talk.now < until:
            self.talk.now += step
            found += [(self.talk.now, mail) for mail in self.deliver()]
        return found

    def press(self, mail: Mail, label: str, who: str = "ann") -> Said:
        """Press a button of a message that arrived."""
        where = {} if mail.direct else {"channel": mail.to}
        self.pressed = mail.message
        return self.talk.press(mail.buttons[label], who, message=mail.message, **where)

    def submit(
        self, said: Said, values: dict[str, str], who: str = "ann", channel: str | None = "acme"
    ) -> Said:
        """Send the form that opened."""
        assert said.form is not None
        return self.talk.submit(said.form.words, values, who, channel=channel, message=self.pressed)

    def open_channel(self, name: str) -> None:
        """Another channel with the same people."""
        self.talk.world.channels[name] = replace(self.talk.world.channels["acme"], id=name, name=name)

    def guests(self, channel: str, *names: str) -> None:
        """Let people from outside into a channel."""
        old = self.talk.world.channels[channel]
        people = (*(old.people or ()), *(person(name, guest=True) for name in names))
        self.talk.world.channels[channel] = Channel(
            channel, channel, present=True, shared=False, people=people
        )


async def _no_wait(_seconds: float) -> None:
    """Time does not pass."""
