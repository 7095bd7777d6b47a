"""What the BATNA answer says, line by line."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.batna.rules import mismatches, outlook, start_by, weakest_figure
from handlers.figures import cut, flow
from handlers.writing import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.batna.rules import AlternativeSpec, Choice, Costing, Gap, Reason
    from handlers.batna.standing import Standing
    from handlers.facts import Allowed, Facts
    from handlers.figures import Figures
    from handlers.offers.rules import MoneyView

SOON = timedelta(days=28)
TWO_YEARS = 24
YEAR = 12


def batna_lines(choice: Choice, facts: Facts, figures: Figures) -> tuple[str, ...]:
    """`BATNA: Borg, 4.18 EUR/pc like-for-like (125,400 EUR/yr)`."""
    cost = choice.costing.unit_cost
    said = f"BATNA: {cut(choice.batna.name, 24)}, {figures.price(cost)} {figures.each()} like-for-like"
    yearly = "" if facts.frame.volume is None else f"({figures.yearly(cost * facts.frame.volume)})"
    return flow([said, yearly] if yearly else [said], " ")


def live_lines(standing: Standing, figures: Figures) -> tuple[str, ...]:
    """Their live price with everything in it, against the BATNA."""
    money = standing.money
    if money is None:
        return ("They have named no price yet.",)
    price = f"Their {in_full(money, standing.even_cap, standing.facts.frame.horizon_months, figures)}"
    if money.real is None:
        return (f"{price}.",)
    return (f"{price}: {beats(money.real, figures)}", *over_horizon(money, standing.facts, figures))


def in_full(money: MoneyView, cap: Decimal | None, months: int, figures: Figures) -> str:
    """`3.80, +3 % in year two = 3.857`, or `3.80` where nothing comes on top."""
    if money.effective == money.price or not cap:
        return figures.price(money.price)
    when = "in year two" if months <= TWO_YEARS else "a year"
    return f"{figures.price(money.price)}, +{figures.points(cap)} {when} = {figures.price(money.effective)}"


def beats(gap: Gap, figures: Figures) -> str:
    """`beats it by 0.323`, `misses it by 0.022`."""
    if gap.per_piece == 0:
        return "costs the same"
    word = "beats" if gap.per_piece > 0 else "misses"
    return f"{word} it by {figures.price(abs(gap.per_piece))}"


def over_horizon(money: MoneyView, facts: Facts, figures: Figures) -> tuple[str, ...]:
    """`(19,380 EUR over 24 months)`, and what the figure leaves out."""
    total = None if money.real is None else money.real.over_horizon
    said = [] if not total else [f"{figures.sum(abs(total))} {figures.span(facts.frame.horizon_months)}"]
    if "uplift" in money.left_out:
        said.append("no word on price rises")
    return (f"  ({'; '.join(said)})",) if said else ()


def limit_lines(standing: Standing, figures: Figures) -> tuple[str, ...]:
    """`Limit 4.05 (CFO mandate, 16 Mar) · indifferent at 4.118`."""
    found, even = standing.limit, standing.indifferent_at
    if found is None:
        return ("No limit yet: neither stop nor mandate nor BATNA.",)
    pieces = [f"Limit {figures.price(found.value)} ({_whose(standing, figures)})"]
    if even is not None and found.by != ("indifference",):
        cap = "" if standing.money is not None or not standing.even_cap else ", cap at our stop"
        pieces.append(f"indifferent at {figures.price(even)}{cap}")
    return flow(pieces)


def _whose(standing: Standing, figures: Figures) -> str:
    assert standing.limit is not None
    mandate = standing.facts.mandate
    if "mandate" in standing.limit.by and mandate is not None:
        return f"{cut(mandate.by, 20)} mandate, {figures.day(mandate.on)}"
    return "our stop" if "stop" in standing.limit.by else "where deal and BATNA cost the same"


def strength_lines(choice: Choice, figures: Figures) -> tuple[str, ...]:
    """`MEDIUM: firm until 29 May · 80 % sure · 12 weeks`."""
    reasons = [said for reason in choice.strength.reasons if (said := _reason(reason, figures))]
    first, *others = reasons or ["nothing is known of it"]
    return flow([f"{choice.strength.grade}: {first}", *others])


def _reason(reason: Reason, figures: Figures) -> str:
    """One reason; the start is said on a line of its own."""
    detail = reason.detail
    if reason.code == "chance" and isinstance(detail, Decimal):
        return f"{figures.share(detail)} sure"
    if reason.code == "lead" and isinstance(detail, int):
        return plural(detail, "week", manners=figures.manners)
    texts = {
        "unquoted": "not quoted",
        "no expiry": "quoted, no last day",
        "own": "our own doing",
        "certain": "certain",
        "chance unsaid": "nobody has said how sure",
        "estimates": "rests on estimates",
    }
    if reason.code in texts:
        return texts[reason.code]
    if detail is None or isinstance(detail, int | Decimal):
        return ""
    dated = {"firm": "firm until", "expired": "ran out on", "too late": "had to start by"}
    return f"{dated[reason.code]} {figures.day(detail)}" if reason.code in dated else ""


def start_line(choice: Choice, facts: Facts, figures: Figures) -> tuple[str, bool]:
    """`Start by 8 Apr or Borg misses 1 Jul`, and whether that is soon. Empty where there is no such day ahead."""
    begin = start_by(choice.batna, facts.frame)
    if begin is None or begin < figures.today:
        return "", False
    name = cut(choice.batna.name, 24)
    need = facts.frame.need_by
    misses = f" or {name} misses {figures.day(need)}" if need else f" at the latest with {name}"
    return f"Start by {figures.day(begin)}{misses}", begin - figures.today <= SOON


def cost_lines(costing: Costing, figures: Figures) -> tuple[str, ...]:
    """`3.52 +0.14 freight +0.06 inspection`: what the like-for-like cost is made of."""
    if len(costing.parts) < 2:
        return ()
    pieces = []
    for place, (name, cost) in enumerate(costing.parts):
        sign = "+" if place and cost >= 0 else ""
        called = "" if place == 0 and name == "price" else f" {cut(name, 30)}"
        pieces.append(f"{sign}{figures.price(cost)}{called}")
    return flow(pieces, " ")


def fallback_lines(choice: Choice, facts: Facts, figures: Figures) -> tuple[str, ...]:
    """`If Borg fails: in-house 4.35 -> expected 4.214`."""
    if not choice.others:
        return ()
    other, costing = choice.others[0]
    said = f"{cut(other.name, 20)} {figures.price(costing.unit_cost)}"
    if choice.batna.chance == 1:
        return (f"Next best: {said}",)
    mean = None if choice.batna.chance is None else outlook(facts.alternatives, facts.frame)
    return flow(
        [
            f"If {cut(choice.batna.name, 20)} fails: {said}",
            f"-> expected {figures.price(mean.mean)}" if mean else "(and nothing certain behind it)",
        ],
        " ",
    )


def weakest_lines(choice: Choice, facts: Facts, figures: Figures) -> tuple[str, ...]:
    """`Weakest figure: tooling 24,000 (estimate, Feb)`."""
    found = weakest_figure(choice.batna, facts.frame)
    if found is None:
        return ()
    name, amount, _ = found
    item = next((item for item in choice.batna.items if item.name == name and item.estimate), None)
    why = (item.note or "estimate") if item else "not quoted"
    typed = figures.number(amount) if item and item.kind != "unit" else figures.price(amount)
    return (cut(f"Weakest figure: {name} {typed} ({why})"),)


def not_costed(alternative: AlternativeSpec, facts: Facts) -> str:
    """Why an alternative has no like-for-like cost."""
    differs = [what for what in mismatches(alternative, facts.frame) if what in ("currency", "unit")]
    if differs:
        return f"{cut(alternative.name, 24)} is in another {' and '.join(differs)} than the plan"
    if alternative.unit_price is None and not any(item.kind == "unit" for item in alternative.items):
        return f"{cut(alternative.name, 24)} has no price yet"
    return f"{cut(alternative.name, 24)} needs the yearly volume, to spread its one-off cost"


def mandate_warnings(mandate: Allowed | None, figures: Figures) -> Iterator[str]:
    """What is wrong with the mandate."""
    if mandate is None:
        return
    ceiling = figures.price(mandate.ceiling)
    if mandate.until is not None and not mandate.holds(figures.today):
        yield f"The mandate of {ceiling} ran out on {figures.day(mandate.until)}: ask again"
    if mandate.changed:
        yield cut(f"Changed since {mandate.by} allowed {ceiling}: {', '.join(mandate.changed)}")
    if mandate.own:
        yield f"The {ceiling} was allowed by the plan's own owner"


def offer_warnings(standing: Standing, figures: Figures) -> Iterator[str]:
    """What their live offer hides, or goes past."""
    money, choice = standing.money, standing.choice
    if money is None:
        return
    if money.trap and choice is not None:
        span = figures.span(standing.facts.frame.horizon_months)
        yield cut(f"{figures.price(money.price)} looks better than {choice.batna.name}; {span} it is not")
    elif money.over_mandate and money.real is not None and money.real.per_piece >= 0:
        yield "Past the mandate, yet better than the BATNA: ask, do not leave"


def horizon_warnings(choice: Choice, facts: Facts, figures: Figures) -> Iterator[str]:
    """A one-off cost spread over a year that nobody said: over two it weighs half as much."""
    plan = facts.plan
    if plan.horizon_months is None and not plan.one_off and any(i.kind == "once" for i in choice.batna.items):
        span = plural(facts.frame.horizon_months, "month", manners=figures.manners)
        yield f"One-off spread over {span} alone: set horizon 24 months?"


def batna_warnings(choice: Choice, figures: Figures) -> Iterator[str]:
    """What takes the BATNA away."""
    weak = {reason.code for reason in choice.strength.reasons}
    if {"expired", "too late"} & weak and choice.standing is not None:
        yield cut(f"{choice.batna.name} may be gone; {choice.standing.name} still stands")
    elif {"expired", "too late"} & weak:
        yield f"{cut(choice.batna.name, 24)} may be gone, and nothing else stands"
    chance = choice.batna.chance
    if not choice.others and chance is not None and chance < 1:
        yield f"If {cut(choice.batna.name, 24)} falls through, nothing stands behind it"
