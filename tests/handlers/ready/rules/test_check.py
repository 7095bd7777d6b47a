"""What `ready` finds in a plan: nothing in a sound one, and each rule on the plan that breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from handlers.batna.rules import AlternativeSpec, CostItem
from handlers.ready.rules import (
    RULES,
    BenchmarkFact,
    MandateFact,
    PlanFacts,
    TradeFact,
    check,
    even_price,
    is_open,
)
from tests.handlers.worked import BORG, FRAME, IN_HOUSE, TERMS, D

SOUND = PlanFacts(
    today=date(2026, 4, 1),
    frame=FRAME,
    terms=tuple(TERMS),
    alternatives=(BORG, IN_HOUSE),
    mandate=MandateFact(D("4.05"), "CFO", date(2026, 6, 30)),
    decision=date(2026, 4, 8),
    notice_by=date(2026, 5, 1),
    evidence="index of October",
    benchmark=BenchmarkFact(D("3.76"), date(2026, 3, 1)),
    goal_terms=("price",),
    trades=(TradeFact("27,000 minimum", "3.74 or less"), TradeFact("net 45", "lead 32")),
    trades_ordered=True,
    counterpart_decides=True,
    in_eu=True,
    contingency="start Borg's samples",
    success="a price that holds, and on-time delivery",
    questions=("What would help you ship sooner?",),
)


def terms(which, **changes):
    """The worked terms with one of them changed."""
    return tuple(replace(term, **changes) if term.name == which else term for term in TERMS)


def test_a_sound_plan_has_no_findings():
    assert check(SOUND) == ()


BROKEN = {
    "outsider": {"outsiders": ("Kim",)},
    "tender": {"tender_forbids_talks": True},
    "order": {"terms": terms("warranty", target=D(40))},
    "stop past indifference": {
        "terms": terms("price", stop=D("4.10")),
        "mandate": replace(SOUND.mandate, ceiling=D("4.20")),
    },
    "stop past mandate": {"mandate": replace(SOUND.mandate, ceiling=D("4.00"))},
    "no mandate": {"mandate": None},
    "own mandate": {"mandate": replace(SOUND.mandate, own=True)},
    "mandate expired": {"mandate": replace(SOUND.mandate, until=date(2026, 3, 31))},
    "mandate stale": {"mandate": replace(SOUND.mandate, stale=True)},
    "no stop": {"terms": terms("price", stop=None)},
    "unlike": {"alternatives": (BORG, IN_HOUSE, replace(BORG, name="Cy", currency="USD", unit="kg"))},
    "too late": {"today": date(2026, 4, 9)},
    "quote expires": {"decision": date(2026, 5, 30), "notice_by": date(2026, 6, 1)},
    "not costed": {
        "alternatives": (
            AlternativeSpec("Borg", status="quoted", chance=D(1)),
            AlternativeSpec("Cy", status="quoted", chance=D(1)),
        )
    },
    "horizon unsaid": {
        "horizon_was_said": False,
        "alternatives": (
            replace(BORG, items=(*BORG.items, CostItem("moulds", D(24000), "once"))),
            IN_HOUSE,
        ),
    },
    "unquoted": {"alternatives": (replace(BORG, status="unquoted"), IN_HOUSE)},
    "no fallback": {"alternatives": (BORG, replace(IN_HOUSE, chance=D("0.5")))},
    "sole source": {"alternatives": ()},
    "one alternative": {"alternatives": (replace(BORG, chance=D(1)),)},
    "other horizon": {"alternatives": (replace(BORG, horizon_months=12), IN_HOUSE)},
    "far inside": {"terms": terms("price", stop=D("3.60"), target=D("3.50"))},
    "no uplift": {"terms": tuple(TERMS[:4])},
    "uplift open": {"terms": terms("uplift cap", stop=None)},
    "no evidence": {"evidence": ""},
    "far from benchmark": {"benchmark": BenchmarkFact(D("4.61"), date(2026, 3, 1))},
    "old benchmark": {"benchmark": BenchmarkFact(D("3.76"), date(2025, 12, 31))},
    "unconditional": {"trades": (TradeFact("net 45"),)},
    "trade past mandate": {"trades": (TradeFact("price 4.10", "lead 28", D("4.10")),)},
    "notice first": {"notice_by": date(2026, 4, 7)},
    "sign-off": {"sign_offs_missing": ("legal",)},
    "powerless": {"counterpart_decides": False},
    "all musts": {
        "terms": tuple(replace(term, kind="must") for term in TERMS),
        "goal_terms": (),
    },
    "weights": {"goal_terms": ("lead", "warranty")},
    "long payment": {"terms": terms("net", opening=D(75))},
    "no contingency": {"contingency": ""},
    "unordered": {"trades_ordered": False},
    "closed questions": {"questions": ("Can you ship sooner?",)},
    "only price": {"success": "a price under 3.75"},
    "known deadline": {"deadline_known_outside": True},
}


@pytest.mark.parametrize("code", BROKEN)
def test_each_rule_finds_what_it_is_for_and_nothing_else(code):
    assert [finding.code for finding in check(replace(SOUND, **BROKEN[code]))] == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"decision": date(2026, 5, 29), "notice_by": date(2026, 5, 29)},
        {"today": date(2026, 4, 8)},
        {"mandate": replace(SOUND.mandate, until=date(2026, 4, 1))},
        {"benchmark": BenchmarkFact(D("4.60"), date(2026, 1, 1))},
        {"terms": terms("net", opening=D(60))},
        {"in_eu": False, "terms": terms("net", opening=D(75))},
        {"alternatives": (), "improve": "ask Cy for a quote"},
        {"terms": terms("price", stop=D("3.60"), target=D("3.50")), "stop_reason": "budget"},
        {"terms": terms("price", stop=D("3.70"))},
        {"counterpart_decides": None},
    ],
)
def test_on_the_edge_nothing_is_found(changes):
    assert check(replace(SOUND, **changes)) == ()


def test_every_rule_has_a_plan_that_breaks_it_and_its_own_code():
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert set(BROKEN) == set(codes)


def test_the_worst_comes_first():
    levels = [finding.level for finding in check(PlanFacts())]
    assert levels == sorted(levels, key="BWI".index)
    assert {"B", "W", "I"} == set(levels)


def test_an_empty_plan_is_found_wanting_without_failing():
    codes = {finding.code for finding in check(PlanFacts())}
    assert {"no mandate", "sole source", "no contingency", "closed questions"} <= codes


@pytest.mark.parametrize("code", BROKEN)
def test_every_finding_can_be_said_and_mended(code):
    finding = check(replace(SOUND, **BROKEN[code]))[0]
    wanted = {name for _, name, _, _ in Formatter().parse(finding.text + finding.fix) if name}
    assert wanted <= {*finding.fills, "plan"}
    assert "{" not in finding.say()
    assert " acme" in finding.command("acme")
    assert "{" not in finding.command("acme")


def test_why_no_alternative_is_costed_is_said():
    bare = AlternativeSpec("Borg")
    assert [one.say() for one in check(PlanFacts(alternatives=(bare,))) if one.code == "not costed"] == [
        "No alternative is costed, so there is no BATNA yet: Borg lacks a price."
    ]
    spread = AlternativeSpec("Borg", D("4.18"), (CostItem("tooling", D(24000), "once"),))
    found = [one.say() for one in check(PlanFacts(alternatives=(spread,))) if one.code == "not costed"]
    assert found == ["No alternative is costed, so there is no BATNA yet: Borg lacks the volume."]


def test_a_horizon_that_nobody_said_is_no_matter_without_a_one_off_cost():
    plain = replace(
        SOUND,
        horizon_was_said=False,
        alternatives=(replace(BORG, items=()), replace(IN_HOUSE, items=())),
    )
    assert "horizon unsaid" not in {finding.code for finding in check(plain)}


def test_figures_are_shown_as_the_reader_writes_them():
    finding = check(replace(SOUND, **BROKEN["stop past mandate"]))[0]
    comma = finding.say(lambda fill: str(fill).replace(".", ","))
    assert comma == "The stop 4,05 lies beyond the 4,00 that was allowed."
    assert finding.command("acme") == "term acme price: stop 4.00"


def test_what_people_typed_is_text_and_never_a_template():
    facts = replace(SOUND, trades=(TradeFact("{plan} {0} {stop}"),))
    finding = check(facts)[0]
    assert "{plan} {0} {stop}" in finding.say()


def test_even_price_takes_the_dearest_uplift_the_plan_allows():
    even = even_price(SOUND)
    assert even is not None
    assert even.quantize(D("0.0001")) == D("4.0980")
    assert even_price(replace(SOUND, terms=tuple(TERMS[:1]))) == D("4.18")
    assert even_price(replace(SOUND, alternatives=(AlternativeSpec("Cy"),))) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What drives your cost?", True),
        ('"How do you plan capacity?"', True),
        ("Tell me about the plant", True),
        ("Is this your best price?", False),
        ("", False),
    ],
)
def test_open_questions(question, expected):
    assert is_open(question) is expected
