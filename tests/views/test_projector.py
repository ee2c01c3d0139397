"""The projector, driven without a browser: what it shows in each state of a room, and what never reaches it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from etiquette.judge import GUIDELINE_TITLES, promised_date
from etiquette.practice import Quiz
from etiquette.room import Agenda, Command, FreeQuestion, Phase, Play, ProjectorSnapshot, StoreError
from etiquette.room.prompt import Prompt
from etiquette.room.store import Store
from etiquette.stories import Run, library
from etiquette.views import App
from etiquette.views.controls import Announcer, ProgressStore
from etiquette.views.room import Projector
from etiquette.views.room.links import RoomLinks
from etiquette.views.room.projector.drawing import TALK, address_in_words, projection
from etiquette.views.room.projector.projector import DELETED, WRONG_LINK
from etiquette.views.room.projector.timeline import projected_timeline
from tests.room.store.builders import Clock, Session
from tests.views.drawn import NASTY, Text
from tests.views.put_off import PutOff, put_off
from tests.views.test_room import states

PAGE = "https://example.org/etiquette/"
FOUND = "projector/"


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[PutOff]:
    store = Store.open(f"sqlite:///{tmp_path / 'there' / 'rooms.sqlite3'}", clock=clock, timeout=0)
    with put_off(store) as here:
        yield here
        here.store.close()


@pytest.fixture
def session(here: PutOff, clock: Clock) -> Session:
    return Session(here.store, clock)


@pytest.fixture
def projector(here: PutOff, session: Session, clock: Clock) -> Iterator[Projector]:
    """The projector of the session's room."""
    projector = Projector(Announcer(), clock)
    projector.show(address(session))
    here.settle()
    yield projector
    projector.close()


def address(session: Session) -> str:
    """The address of a room's projector, as App passes it on."""
    return RoomLinks.of(session.facilitator, PAGE, "", PAGE).projector.partition(f"#{FOUND}")[2]


def shown(projector: Projector) -> str:
    """All the text that a projector shows."""
    parts = (projector.stage, projector.join, projector.attendance, projector.status, projector.notice)
    return " ".join(" ".join(Text(part.value).said) for part in parts)


def prompt(session: Session) -> Prompt:
    found = session.facilitator.snapshot().prompt
    assert found is not None
    return found


def test_it_shows_how_to_join_until_the_end(here: PutOff, session: Session, projector: Projector) -> None:
    """The code in two groups, the QR code of the learners' link, and the address as people type it. After the end,
    nobody can join, until that is undone.
    """
    for commands in ((), (Command.NEXT,), (Command.OPEN,), (Command.CLOSE,), (Command.REVEAL,)):
        session.take(*commands)
        here.settle()
        for text in (f"{session.code[:3]} {session.code[3:]}", "example.org/etiquette"):
            assert text in shown(projector)
        assert f"{PAGE}?room={session.code}" in projector.join.value
        assert "https://" not in shown(projector)
    for command, joins in ((Command.END, False), (Command.UNDO, True)):
        session.take(command)
        here.settle()
        assert bool(projector.join.value) == joins


def test_it_follows_a_question_from_the_lobby_to_the_reveal(
    here: PutOff, session: Session, projector: Projector
) -> None:
    first, second = session.join(), session.join()
    here.settle()
    assert "Join on your phone" in shown(projector)
    assert "2 people are here" in shown(projector)
    session.take(Command.NEXT, Command.OPEN)
    first.vote(session.open_ballot(), 0)
    here.settle()
    for option in prompt(session).options:
        assert option.says in shown(projector)
    assert "What would you do?" in shown(projector)
    assert "1 voted" in shown(projector)
    assert TALK not in shown(projector)
    session.take(Command.CLOSE)
    here.settle()
    assert TALK in shown(projector)
    session.take(Command.OPEN)
    for learner in (first, second):
        learner.vote(session.open_ballot(), 1)
    session.take(Command.CLOSE, Command.SHOW)
    here.settle()
    assert TALK not in shown(projector)
    for text in ("First vote", "Second vote", "100%"):
        assert text in shown(projector)
    session.take(Command.REVEAL)
    here.settle()
    best = prompt(session).options[prompt(session).best]
    for text in (best.reason, "the best option", "One person voted twice", GUIDELINE_TITLES[prompt(session).guideline]):
        assert text in shown(projector)


