"""What is counted, and how Prometheus reads it."""

from __future__ import annotations

import prometheus_client
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.exposition import Exposition, State
from bot.metrics import BUCKETS, Metrics


def read(metrics: Metrics, state: State | None = None, **errors: int) -> dict[str, float]:
    """Each sample, by its name and labels as they are written."""
    exposition = Exposition(metrics, errors, "sqlite", "0001")
    text = exposition.text(state or State(scheduler=True, database=True, due=3, late=12.5)).decode()
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f"{key}={value}" for key, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_turns_are_counted_by_face_command_and_outcome() -> None:
    metrics = Metrics(["batna", "help"])
    for _ in range(2):
        metrics.turn("slack", "batna", "answered", 0.004)
    metrics.turn("teams", "batna", "refused", 0.004)
    found = read(metrics)
    assert found["prep_turns_total{command=batna,face=slack,outcome=answered}"] == 2
    assert found["prep_turns_total{command=batna,face=teams,outcome=refused}"] == 1


@pytest.mark.parametrize(
    ("given", "label"),
    [("batna", "batna"), ("acme", "other"), ("", "none"), ("guided", "guided"), ("unknown", "unknown")],
)
def test_a_command_that_is_not_on_the_list_is_not_named(given: str, label: str) -> None:
    metrics = Metrics(["batna"])
    assert metrics.turn("slack", given, "answered", 0.1) == label
    assert list(metrics.turns) == [("slack", label, "answered")]


def test_a_platform_that_is_not_on_the_list_is_not_named() -> None:
    metrics = Metrics([])
    metrics.turn("acme", "", "answered", 0.1)
    metrics.post("acme", "posted")
    assert "acme" not in str(read(metrics))


def test_durations_add_up_in_their_buckets() -> None:
    metrics = Metrics([])
    for seconds in (0.0005, 0.001, 0.003, 60.0):
        metrics.turn("slack", "", "answered", seconds)
    found = read(metrics)
    where = "face=slack"
    counts = [
        found[f"prep_turn_seconds_bucket{{{where},le={bound},outcome=answered}}"]
        for bound in (*BUCKETS, "+Inf")
    ]
    assert counts[:3] == [2, 2, 3]
    assert counts[-2:] == [3, 4]
    assert found[f"prep_turn_seconds_count{{{where},outcome=answered}}"] == 4
    assert found[f"prep_turn_seconds_sum{{{where},outcome=answered}}"] == pytest.approx(60.0045)


def test_the_state_is_told_and_what_is_not_known_is_left_out() -> None:
    found = read(Metrics([]))
    assert (found["prep_reminders_due"], found["prep_reminders_late_seconds"]) == (3, 12.5)
    assert (found["prep_database_up"], found["prep_scheduler_up"]) == (1, 1)
    away = read(Metrics([]), State(scheduler=True, database=False, due=None, late=None), connection=2)
    assert "prep_reminders_due" not in away
    assert away["prep_database_up"] == 0
    assert away["prep_database_errors_total{kind=connection}"] == 2


def test_what_runs_is_told() -> None:
    (build,) = [name for name in read(Metrics([])) if name.startswith("prep_build_info")]
    assert "database=sqlite" in build
    assert "schema=0001" in build


def test_the_registry_is_our_own() -> None:
    read(Metrics([]))
    assert b"prep_" not in prometheus_client.generate_latest(prometheus_client.REGISTRY)
