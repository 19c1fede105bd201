"""Metrics 지표 for Prometheus: counts and times of calls and pages, without any name or text."""

from __future__ import annotations

import os

from msgspec import structs
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from db.exchange.pages.importing import Outcome
from db.hub.database.shelf import Census

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
SEVERAL = "PROMETHEUS_MULTIPROC_DIR"
"""Set before this module is imported, it names the folder where several workers add up."""


class HubMetrics:
    """Everything one process counts, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._calls = Counter(
            "cheonman_hub_calls",
            "Calls by route and status",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "cheonman_hub_call_seconds",
            "Seconds from the head of a call to the end of its answer",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._pages = Counter(
            "cheonman_hub_pages",
            "Pages that arrived, by what became of them",
            ("outcome", "reason"),
            registry=self.registry,
        )
        self._events = Counter(
            "cheonman_hub_events_taken", "Events that were news", registry=self.registry
        )
        self._census = {
            name: Gauge(
                f"cheonman_hub_{name}",
                f"{about} in the database",
                registry=self.registry,
                multiprocess_mode="mostrecent",
            )
            for name, about in (
                ("events", "Events"),
                ("devices", "Devices"),
                ("apart", "Pages kept apart"),
                ("words", "Acknowledgements"),
            )
        }

    def called(self, method: str, route: str, status: int, seconds: float) -> None:
        self._calls.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def arrived(self, outcome: Outcome) -> None:
        became = "refused" if outcome.reason else "new" if outcome.new else "known"
        self._pages.labels(became, outcome.reason.value if outcome.reason else "").inc()
        self._events.inc(outcome.new)

    def counted(self, census: Census) -> None:
        found = structs.asdict(census)
        for name, gauge in self._census.items():
            gauge.set(found[name])

    def text(self) -> bytes:
        """Everything in Prometheus' own format, of all workers together."""
        if SEVERAL not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # theirs
        return generate_latest(together)
