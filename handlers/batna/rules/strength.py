"""How much weight an alternative bears, which one is the BATNA, and what in it is least certain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from handlers.batna.rules.costing import Costing, ranked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.batna.rules.kinds import AlternativeSpec, Frame

Grade = Literal["STRONG", "MEDIUM", "WEAK"]
ReasonCode = Literal[
    "unquoted", "expired", "too late", "firm", "no expiry", "own", "certain", "chance", "chance unsaid",
    "estimates", "lead", "start by",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """What makes an alternative strong or weak, with the date, chance (0..1) or weeks it speaks of."""

    code: ReasonCode
    detail: date | Decimal | int | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """The grade of an alternative and the reasons for it, those that weaken it first."""

    grade: Grade
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The BATNA among the alternatives.

    `batna` is the best like-for-like, whatever its state: one that has expired or can no longer be started in
    time stays the BATNA and is WEAK, so that its fall is seen instead of silently changing the yardstick.
    `standing` is the best that could still be taken today (None: nothing could). `others` are the rest that
    could be costed, best first; `uncosted` those that could not.
    """

    batna: AlternativeSpec
    costing: Costing
    strength: Strength
    standing: AlternativeSpec | None
    others: tuple[tuple[AlternativeSpec, Costing], ...] = ()
    uncosted: tuple[AlternativeSpec, ...] = ()


def latest_start(need_by: date, lead_weeks: int) -> date:
    """The last day to begin so that it is there when needed."""
    return need_by - timedelta(weeks=lead_weeks)


def start_by(alt: AlternativeSpec, frame: Frame) -> date | None:
    """The alternative's latest start: as recorded, else from its lead time and the day of need."""
    if alt.latest_start is not None:
        return alt.latest_start
    if alt.lead_weeks is None or frame.need_by is None:
        return None
    return latest_start(frame.need_by, alt.lead_weeks)


def expired(alt: AlternativeSpec, today: date) -> bool:
    """Whether its quote no longer stands; the last day still counts."""
    return alt.valid_until is not None and alt.valid_until < today


def too_late(alt: AlternativeSpec, today: date, frame: Frame) -> bool:
    """Whether its latest start has passed; the day itself still counts."""
    begin = start_by(alt, frame)
    return begin is not None and begin < today


def strength(alt: AlternativeSpec, today: date, frame: Frame) -> Strength:
    """STRONG: a firm quote (or our own doing, no estimates) and certain. WEAK: unquoted, expired, too late.

    MEDIUM between. A chance that nobody has said is not certain.
    """
    weak = _weakening(alt, today, frame)
    doubts = _doubts(alt)
    grade: Grade = "WEAK" if weak else "MEDIUM" if doubts else "STRONG"
    return Strength(grade, (*weak, *_supports(alt, today), *doubts, *_timing(alt, today, frame)))


def _weakening(alt: AlternativeSpec, today: date, frame: Frame) -> list[Reason]:
    found = []
    if alt.status == "unquoted":
        found.append(Reason("unquoted"))
    if expired(alt, today):
        found.append(Reason("expired", alt.valid_until))
    if too_late(alt, today, frame):
        found.append(Reason("too late", start_by(alt, frame)))
    return found


def _supports(alt: AlternativeSpec, today: date) -> list[Reason]:
    found = []
    if alt.status == "own":
        found.append(Reason("own"))
    elif alt.status == "quoted" and not expired(alt, today):
        found.append(Reason("firm", alt.valid_until) if alt.valid_until else Reason("no expiry"))
    if alt.chance == 1:
        found.append(Reason("certain"))
    return found


def _doubts(alt: AlternativeSpec) -> list[Reason]:
    found = []
    if alt.chance is None:
        found.append(Reason("chance unsaid"))
    elif alt.chance < 1:
        found.append(Reason("chance", alt.chance))
    if alt.status == "own" and any(item.estimate for item in alt.items):
        found.append(Reason("estimates"))
    return found


def _timing(alt: AlternativeSpec, today: date, frame: Frame) -> list[Reason]:
    found = []
    if alt.lead_weeks is not None:
        found.append(Reason("lead", alt.lead_weeks))
    begin = start_by(alt, frame)
    if begin is not None and begin >= today:
        found.append(Reason("start by", begin))
    return found


def choose(alts: Iterable[AlternativeSpec], today: date, frame: Frame) -> Choice | None:
    """The BATNA and what stands behind it; None where no alternative can be costed."""
    known = tuple(alts)
    order = ranked(known, frame)
    if not order:
        return None
    best, costing = order[0]
    standing = (alt for alt, _ in order if not expired(alt, today) and not too_late(alt, today, frame))
    costed = [alt for alt, _ in order]
    return Choice(
        best,
        costing,
        strength(best, today, frame),
        next(standing, None),
        tuple(order[1:]),
        tuple(alt for alt in known if alt not in costed),
    )


def weakest_figure(alt: AlternativeSpec, frame: Frame) -> tuple[str, Decimal, Decimal] | None:
    """The unconfirmed figure that moves most money over the horizon: (name, amount as typed, money over it).

    An unquoted price is unconfirmed itself. Without a volume only amounts as typed can be compared.
    """
    pieces = frame.pieces or Decimal(1)
    years = Decimal(frame.horizon_months) / 12
    times = {"unit": pieces, "year": years, "once": Decimal(1)}
    doubtful = [
        (item.name, item.amount, item.amount * times[item.kind]) for item in alt.items if item.estimate
    ]
    if alt.status == "unquoted" and alt.unit_price is not None:
        doubtful.append(("price", alt.unit_price, alt.unit_price * pieces))
    return max(doubtful, key=lambda figure: figure[2], default=None)
