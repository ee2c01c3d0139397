"""How a learner joins a room: the form, what the browser keeps of them, and whether they are who joined before."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.room import (
    Person,
    RoomError,
    Source,
    clean_nickname,
    derive_token,
    format_code,
    new_secret,
    parse_code,
    same_nickname,
)
from etiquette.views.controls import MEMBERSHIP, ButtonGroup, GroupButton, Notice, ProgressStore, button, text_field

if TYPE_CHECKING:
    from etiquette.room.store import LearnerSession, Store

MOST_KEYS = 20  # of people who share a browser
SOMEBODY_ELSE = "new"


class SavedSession(NamedTuple):
    """What a browser keeps: the key of the learner who used it last, the code of the room that they are in, and the
    keys of others who have joined rooms on it. Empty where there is none; the key outlives the room.
    """

    key: str = ""
    room: str = ""
    others: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, the last learner's first."""
        return (self.key, *self.others) if self.key else self.others

    def used_by(self, key: str, room: str) -> SavedSession:
        """What it keeps once the learner with this key is in this room."""
        others = tuple(each for each in self.keys if each != key)
        return SavedSession(key, room, others[:MOST_KEYS])

    def to_json(self) -> str:
        """The text that `parse_saved_session` reads; empty without a key."""
        return json.dumps(self._asdict()) if self.key else ""


def parse_saved_session(text: str) -> SavedSession:
    """What the browser has saved; an empty session if that is unusable."""
    try:
        saved = json.loads(text)
        return SavedSession(str(saved["key"]), str(saved["room"]), tuple(map(str, saved.get("others", ())))[:MOST_KEYS])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return SavedSession()


class Candidate(NamedTuple):
    """Somebody who has joined the room in this browser, and the key with which they did."""

    key: str
    person: Person

    @property
    def name(self) -> str:
        """What they call themselves, even if the facilitator has hidden it from others."""
        return self.person.nickname or self.person.display_name


Opened = tuple[str, "LearnerSession"] | list[Candidate]
"""A learner's key and session or, if only they can say who they are, who has joined in their browser before."""


class Enter(Protocol):
    """What opens a session and shows its room."""

    def __call__(self, open_session: Callable[[Store], Opened], nickname: str, *, resuming: bool) -> None:
        """`open_session` runs in a thread. `nickname` is the one that they asked for, empty for none."""


def recognise(nickname: str, key: str, found: Sequence[Candidate]) -> str | None:
    """The key of the person who joins with this nickname, which may be empty, in a browser that was last used with this
    key; None if only they can say who they are. `found` are those who have joined this room in that browser.
    """
    if not found:
        return key
    nickname = clean_nickname(nickname)
    known = [each.key for each in found if not nickname or same_nickname(each.person.nickname, nickname)]
    return known[0] if len(known) == 1 else None


def taken_sentence(nickname: str, person: Person) -> str:
    """What somebody is told who asked for this nickname and got another; empty if they got it."""
    wanted = clean_nickname(nickname)
    if not wanted or person.nickname == wanted:
        return ""
    return f"There’s already somebody called {wanted} here, so you’re {person.nickname}."


