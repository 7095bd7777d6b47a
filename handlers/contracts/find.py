"""Which contract is meant. Only contracts that the member may see count; a hidden one is as unknown as none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.contracts.dates import label
from handlers.errors import Ambiguous, Unknown
from handlers.figures import cut
from handlers.reading.names import match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.command import Turn
    from storage.tables import Contract

_REF = re.compile(r"contract:(\d{1,16})\b")


def ref(contract: Contract) -> str:
    """The words by which a button names a contract."""
    return f"contract:{contract.id}"


def find(turn: Turn, said: str, command: str = "contract show", tail: str = "") -> Contract:
    """The one contract that is meant. Raises Unknown or Ambiguous, with `command` and `tail` as the words of its buttons."""
    by_ref = _REF.match(said)
    if by_ref:
        found = turn.unit.contracts.find(int(by_ref[1]))
        if found is None:
            raise Unknown("That contract is not there for you.", example="contract list")
        return found
    rows = {row.id: row for row in turn.unit.contracts.all()}
    fitting = _named(turn, said, rows) if said else _here(turn, list(rows.values()))
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        what = f"called {cut(said, 40)}" if said else "yet"
        raise Unknown(
            f"There is no contract {what} that you can see.", example="contract add Acme: end 2028-06-30"
        )
    options = [(_long(row), f"{command} {ref(row)}{tail}") for row in fitting[:10]]
    raise Ambiguous("Which contract?", options)


def called(turn: Turn, said: str) -> list[Contract]:
    """Every contract that the member sees and that a name fits: a supplier's, a title, a number."""
    return _named(turn, said, {row.id: row for row in turn.unit.contracts.all()})


def _named(turn: Turn, said: str, rows: dict[int, Contract]) -> list[Contract]:
    names = turn.unit.contracts.supplier_names()
    names_of = {
        key: [
            label(row),
            row.supplier,
            *names.get(row.supplier_id or 0, []),
            *filter(None, [row.title, row.number]),
        ]
        for key, row in rows.items()
    }
    return [rows[key] for key in match(said, names_of).several]


def _here(turn: Turn, rows: Sequence[Contract]) -> list[Contract]:
    """Those of this channel, else all."""
    here = [row for row in rows if not turn.is_direct and row.channel == turn.incoming.place.id]
    return list(here or rows)


def _long(row: Contract) -> str:
    return f"{label(row)}, to {row.end.isoformat()}" if row.end else label(row)
