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
        self.arrived = Counter("etiquette_arrived", "Visitors that got a page", registry=registry)
        self.refused = Counter("etiquette_refused", "Visitors that found the house full", registry=registry)
        self.left = Counter("etiquette_left", "Visitors that left", ["why"], registry=registry)
        self.messages_refused = Counter(
            "etiquette_messages_refused", "Messages from pages that went no further", ["why"], registry=registry
        )
        self.kernel_seconds = Histogram(
            "etiquette_kernel_start_seconds",
            "From asking for a kernel until its page is there",
            registry=registry,
            buckets=(0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60),
        )
        self.wait_seconds = Histogram(
            "etiquette_page_wait_seconds",
            "How long a visitor waited for a kernel",
            registry=registry,
            buckets=(0.01, 0.1, 0.5, 1, 2, 5, 10, 20, 60),
        )
        self.click_seconds = Histogram(
            "etiquette_click_seconds",
            "From a widget's message until the kernel is done with it",
            registry=registry,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5),
        )

    def text(self) -> bytes:
        """All metrics, in the text format of Prometheus."""
        return generate_latest(self._registry)
