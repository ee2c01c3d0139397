"""`etiquette serve --policy`: an office's own rules, on the learners' page and in the facilitator's rooms."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from ipywidgets import HTML

from etiquette.cli import main
from etiquette.host.hosted_session import HostedSession, LoopPlatform
from etiquette.host.visitors import Visitor
from etiquette.judge import A_DAY, ARTICLE, Policy, load_policy
from etiquette.practice import Quiz
from etiquette.room import Agenda, Command, RoomError
from etiquette.room.store import Store
from etiquette.sessions import install, widget_markup
from etiquette.stories import library
from etiquette.views import App, Facilitator, FollowUp, KernelEnvironment, boundary, play
from tests.host.guest import ask, eventually
from tests.host.serving import serving
from tests.host.test_workers import two_ports, up

RULES = """\
id: our-office
title: The office’s <rules>
source: Our handbook, page 7
thresholds:
  thank_you_within: 24
  call_after_email: 72
"""
NOTE = "This page teaches the rules of “The office’s &lt;rules&gt;”"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def policy(file: Path) -> Policy:
    return load_policy(file)


@pytest.fixture
def store(tmp_path: Path, policy: Policy) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'rooms.sqlite3'}", policy=policy)
    yield opened
    opened.close()


@pytest.fixture
def session(store: Store, policy: Policy) -> Iterator[HostedSession]:
    install()
    loop = asyncio.new_event_loop()
    with ThreadPoolExecutor(1) as threads:
        session = HostedSession(
            LoopPlatform(loop, threads), Visitor("p", 1, "", 0, 0, 0), "", lambda: store, policy=policy
        )
        yield session
        session.session.close()
    loop.close()


def test_a_learner_is_judged_by_it_and_told_so_at_the_top(session: HostedSession, policy: Policy) -> None:
    app = session.session.run(App)
    assert app.policy == policy
    session.session.run(app.play, library()["the-quiet-week"])
    assert app.player is not None
    assert app.player.run.policy == policy
    session.session.run(lambda: app.go("practise/quiz"))
    assert app.quiz is not None
    assert app.quiz.policy == policy
    shown = widget_markup(app)
    assert NOTE in shown
    assert "Our handbook, page 7" in shown


def test_the_exercises_of_a_lesson_go_by_it_and_the_lesson_says_that_its_text_does_not(
    session: HostedSession, policy: Policy
) -> None:
    app = session.session.run(App)
    session.session.run(lambda: app.go("learn/calling"))
    assert "explains the article" in widget_markup(app)
    assert session.session.run(boundary, "calling").policy == policy
    assert session.session.run(FollowUp).policy == policy
    assert session.session.run(play, "twenty-seconds").run.policy == policy


def test_the_facilitators_rooms_are_judged_by_it_and_the_page_says_so(session: HostedSession, policy: Policy) -> None:
    page = session.session.run(Facilitator)
    assert page.agenda_editor.policy == policy
    assert NOTE in widget_markup(page)


def test_a_page_that_teaches_the_article_does_not_speak_of_other_rules() -> None:
    assert KernelEnvironment().policy == ARTICLE
    for view in (App(), Facilitator()):
        assert not any("teaches the rules" in child.value for child in view.children if isinstance(child, HTML))


def test_a_room_goes_on_only_where_its_policy_is_known(store: Store, policy: Policy, tmp_path: Path) -> None:
    """Another process that teaches by the same rules judges the same room; one that does not says so."""
    quiz = Quiz.draw("ours", 5, policy)
    session = store.open_room(Agenda((quiz,), policy))
    session.do(Command.NEXT, seen=session.snapshot().version)
    url = f"sqlite:///{tmp_path / 'rooms.sqlite3'}"
    same, other = Store.open(url, policy=policy), Store.open(url)
    try:
        read = same.facilitator_session(session.code, session.secret)
        room = same.rows.database.read(lambda it: same.rows.room(it, session.code)).room
        assert room.agenda.policy == policy
        assert room.agenda.policy.thresholds.call_after_email == 3 * A_DAY
        assert read.snapshot() == session.snapshot()
        with pytest.raises(RoomError, match="policy"):
            other.facilitator_session(session.code, session.secret).snapshot()
    finally:
        same.close()
        other.close()


def test_a_notebook_teaches_by_the_file_that_a_variable_names(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETIQUETTE_POLICY", str(file))
    assert KernelEnvironment().policy.id == "our-office"


def test_a_file_that_is_no_policy_is_refused_when_the_server_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.yaml").write_text("id: our-office\nthresholds:\n  quiet: soon\n", encoding="utf-8")
    assert main(["serve", "--no-open", "--policy", str(tmp_path / "bad.yaml")]) == 2
    said = capsys.readouterr().err
    assert "bad.yaml" in said
    assert "quiet" in said
    assert main(["serve", "--no-open", "--policy", str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml" in capsys.readouterr().err


@pytest.mark.slow
def test_every_worker_and_every_page_of_it_teaches_by_it(file: Path) -> None:
    port = two_ports()
    with serving("--workers", "2", "--workshop", "--ip", "127.0.0.1", "--policy", str(file), port=port) as server:
        lines = eventually(lambda: [line for line in server.output if "facilitator's page: " in line])
        facilitator = lines[0].split("page: ")[1].strip()
        for number in range(2):
            address = f"http://127.0.0.1:{port + number}/"
            eventually(partial(up, address), within=60)
            assert NOTE in ask(address).text
            assert NOTE in ask(facilitator.replace(str(port), str(port + number))).text
