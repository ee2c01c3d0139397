"""Metrics of the host, for Prometheus. Nothing in them identifies a visitor."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """The metrics of one server."""

    def __init__(self, capacity: int) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.visitors = Gauge("etiquette_visitors", "Visitors now", registry=registry)
        Gauge("etiquette_capacity", "The most visitors at any one time", registry=registry).set(capacity)
        self.arrived = Counter("etiquette_arrived", "Visitors whose page opened its websocket", registry=registry)
        self.refused = Counter(
            "etiquette_refused", "Visitors turned away because the server was full", registry=registry
        )
        self.left = Counter("etiquette_left", "Visitors that left", ["why"], registry=registry)
        self.messages_refused = Counter(
            "etiquette_messages_refused", "Messages from pages that were refused", ["why"], registry=registry
        )
        self.session_seconds = Histogram(
            "etiquette_session_start_seconds",
            "Time to create a visitor's widgets",
            registry=registry,
            buckets=(0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
        )
        self.click_seconds = Histogram(
            "etiquette_click_seconds",
            "Time to handle a widget message",
            registry=registry,
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5),
        )

    def text(self) -> bytes:
        """All metrics, in the text format of Prometheus."""
        return generate_latest(self._registry)