def test_no_state_of_it_holds_a_verdict_or_bar_before_the_room_may_see_it(
    here: PutOff, session: Session, projector: Projector
) -> None:
    learner = session.join("Zoë")
    session.take(Command.NEXT)
    for command in (Command.OPEN, Command.CLOSE, Command.OPEN, Command.CLOSE):
        session.take(command)
        if command is Command.OPEN:
            learner.vote(session.open_ballot(), 1)
        here.settle()
        received = states(projector)
        assert prompt(session).options[0].says in received
        reasons = [json.dumps(each.reason, ensure_ascii=False)[1:-1] for each in prompt(session).options]
        for secret in (*reasons, "pp-badge", "the best option", "pp-votes", "Zoë", session.facilitator.secret):
            assert secret not in received
    session.take(Command.SHOW)
    here.settle()
    assert "pp-votes" in states(projector)
    assert "pp-badge" not in states(projector)
    session.take(Command.HIDE)
    here.settle()
    assert "pp-votes" not in states(projector)
    session.take(Command.REVEAL)
    here.settle()
    assert "pp-badge" in states(projector)


def test_the_end_names_what_to_practise_and_nobody(here: PutOff, session: Session, projector: Projector) -> None:
    """If the end is undone, the question is back."""
    learner = session.join("Zoë")
    session.take(Command.NEXT, Command.OPEN)
    worst = min(range(len(prompt(session).options)), key=lambda number: prompt(session).options[number].credit)
    learner.vote(session.open_ballot(), worst)
    session.take(Command.CLOSE, Command.REVEAL, Command.END)
    here.settle()
    assert projector.missed[0].missed == 1
    for text in ("Thank you for taking part", GUIDELINE_TITLES[projector.missed[0].guideline]):
        assert text in shown(projector)
    for text in ("Zoë", "at fault"):
        assert text not in states(projector)
    session.take(Command.UNDO)
    here.settle()
    assert projector.missed == ()
    assert "Thank you" not in shown(projector)


def test_a_story_that_each_plays_alone_is_named_and_counted(
    here: PutOff, session: Session, projector: Projector
) -> None:
    learner = session.join()
    session.take(Command.NEXT, *[Command.SKIP] * 4, Command.OPEN)
    here.settle()
    title = library()["two-names"].title
    assert f"Everyone plays “{title}” on their own phone" in shown(projector)
    assert "The story is open" in shown(projector)
    assert "Nobody has started yet." in shown(projector)
    assert "started" not in projector.attendance.value
    for turn in range(20):
        if learner.snapshot().over:
            break
        learner.play(session.open_ballot(), turn, 0)
    here.settle()
    assert shown(projector).count("1 started, 1 finished") == 1


def test_a_learners_question_stands_in_place_of_everything_else(projector: Projector) -> None:
    assert projector.snapshot is not None
    for phase in Phase:
        screen = replace(projector.snapshot.screen, phase=phase, vote_number=1, options=("One", "Two"))
        text = Text(projection(ProjectorSnapshot(screen, NASTY), (), "top"))
        assert f"“{NASTY}”" in "".join(text.said)
        assert "One" not in " ".join(text.said)
        assert "img" not in text.elements


def test_a_facilitators_own_question_has_no_timeline_and_no_guideline(here: PutOff, clock: Clock) -> None:
    session = Session(here.store, clock, Agenda((FreeQuestion(NASTY, (NASTY + "1", "Two"), 1, NASTY),)))
    projector = Projector(Announcer(), clock)
    projector.show(address(session))
    session.take(Command.NEXT, Command.OPEN, Command.CLOSE)
    here.settle()
    assert NASTY in shown(projector)
    assert "Your answer" in shown(projector)
    assert "What would you do?" not in shown(projector)
    session.take(Command.REVEAL)
    here.settle()
    for text in ("Why B is right", NASTY, "Not right"):
        assert text in shown(projector)
    assert "img" not in Text(projector.stage.value).elements
    projector.close()