class JoinForm(VBox):
    """The code of a room and a nickname and, in a browser in which others have joined it, the question who this is.

    `origin` is a pseudonym of the network address, at which wrong codes are counted; empty where it is unknown.
    """

    def __init__(self, notice: Notice, progress_store: ProgressStore, origin: str, enter: Enter) -> None:
        self.progress_store, self.origin, self.enter_room = progress_store, origin, enter
        self.code, self.nickname = text_field("Room code"), text_field("Nickname (optional)")
        self.enter = button(notice, self._join, "pp-primary", description="Join the room")
        self.question, self.asks = HTML(), ""
        self.people = ButtonGroup(notice, self._answered, "pp-choices", "Who are you?")
        self._asked: tuple[Candidate, ...] = ()
        self._new_key = new_secret(secrets.SystemRandom())  # used if the browser has saved none
        for field in (self.code, self.nickname):
            field.on_enter(self._join)
        super().__init__([self.code, self.nickname, self.enter, self.question, self.people], _dom_classes=("pp-form",))
        self.ask_who(())

    # What the browser keeps

    @property
    def saved(self) -> SavedSession:
        """What the browser keeps now."""
        return parse_saved_session(self.progress_store.item(MEMBERSHIP))

    def remember(self, key: str, room: str) -> None:
        """Have the browser keep that the learner with this key is in this room."""
        self.progress_store.set_item(MEMBERSHIP, self.saved.used_by(key, room).to_json())

    def forget_room(self) -> None:
        """Have the browser keep only the keys."""
        self.progress_store.set_item(MEMBERSHIP, self.saved._replace(room="").to_json())

    # Joining

    def fill_in(self, code: str) -> bool:
        """Fill in the code of a room, or say what is wrong with it; returns whether it is one."""
        try:
            self.code.text, self.code.problem = format_code(parse_code(code)), ""
        except RoomError as error:
            self.refuse(str(error))
        return not self.code.problem

    def refuse(self, reason: str) -> None:
        """Say beside the code why they cannot join."""
        self.code.problem = reason

    def resume(self) -> None:
        """Enter the room that the browser has saved, unless another code has been typed."""
        key, code, _ = self.saved
        if not key or not code or self.code.text not in ("", format_code(code)):
            return
        self.fill_in(code)  # so that the learner can join again if this fails
        token = derive_token(key, code)
        self.enter_room(lambda store: (key, store.learner_session(code, token)), "", resuming=True)

    def _join(self) -> None:
        """Join with the code and the nickname that were typed or, if several people have, ask who this is."""
        self.ask_who(())
        if not self.fill_in(self.code.text):
            return
        code, nickname, keys = parse_code(self.code.text), self.nickname.text, self.saved.keys or (self._new_key,)

        def join(store: Store) -> Opened:
            tokens = {derive_token(each, code): each for each in keys}
            people = store.find_people(code, tokens, self.source)
            found = [Candidate(key, people[token]) for token, key in tokens.items() if token in people]
            key = recognise(nickname, keys[0], found)
            return found if key is None else self._join_with(code, key, nickname, store)

        self.enter_room(join, nickname, resuming=False)

    def _join_with(self, code: str, key: str, nickname: str, store: Store) -> Opened:
        """Join in a thread. Without a nickname, a learner who returns keeps theirs."""
        return key, store.join(code, derive_token(key, code), nickname or None, self.source)

    @property
    def source(self) -> Source:
        """Where wrong codes are counted."""
        return Source(self.origin, self._new_key)

    # Who they are

    @property
    def question_id(self) -> str:
        """The `data-id` of the question who they are."""
        return f"pp-who-{self.model_id}"

    def ask_who(self, found: Sequence[Candidate]) -> None:
        """Ask which of these people they are; nobody: ask nothing."""
        self._asked = tuple(found)
        names = " or ".join(each.name for each in found)
        self.asks = f"Are you {names}, who joined this room earlier, or somebody else?" if found else ""
        self.question.value = Markup('<h3 data-id="{}" tabindex="-1">{}</h3>').format(self.question_id, self.asks)
        self.question.layout.display = "" if found else "none"
        for part in (self.code, self.nickname, self.enter):
            part.layout.display = "none" if found else ""
        answers = [GroupButton(str(number), f"I’m {each.name}") for number, each in enumerate(found)]
        answers += [GroupButton(SOMEBODY_ELSE, "I’m somebody else")] if found else []
        self.people.draw("", answers)

    def _answered(self, name: str, _: str) -> None:
        asked = self._asked
        if not asked:
            return  # the second tap of a double tap
        self.ask_who(())
        same = name != SOMEBODY_ELSE
        key = asked[int(name)].key if same else new_secret(secrets.SystemRandom())
        nickname = "" if same else self.nickname.text
        self.enter_room(partial(self._join_with, parse_code(self.code.text), key, nickname), nickname, resuming=False)
