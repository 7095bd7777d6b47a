"""The counts of this process as Prometheus reads them. Loaded when somebody first asks for them.

The registry is our own: nothing is registered with the one that all libraries of a process share.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from bot.metrics import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prometheus_client.core import Metric

    from bot.metrics import Durations, Metrics

CONTENT_TYPE = CONTENT_TYPE_LATEST


@dataclass(frozen=True, slots=True)
class State:
    """What is looked at rather than counted. `due` and `late` (seconds) are None where the database does not answer."""

    scheduler: bool
    database: bool
    due: int | None
    late: float | None


class Exposition:
    """Writes the metrics out. `kind` is that of the database, `schema` its version; `errors` counts its errors by kind."""

    def __init__(self, metrics: Metrics, errors: Mapping[str, int], kind: str, schema: str) -> None:
        self._metrics = metrics
        self._errors = errors
        self._build = [version("prepbot"), platform.python_version(), kind, schema]
        self._registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=self._registry)
        self._state = State(scheduler=False, database=False, due=None, late=None)
        self._registry.register(_Ours(self))

    def text(self, state: State) -> bytes:
        """All of it, in Prometheus' text format."""
        self._state = state
        return generate_latest(self._registry)

    def families(self) -> Iterator[Metric]:
        """One metric after the other."""
        counts = self._metrics
        yield from self._about_turns()
        yield _counter("prep_posts", "Posts of reminders attempted.", ("platform", "outcome"), counts.posts)
        passes = {(outcome,): count for outcome, count in counts.passes.items()}
        yield _counter("prep_delivery_passes", "Passes of delivery that ended.", ("outcome",), passes)
        seconds = HistogramMetricFamily("prep_delivery_pass_seconds", "How long a pass of delivery took.")
        seconds.add_metric([], *_buckets(counts.pass_seconds))
        yield seconds
        yield _counter("prep_reminders_posted", "Reminders posted.", (), {(): counts.posted})
        yield _counter(
            "prep_reminders_undeliverable", "Reminders that reached nobody.", (), {(): counts.lost}
        )
        yield from self._about_state()
        errors = {(kind,): count for kind, count in self._errors.items()}
        yield _counter("prep_database_errors", "Errors of the database.", ("kind",), errors)
        build = GaugeMetricFamily(
            "prep_build_info", "What runs here.", labels=["version", "python", "database", "schema"]
        )
        build.add_metric(self._build, 1)
        yield build

    def _about_turns(self) -> Iterator[Metric]:
        counts = self._metrics
        yield _counter(
            "prep_turns",
            "Turns that ended, by face, command and outcome.",
            ("face", "command", "outcome"),
            counts.turns,
        )
        seconds = HistogramMetricFamily(
            "prep_turn_seconds",
            "How long a turn took, without what the platform took.",
            labels=["face", "outcome"],
        )
        for labels, durations in counts.turn_seconds.items():
            seconds.add_metric(list(labels), *_buckets(durations))
        yield seconds

    def _about_state(self) -> Iterator[Metric]:
        state, last = self._state, self._metrics.last_pass
        told = {
            "prep_scheduler_up": ("Whether the scheduler rings.", float(state.scheduler)),
            "prep_database_up": ("Whether the database answers.", float(state.database)),
            "prep_reminders_due": ("Reminders that are due and not sent (10000: or more).", state.due),
            "prep_reminders_late_seconds": ("How long the oldest of them is due.", state.late),
            "prep_delivery_last_pass_timestamp_seconds": ("When a pass last ended well.", last),
        }
        for name, (what, value) in told.items():
            if value is not None:
                yield GaugeMetricFamily(name, what, value=value)


class _Ours(Collector):
    """What the registry asks."""

    def __init__(self, exposition: Exposition) -> None:
        self._exposition = exposition

    def collect(self) -> Iterator[Metric]:
        """All metrics of ours."""
        return self._exposition.families()


def _counter(name: str, what: str, labels: tuple[str, ...], counts: Mapping[Any, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, what, labels=labels)
    for values, count in sorted(counts.items()):
        family.add_metric(list(values), count)
    return family


def _buckets(durations: Durations) -> tuple[list[tuple[str, float]], float]:
    """Each bucket holds what was as quick or quicker, so they add up."""
    found, so_far = [], 0
    for bound, count in zip((*map(str, BUCKETS), "+Inf"), durations.counts, strict=True):
        so_far += count
        found.append((bound, float(so_far)))
    return found, durations.total
