"""Content that has passed the gate, for tests of renderers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.gate import Alone, Everyone, Shown, seal, unseal
from handlers.turn import Channel, Mark, Person, Reply

if TYPE_CHECKING:
    from handlers.turn import Form, Part


def shown(*parts: Part, form: Form | None = None, private: bool = True) -> Shown:
    """These parts, for one person or for everybody."""
    sealed = seal(Reply(tuple(parts), form=form), Mark.OPEN, (), "U1")
    found = unseal(sealed, Alone(Person("U1")) if private else Everyone(Channel("C1")))
    assert isinstance(found, Shown)
    return found