def test_a_wrong_link_and_a_deleted_room_are_one_sentence(here: PutOff, session: Session, projector: Projector) -> None:
    """Nothing of a room that was shown before stays on screen."""
    code = session.code
    session.facilitator.delete()
    here.settle()
    assert Text(projector.stage.value).said == [DELETED]
    assert shown(projector).split() == DELETED.split()
    for wrong in ("", "nonsense", f"{code}.nonsense/", address(session)):
        projector.show(wrong)
        here.settle()
        assert Text(projector.stage.value).said == [WRONG_LINK]
        assert projector.join.value == ""


def test_it_says_when_the_rooms_cannot_be_reached(
    here: PutOff, session: Session, projector: Projector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room stays on screen, beside the sentence; without a room, the sentence stands alone."""
    session.take(Command.NEXT)
    here.settle()
    before = projector.stage.value
    projector._store_changed("We can’t reach the rooms’ database.")
    assert "We can’t reach" in projector.status.value
    assert projector.stage.value == before
    projector._store_changed("")
    assert projector.status.value == ""

    def away() -> Store:
        raise StoreError("We can’t reach it.")

    monkeypatch.setattr(here, "room_store", away)
    projector.show(address(session))
    here.settle()
    assert Text(projector.stage.value).said == ["We can’t reach it."]


def test_screen_readers_hear_where_the_session_is_once_for_each_step(
    here: PutOff, session: Session, projector: Projector
) -> None:
    heard: list[str] = []
    projector.announcer.say = heard.append  # type: ignore[assignment,method-assign]
    session.take(Command.NEXT)
    here.settle()
    session.take(Command.OPEN)
    here.settle()
    session.join()
    here.settle()
    assert heard == ["1 of 5 · The vote isn’t open yet.", "1 of 5 · First vote is open."]


def test_the_page_opens_a_projector_by_its_address(here: PutOff, session: Session, clock: Clock) -> None:
    """In the way that a browser reports the address, without its percent signs. No door leads there."""
    app = App(progress_store=ProgressStore(), clock=clock)
    app.go(f"{FOUND}{session.code}.{session.facilitator.projector_secret}/{PAGE}?room={session.code}")
    here.settle()
    projector = app.parts["projector"]
    assert isinstance(projector, Projector)
    assert "example.org/etiquette" in shown(projector)
    assert "projector" not in app.navigation.value
    app.close()
    assert projector.closed


def test_an_address_in_words_is_what_people_type() -> None:
    assert address_in_words("https://example.org/etiquette/?room=BCDFGH") == "example.org/etiquette"
    assert address_in_words("http://192.168.0.7:8866/?room=BCDFGH") == "192.168.0.7:8866"


def test_marks_on_the_timeline_do_not_cover_each_other() -> None:
    """Nor do its labels: there are at most as many as the line has room for. The same events are in a list."""
    situations = [question.situation for seed in range(10) for question in Quiz.draw(f"{seed}", 8).questions]
    situations += [Run.start(scenario).situation for scenario in library().values()]
    for situation in situations:
        drawn = projected_timeline(situation)
        assert drawn.count("<li>") >= 2
        places = [float(each.split("%")[0]) for each in drawn.split('pp-day" style="left: ')[1:]]
        gaps = [after - before for before, after in pairwise(places)]
        assert all(gap > 11 for gap in gaps)


def test_the_timeline_says_what_its_marks_mean() -> None:
    """Those that are on it, the interview's with its day."""
    situations = [question.situation for seed in range(10) for question in Quiz.draw(f"{seed}", 8).questions]
    for situation in situations:
        said = " ".join(Text(projected_timeline(situation).partition("<ol")[0]).said)
        assert f"interview, {situation.local_time(timedelta(0)):%a}" in said
        assert ("you did" in said) == bool(situation.contacts)
        assert ("date they gave" in said or "answer due" in said) == (promised_date(situation) is not None)


def test_a_story_that_the_room_plays_goes_on_after_its_choice(here: PutOff, clock: Clock) -> None:
    session = Session(here.store, clock, Agenda((Play(library()["the-quiet-week"]),)))
    projector = Projector(Announcer(), clock)
    projector.show(address(session))
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    learner.vote(session.open_ballot(), 0)
    session.take(Command.CLOSE, Command.REVEAL)
    here.settle()
    assert "what the room did" in shown(projector)
    assert "What happened next" in shown(projector)
    projector.close()
