"""What runs in the page's Web Worker, under Pyodide: one session, and the environment of its views."""

from __future__ import annotations

import asyncio
import base64
import pickle
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from importlib import invalidate_caches
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from etiquette.judge import ARTICLE, Policy
from etiquette.sessions import Session, Shown, decode_message, encode_messages, install
from etiquette.views import App, ProgressStore, set_environment
from etiquette.views.controls import outcome_of

if TYPE_CHECKING:
    from ipywidgets import Widget

    from etiquette.room.store import Store

Value = TypeVar("Value")

files: dict[Path, bytes] = {}
"""Files of the package that are read now and then; the snapshot has them here."""


class LonePlatform:
    """Runs the work of one session, which has the process to itself: there are no threads, and no limits."""

    def call_soon(self, work: Callable[[], object]) -> None:
        """Run this in a later turn of the worker's event loop."""
        asyncio.get_event_loop().call_soon(work)

    def submit(self, work: Callable[[], Value]) -> Future[Value]:
        """Run this at once."""
        return outcome_of(work)

    def time_limit(self) -> AbstractContextManager[None]:
        """Set none."""
        return nullcontext()


class WorkerEnvironment:
    """The environment of the page's views."""

    learners_url = public_url = ""
    has_rooms = False

    def __init__(self, session: Session, policy: Policy) -> None:
        self.policy, self.call_soon, self.in_thread = policy, session.call_soon, session.in_thread

    @cached_property
    def progress_store(self) -> ProgressStore:
        """A store in the learner's browser."""
        return ProgressStore()

    def displayed(self, view: Widget) -> None:
        """Do nothing: the page is shown once."""

    def room_store(self) -> Store:
        """There is none."""
        raise NotImplementedError("rooms need a server")

    def origin(self) -> str:
        """Unknown."""
        return ""


class RemainingModules(MetaPathFinder):
    """Fetches the modules that are not in the snapshot, when one of them is first looked for.

    `fetch` has to return when they are where Python looks for them.
    """

    def __init__(self, fetch: Callable[[], object]) -> None:
        self.fetch = fetch

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> None:  # noqa: ARG002
        """Leave it to the other finders to find it, once it is there."""
        self.fetch()
        sys.meta_path.remove(self)
        invalidate_caches()


def start(policy: str, send: Callable[[bytes], None], fetch_modules: Callable[[], object]) -> Callable[[bytes], None]:
    """Start the page's session, and return the function that takes its messages, in the format of the websocket.

    `policy` is the output of `pack_policy`. `send` is called with the messages of each turn, and `fetch_modules` when a
    module is needed that is not in the snapshot.
    """
    sys.meta_path.insert(0, RemainingModules(fetch_modules))
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    install()
    session = Session(LonePlatform(), lambda messages: send(encode_messages(messages)))
    session.run(set_environment, WorkerEnvironment(session, unpack_policy(policy) if policy else ARTICLE))
    session.shown = (Shown(session.run(App)),)
    return lambda raw: session.receive(decode_message(bytes(raw)))


def pack_policy(policy: Policy) -> str:
    """The policy as text for the page; empty for the article's."""
    return "" if policy == ARTICLE else base64.b64encode(pickle.dumps(policy)).decode()


def unpack_policy(text: str) -> Policy:
    """The policy in a text that `pack_policy` wrote."""
    policy: Policy = pickle.loads(base64.b64decode(text))
    return policy
