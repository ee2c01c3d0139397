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
        self.visitors = Gauge("etiquette_visitors", "Visitors that are here", registry=registry)
        Gauge("etiquette_capacity", "Visitors that there is room for", registry=registry).set(capacity)
        self.arrived = Counter("etiquette_arrived", "Visitors whose page opened its websocket", registry=registry)
        self.refused = Counter("etiquette_refused", "Visitors that found the house full", registry=registry)
        self.left = Counter("etiquette_left", "Visitors that left", ["why"], registry=registry)
        self.messages_refused = Counter(
            "etiquette_messages_refused", "Messages from pages that went no further", ["why"], registry=registry
        )
        self.session_seconds = Histogram(
            "etiquette_session_start_seconds",
            "How long it takes to make a visitor's widgets",
            registry=registry,
            buckets=(0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
        )
        self.click_seconds = Histogram(
            "etiquette_click_seconds",
            "How long it takes to do what a widget's message asks",
            registry=registry,
            buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5),
        )

    def text(self) -> bytes:
        """All metrics, in the text format of Prometheus."""
        return generate_latest(self._registry)
