"""Putting a session together: the list of its parts, what can be added, saved sessions and files."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ipywidgets import HTML, Widget
from ipywidgets.widgets.widget import _instances
from markupsafe import escape

from etiquette.judge import ARTICLE, Kind
from etiquette.practice import Quiz
from etiquette.room import Agenda, AgendaPart, FreeQuestion, JudgedQuestion, Play, PreparedSession
from etiquette.room.store import Store
from etiquette.room.store.schema import prepared
from etiquette.stories import best_path, library
from etiquette.views.controls import Announcer, Notice, ProgressStore, close_all
from etiquette.views.room.preparation.agenda_editor import PLAN_ITEM, AgendaEditor
from etiquette.views.room.preparation.descriptions import part_title
from etiquette.views.room.preparation.free_question_form import FreeQuestionForm
from etiquette.views.room.preparation.judged_question_form import JudgedQuestionForm
from etiquette.views.room.preparation.keeping import file_name
from etiquette.views.room.preparation.question_picker import QuestionPicker, QuizPicker
from etiquette.views.room.preparation.story_outline import story_outline
from etiquette.views.room.preparation.story_picker import StoryPicker
from tests.room.store.builders import Clock
from tests.room.test_agenda import CALL, FREE, a_judged_question, all_parts
from tests.views.drawn import Text
from tests.views.put_off import PutOff, put_off

NOW = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[PutOff]:
    store = Store.open(f"sqlite:///{tmp_path / 'rooms.sqlite3'}", clock=clock, rng=random.Random(1))
    with put_off(store) as environment:
        yield environment
    store.close()


def visible_text(view: Widget) -> str:
    """All the text that a view shows, with the labels of its buttons."""
    if view.layout.display == "none":
        return ""
    own = " ".join(Text(view.value).said) if isinstance(view, HTML) else getattr(view, "description", "")
    return " ".join([own, *(visible_text(child) for child in getattr(view, "children", ()))])


class Preparation:
    """An editor, and the agendas for which it has opened a room."""

    def __init__(self, here: PutOff) -> None:
        self.here, self.opened = here, list[Agenda]()
        self.editor = AgendaEditor(library(), ARTICLE, self.opened.append, Notice(), Announcer())
        self.editor.show_saved()
        here.settle()

    def put(self, *parts: AgendaPart) -> None:
        for part in parts:
            self.editor._add(part)

    @property
    def parts(self) -> Sequence[AgendaPart]:
        """The parts on screen."""
        return self.editor.list.parts

    def click(self, number: int, name: str, state: str | None = None) -> None:
        """Click a button of the part in this place."""
        self.editor.list.rows[number].buttons.click(name, state)

    def choose(self, session: str, name: str) -> None:
        """Click a button of a prepared session."""
        number = self.sessions.index(session)
        self.editor.sessions.rows[number].buttons.click(name)
        self.here.settle()

    def save(self, name: str) -> None:
        self.editor.keeping.name.text = name
        self.editor.keeping.buttons.click("save")
        self.here.settle()

    @property
    def sessions(self) -> list[str]:
        """The names of the prepared sessions on screen."""
        return [session.name for session in self.editor.sessions.sessions]

    @property
    def text(self) -> str:
        return visible_text(self.editor)


@pytest.fixture
def preparation(here: PutOff) -> Preparation:
    return Preparation(here)


QUIZ, TOGETHER = Quiz.draw("a", 2), Play(library()["the-quiet-week"])
ALONE = Play(library()["two-names"], together=False)


# The list


def test_the_list_says_what_happens_in_each_part_and_how_long_it_takes(preparation: Preparation) -> None:
    preparation.put(QUIZ, TOGETHER, ALONE, FREE)
    for words in (
        "1. 2 questions",
        "2. The quiet week",
        "The room plays it together. About 18 minutes.",
        "Each person plays it alone. About 9 minutes.",
        "4. Your question: Is a gift all right?",
        "Your session: about 39 minutes",
    ):
        assert words in preparation.text


def test_a_single_question_is_called_by_its_employer_and_its_guideline() -> None:
    quiz = Quiz.draw("c", 1, guideline="thank-you")
    title = part_title(quiz)
    assert title.endswith(": thanks")
    assert title.partition(":")[0].lower().removeprefix("the ") in quiz.questions[0].story


@pytest.mark.parametrize("name", library())
def test_a_story_can_be_prepared_from_its_outline(name: str) -> None:
    """Every decision on the best path with all its choices and one marked as the best, and how it ends."""
    scenario = library()[name]
    best = best_path(scenario).run
    outline = story_outline(scenario, ARTICLE)
    text = " ".join(Text(outline).said)
    assert text.count("the best option") == len(best.decisions)
    assert f"Decision {len(best.decisions)} of {len(best.decisions)}" in text
    for decision in best.decisions:
        assert all(escape(choice.says) in outline for choice in decision.moment.choices)
    assert best.ending is not None
    assert escape(best.ending.tells.split("\n")[0].strip()) in outline
    assert f"The best of its {len(scenario.endings)} endings" in text


def test_the_outline_of_a_story_is_folded_away_where_it_is_chosen_and_in_the_list(preparation: Preparation) -> None:
    picker = preparation.editor.additions.show("story")
    assert isinstance(picker, StoryPicker)
    preparation.put(TOGETHER)
    for html in (picker.text.value, preparation.editor.list.rows[0].text.value):
        assert "Decision 1 of" in html.partition("<details")[2]
        assert "Decision 1 of" not in html.partition("<details")[0]


def test_parts_are_moved_and_removed_and_the_focus_follows_them(preparation: Preparation) -> None:
    editor = preparation.editor
    preparation.put(QUIZ, TOGETHER, FREE)
    preparation.click(2, "up")
    assert list(preparation.parts) == [QUIZ, FREE, TOGETHER]
    preparation.click(0, "down")
    assert list(preparation.parts) == [FREE, QUIZ, TOGETHER]
    preparation.click(1, "remove")
    assert list(preparation.parts) == [FREE, TOGETHER]
    assert editor.list.rows[1].buttons.labels == ["Move 2 up", "Move 2 down", "Remove 2"]
    assert editor.list.rows[1].buttons.label == "2. The quiet week"


def test_the_ends_of_the_list_cannot_be_moved_past(preparation: Preparation) -> None:
    preparation.put(QUIZ, FREE)
    preparation.click(0, "up")
    preparation.click(1, "down")
    assert preparation.parts == (QUIZ, FREE)
    first, second = (row.buttons.buttons for row in preparation.editor.list.rows)
    assert [button["enabled"] for button in first] == [False, True, True]
    assert [button["enabled"] for button in second] == [True, True, False, True]
    assert second[0]["label"] == "Edit 2"


def test_a_second_click_removes_nothing_else(preparation: Preparation) -> None:
    """It was meant for what the button showed before."""
    preparation.put(QUIZ, TOGETHER, FREE)
    state = preparation.editor.list.rows[0].buttons.state
    preparation.click(0, "remove", state)
    preparation.click(0, "remove", state)
    preparation.click(2, "remove")
    assert preparation.parts == (TOGETHER, FREE)


def test_an_empty_session_is_not_opened(preparation: Preparation) -> None:
    preparation.here.click(preparation.editor.open_room)
    assert "A session needs 1 to 60 questions and stories" in preparation.text
    preparation.put(FREE)
    assert "A session needs" not in preparation.text
    preparation.here.click(preparation.editor.open_room)
    assert preparation.opened == [Agenda((FREE,))]


# What can be added


def test_a_story_is_shown_before_it_is_added(preparation: Preparation) -> None:
    picker = preparation.editor.additions.show("story")
    assert isinstance(picker, StoryPicker)
    picker.scenario.text = "under-the-phone-covers"
    assert "held the interview on a roof" in visible_text(picker)
    assert "about 12 minutes; played alone, about 8 minutes" in visible_text(picker)
    picker.buttons.click("together")
    picker.buttons.click("alone")
    scenario = library()["under-the-phone-covers"]
    assert preparation.parts == (Play(scenario), Play(scenario, together=False))


def test_a_question_is_read_before_it_is_added(preparation: Preparation) -> None:
    picker = preparation.editor.additions.show("question")
    assert isinstance(picker, QuestionPicker)
    picker.guideline.text = "calling"
    first = picker.quiz
    picker.buttons.click("another")
    second = picker.quiz
    assert second != first
    assert second.questions[0].story.split("\n\n")[0] in visible_text(picker)
    assert visible_text(picker).count("the best option") == 1
    picker.buttons.click("add")
    assert preparation.parts == (second,)
    assert second.guideline == "calling"
    assert picker.quiz != second


def test_a_quiz_of_some_length_is_added(preparation: Preparation) -> None:
    picker = preparation.editor.additions.show("quiz")
    assert isinstance(picker, QuizPicker)
    picker.length.text, picker.guideline.text = "3", "references"
    picker.buttons.click("add")
    (quiz,) = preparation.parts
    assert isinstance(quiz, Quiz)
    assert [question.guideline for question in quiz.questions] == ["references"] * 3


def test_a_second_click_adds_nothing_else(preparation: Preparation) -> None:
    quiz, story, question = (preparation.editor.additions.show(name) for name in ("quiz", "story", "question"))
    assert isinstance(quiz, QuizPicker)
    assert isinstance(story, StoryPicker)
    assert isinstance(question, QuestionPicker)
    for buttons, name in ((quiz.buttons, "add"), (story.buttons, "alone"), (question.buttons, "add")):
        state = buttons.state
        buttons.click(name, state)
        buttons.click(name, state)
    assert len(preparation.parts) == 3


def test_a_question_with_the_right_answer_marked(preparation: Preparation) -> None:
    form = preparation.editor.additions.show("free")
    assert isinstance(form, FreeQuestionForm)
    form.buttons.click("add")
    assert "Please write your question first." in visible_text(form)
    form.asks.text, form.options[0].text, form.options[2].text = FREE.asks, *FREE.options
    form.why.text = FREE.why
    form.buttons.click("add")
    assert "Choose the right answer." in visible_text(form)
    form.right.text = "C"
    form.buttons.click("add")
    assert preparation.parts == (FREE,)
    assert form.asks.text == form.options[0].text == form.right.text == form.problem.value == ""


@pytest.fixture
def judged(preparation: Preparation) -> JudgedQuestionForm:
    form = preparation.editor.additions.show("judged")
    assert isinstance(form, JudgedQuestionForm)
    form.clock = lambda: NOW
    return form


def enter_the_situation(form: JudgedQuestionForm) -> None:
    """An interview on Tuesday, a request for references on the same day, a decision on Thursday."""
    form.day.text, form.time.text = "2026-03-05", "10:00"
    fields = form.form.fields
    fields["job"].text, fields["employer"].text, fields["place"].text = "welder", "Ferro", "London"
    fields["day"].text, fields["time"].text = "2026-03-03", "11:00"
    form.buttons.click("next")
    fields["hearing"].text, fields["references"].text = "by Friday 13 March", "asked"
    form.buttons.click("next")
    form.buttons.click("next")


def test_a_question_that_the_judge_answers(preparation: Preparation, judged: JudgedQuestionForm) -> None:
    """The facts become a draft of the words; the verdicts are the judge's."""
    enter_the_situation(judged)
    assert "You had an interview for a job as a welder at Ferro. It ended on Tuesday 3 March at 11:00." in (
        judged.asks.text
    )
    assert "They said you’d hear by Friday 13 March. They asked you to send your references." in judged.asks.text
    assert "It’s now Thursday 5 March at 10:00." in judged.asks.text
    wait, send, *_ = judged.rows
    wait.kind.text, wait.day.text = Kind.HOLD_BACK.value, "2026-03-09"
    send.kind.text, send.says.text = Kind.SEND_REFERENCES.value, "Send both names now."
    judged.look.click()
    assert "Wait until Monday 9 March." in visible_text(judged)
    assert "Passive" in visible_text(judged)
    judged.buttons.click("add")
    (question,) = preparation.parts
    assert isinstance(question, JudgedQuestion)
    assert question.question(ARTICLE).best == 1
    assert (judged.step, judged.asks.text, judged.day.text, judged.rows[0].kind.text) == (0, "", "", "")


def test_what_is_wrong_with_the_situation_is_said_in_its_step(judged: JudgedQuestionForm) -> None:
    judged.buttons.click("next")
    assert "things to put right" in visible_text(judged)
    judged.day.text, judged.time.text = "2026-03-02", "25:00"
    judged.form.fields["place"].text = "London"
    judged.buttons.click("next")
    assert "The day and time of the decision:" in visible_text(judged)
    assert judged.step == 0


def test_a_missing_day_of_the_decision_is_named_with_all_else_that_is_missing(judged: JudgedQuestionForm) -> None:
    judged.buttons.click("next")
    assert "The day and time of the decision:</b> Choose a date and a time." in judged.problems.value
    assert "The day of the interview" in judged.problems.value
    judged.day.text = "2026-03-05"
    judged.buttons.click("next")
    assert "Choose a time." in judged.problems.value


def test_a_question_without_a_best_option_is_not_added(preparation: Preparation, judged: JudgedQuestionForm) -> None:
    """The facilitator sees the verdicts, and what to change; their words stay."""
    enter_the_situation(judged)
    judged.asks.text = "They want two names."
    wait, call, *_ = judged.rows
    wait.kind.text, call.kind.text = Kind.HOLD_BACK.value, Kind.CALL.value
    judged.buttons.click("add")
    assert "None of your options is right" in visible_text(judged)
    assert "What the judge says" in visible_text(judged)
    judged.buttons.click("back")
    judged.buttons.click("next")
    assert judged.asks.text == "They want two names."
    assert not preparation.parts


def test_more_options_can_be_shown(judged: JudgedQuestionForm) -> None:
    assert [row.layout.display for row in judged.rows] == [""] * 4 + ["none"] * 2
    for _ in range(2):
        judged.more.click()
    assert [row.layout.display for row in judged.rows] == [""] * 6
    assert judged.more.layout.display == "none"


# Editing a question of one's own


def test_a_free_question_is_edited_in_its_place(preparation: Preparation) -> None:
    preparation.put(QUIZ, FREE, TOGETHER)
    preparation.click(1, "edit")
    form = preparation.editor.additions.show("free")
    assert isinstance(form, FreeQuestionForm)
    assert (form.asks.text, form.options[0].text, form.right.text, form.why.text) == (FREE.asks, "Yes", "B", FREE.why)
    form.asks.text = "Is a card all right?"
    assert form.buttons.labels == ["Save the question", "Leave it as it was"]
    form.buttons.click("add")
    assert preparation.parts == (QUIZ, replace(FREE, asks="Is a card all right?"), TOGETHER)
    assert form.buttons.labels == ["Add your question"]
    assert form.asks.text == ""


def test_a_question_with_a_situation_is_edited_in_its_place(preparation: Preparation) -> None:
    """What is not changed stays as it was."""
    question = a_judged_question()
    preparation.put(question, FREE)
    preparation.click(0, "edit")
    form = preparation.editor.additions.show("judged")
    assert isinstance(form, JudgedQuestionForm)
    assert form.asks.text == question.asks
    assert form.rows[0].says.text == "Wait until Monday."
    form.rows[1].says.text = "Email both names now."
    form.buttons.click("add")
    edited, other = preparation.parts
    assert isinstance(edited, JudgedQuestion)
    assert other == FREE
    assert [option.says for option in edited.options] == ["Wait until Monday.", "Email both names now.", CALL.says]
    assert (edited.asks, edited.now) == (question.asks, question.now)
    assert edited.situation.words == question.situation.words


@pytest.mark.parametrize("question", [FREE, a_judged_question()], ids=["free", "judged"])
def test_editing_can_be_given_up(preparation: Preparation, question: FreeQuestion | JudgedQuestion) -> None:
    preparation.put(question)
    preparation.click(0, "edit")
    form = preparation.editor.additions.show("free" if question is FREE else "judged")
    assert isinstance(form, FreeQuestionForm | JudgedQuestionForm)
    form.asks.text = "Something else"
    form.buttons.click("cancel")
    assert preparation.parts == (question,)
    assert form.asks.text == ""
    assert form.edited is None


def test_an_edited_question_that_was_removed_meanwhile_is_added_at_the_end(preparation: Preparation) -> None:
    preparation.put(FREE, QUIZ)
    preparation.click(0, "edit")
    preparation.click(0, "remove")
    form = preparation.editor.additions.show("free")
    assert isinstance(form, FreeQuestionForm)
    form.buttons.click("add")
    assert preparation.parts == (QUIZ, FREE)


# What the browser keeps


def test_a_reload_brings_back_the_session_that_was_being_put_together(preparation: Preparation, here: PutOff) -> None:
    preparation.put(*all_parts().parts)
    preparation.editor.keeping.name.text = "Monday group"
    again = Preparation(here)
    assert again.parts == all_parts().parts
    assert again.editor.keeping.name.text == "Monday group"
    again.choose("A 20-minute session", "use")
    assert "Replace them?" in again.text, "it is still not saved"


def report(here: PutOff, agenda: Agenda) -> None:
    """The browser says that it has kept this session."""
    here.progress_store._handle_custom_msg({"found": {}, "items": {PLAN_ITEM: agenda.to_json()}}, [])


def test_the_browser_answers_once_the_page_is_drawn(here: PutOff) -> None:
    here._progress_store = ProgressStore()
    preparation = Preparation(here)
    report(here, Agenda((QUIZ,), name="Kept"))
    assert preparation.parts == (QUIZ,)
    assert preparation.editor.keeping.name.text == "Kept"


def test_a_session_that_arrives_late_replaces_nothing(here: PutOff) -> None:
    here._progress_store = ProgressStore()
    preparation = Preparation(here)
    preparation.put(FREE)
    report(here, Agenda((QUIZ,)))
    assert preparation.parts == (FREE,)


def test_what_another_tab_puts_together_is_left_to_it(here: PutOff) -> None:
    here._progress_store = ProgressStore()
    preparation = Preparation(here)
    here.progress_store._handle_custom_msg({"found": {}, "items": {}}, [])
    here.progress_store._handle_custom_msg({"item": PLAN_ITEM, "text": Agenda((QUIZ,)).to_json()}, [])
    assert not preparation.parts


@pytest.mark.parametrize("kept", ["{", "{}", Agenda((FREE,)).to_json().replace("own", "pwn")[:-9]])
def test_a_damaged_session_in_the_browser_leaves_an_empty_one(here: PutOff, kept: str) -> None:
    here.progress_store.set_item(PLAN_ITEM, kept)
    preparation = Preparation(here)
    assert not preparation.parts
    preparation.put(FREE)
    assert preparation.parts == (FREE,)


def test_questions_that_have_changed_since_the_last_visit_are_pointed_out(here: PutOff) -> None:
    agenda = Agenda((QUIZ,))
    here.progress_store.set_item(PLAN_ITEM, agenda.to_json().replace(agenda.version, "0" * 12))
    assert "have changed since it was saved" in Preparation(here).text


def test_a_session_too_long_for_the_browser_says_so(preparation: Preparation, here: PutOff) -> None:
    preparation.put(*(FreeQuestion(f"{number} " + "x" * 3_900, ("Yes", "No"), 0) for number in range(18)))
    assert "too long to still be here after a reload" in preparation.text
    assert not Preparation(here).parts


def test_starting_again_asks_only_if_something_would_be_lost(preparation: Preparation, here: PutOff) -> None:
    start_over = preparation.editor.start_over
    assert "Start with an empty session" not in preparation.text
    preparation.put(FREE)
    start_over.buttons.click("empty")
    start_over.buttons.click("no")
    assert preparation.parts == (FREE,)
    preparation.save("Mine")
    start_over.buttons.click("empty")
    assert not preparation.parts
    preparation.put(QUIZ)
    start_over.buttons.click("empty")
    start_over.buttons.click("yes")
    assert not preparation.parts
    assert preparation.editor.keeping.name.text == ""
    assert not Preparation(here).parts


# The name


def test_the_room_has_the_name_of_the_session(preparation: Preparation) -> None:
    preparation.choose("A 20-minute session", "use")
    preparation.here.click(preparation.editor.open_room)
    preparation.put(FREE)
    preparation.here.click(preparation.editor.open_room)
    preparation.editor.keeping.name.text = "Monday group"
    preparation.here.click(preparation.editor.open_room)
    assert [agenda.name for agenda in preparation.opened] == ["A 20-minute session", "", "Monday group"]


@pytest.mark.parametrize(
    ("title", "file"),
    [("Monday group", "Monday group.json"), ("a/b: c?", "a b c.json"), ("...", "My session.json"), ("é", "é.json")],
)
def test_a_file_is_called_like_its_session(title: str, file: str) -> None:
    assert file_name(title) == file


# Sessions


def test_two_sessions_are_there_from_the_start(preparation: Preparation) -> None:
    assert preparation.sessions == ["A 45-minute session", "A 20-minute session"]
    preparation.choose("A 20-minute session", "use")
    assert "Your session: about 20 minutes" in preparation.text
    preparation.here.click(preparation.editor.open_room)
    assert len(preparation.opened[0].items) == 3


def test_a_saved_session_is_used_again(preparation: Preparation, here: PutOff) -> None:
    preparation.put(*all_parts().parts)
    preparation.save("Monday’s group")
    assert "Saved as “Monday’s group”" in preparation.text
    again = Preparation(here)
    assert again.sessions[2:] == ["Monday’s group"]
    again.choose("Monday’s group", "use")
    assert again.parts == all_parts().parts
    assert again.editor.keeping.name.text == "Monday’s group"


def test_replacing_a_saved_session_asks_first(preparation: Preparation, here: PutOff) -> None:
    preparation.put(FREE)
    preparation.save("Mine")
    preparation.put(QUIZ)
    preparation.save("Mine")
    buttons = preparation.editor.keeping.buttons
    assert buttons.labels == ["Replace it", "Keep the old one"]
    buttons.click("keep")
    here.settle()
    assert here.store.prepared.load("Mine", library(), ARTICLE).agenda.parts == (FREE,)
    preparation.save("Mine")
    buttons.click("replace")
    here.settle()
    assert here.store.prepared.load("Mine", library(), ARTICLE).agenda.parts == (FREE, QUIZ)
    assert buttons.labels == ["Save it under this name"]


def test_a_session_without_a_name_or_parts_is_not_saved(preparation: Preparation) -> None:
    preparation.save("Mine")
    assert "A session needs 1 to 60" in preparation.text
    preparation.put(FREE)
    preparation.save(" ")
    assert "give your session a name" in preparation.text
    assert len(preparation.sessions) == 2


def test_the_sessions_that_come_with_the_package_keep_their_names(preparation: Preparation) -> None:
    preparation.choose("A 20-minute session", "use")
    assert preparation.editor.keeping.name.text == ""
    preparation.save("A 20-minute session")
    assert "built-in sessions has this name" in preparation.text
    assert len(preparation.sessions) == 2


def test_sessions_are_duplicated_and_deleted(preparation: Preparation) -> None:
    """Deleting asks first, and those that come with the package stay."""
    preparation.choose("A 20-minute session", "duplicate")
    preparation.choose("A 20-minute session", "duplicate")
    copies = ["A 20-minute session (copy)", "A 20-minute session (copy 2)"]
    assert sorted(preparation.sessions[2:], key=len) == copies
    preparation.choose(copies[0], "delete")
    assert "Delete it?" in preparation.text
    preparation.choose(copies[0], "no")
    assert sorted(preparation.sessions[2:], key=len) == copies
    preparation.choose(copies[0], "delete")
    preparation.choose(copies[0], "yes")
    assert preparation.sessions[2:] == copies[1:]
    assert preparation.editor.sessions.rows[0].buttons.labels == ["Use", "Duplicate"]


def test_a_second_click_on_delete_deletes_nothing(preparation: Preparation) -> None:
    """The button that has taken its place asks something else."""
    preparation.put(FREE)
    preparation.save("Mine")
    buttons = preparation.editor.sessions.rows[2].buttons
    state = buttons.state
    for name in ("delete", "delete", "yes"):
        buttons.click(name, state)
    preparation.here.settle()
    assert preparation.sessions[2:] == ["Mine"]


def test_a_click_counts_although_the_saved_sessions_have_just_arrived(preparation: Preparation) -> None:
    """The session that it was made on is still in its place. A second click on the same button does not count."""
    buttons = preparation.editor.sessions.rows[1].buttons
    state = buttons.state
    preparation.put(FREE)
    preparation.save("Mine")
    for _ in range(2):
        buttons.click("duplicate", state)
        preparation.here.settle()
    assert sorted(preparation.sessions[2:]) == ["A 20-minute session (copy)", "Mine"]


def test_using_another_session_asks_before_it_replaces_what_is_not_saved(preparation: Preparation) -> None:
    preparation.put(FREE)
    preparation.choose("A 20-minute session", "use")
    assert "Replace them?" in preparation.text
    preparation.choose("A 20-minute session", "no")
    assert preparation.parts == (FREE,)
    preparation.choose("A 20-minute session", "use")
    preparation.choose("A 20-minute session", "yes")
    assert len(preparation.parts) == 3
    preparation.choose("A 45-minute session", "use")
    assert len(preparation.parts) == 7, "nothing has been changed since, so nothing is lost"


def test_a_damaged_session_can_only_be_deleted(preparation: Preparation, here: PutOff) -> None:
    preparation.put(FREE)
    preparation.save("Mine")
    here.store.database.write(lambda it: it.execute(prepared.update().values(agenda="{")))
    again = Preparation(here)
    assert "damaged" in again.text
    assert again.editor.sessions.rows[2].buttons.labels == ["Delete"]


def test_a_file_brings_a_session_back(preparation: Preparation, here: PutOff) -> None:
    preparation.put(*all_parts().parts)
    preparation.editor.keeping.name.text = "Mine"
    document = preparation.editor.document
    again = Preparation(here)
    again.editor.open_file(document)
    assert again.parts == all_parts().parts
    assert again.editor.keeping.name.text == "Mine"


@pytest.mark.parametrize("text", [None, "", "{}", "not JSON"])
def test_a_file_that_is_no_session_changes_nothing(preparation: Preparation, text: str | None) -> None:
    preparation.put(FREE)
    preparation.editor.open_file(text)
    assert "isn’t a saved session" in preparation.text
    assert preparation.parts == (FREE,)


def test_questions_that_have_changed_are_pointed_out(preparation: Preparation) -> None:
    preparation.editor.use(PreparedSession("Mine", Agenda((QUIZ,)), revised=True))
    assert "have changed since it was saved" in preparation.text


def test_without_the_store_a_session_can_still_be_put_together(here: PutOff, tmp_path: Path) -> None:
    here.store.close()
    (tmp_path / "rooms.sqlite3").unlink()
    (tmp_path / "rooms.sqlite3").mkdir()
    preparation = Preparation(here)
    assert "can’t open or write" in preparation.text
    preparation.choose("A 20-minute session", "use")
    assert len(preparation.parts) == 3


def test_what_people_type_is_shown_as_they_typed_it(preparation: Preparation) -> None:
    """No name, question or option becomes markup."""
    evil = "<img src=x onerror=alert(1)>"
    preparation.put(FreeQuestion(evil, (evil, "No"), 0, evil), a_judged_question(asks=evil))
    preparation.save(evil)
    widgets = [widget for widget in _instances.values() if hasattr(widget, "value")]
    assert not any("<img" in str(widget.value) for widget in widgets if type(widget).__name__ == "HTML")
    assert preparation.sessions[2:] == [evil]


def test_a_closed_editor_leaves_no_widgets(here: PutOff) -> None:
    assert here.progress_store.items == {}  # the store outlives the editor
    before = len(_instances)
    preparation = Preparation(here)
    for name in ("quiz", "story", "question", "free", "judged"):
        preparation.editor.additions.show(name)
    preparation.put(QUIZ, FREE)
    preparation.click(0, "remove")
    preparation.choose("A 20-minute session", "duplicate")
    preparation.editor.close()
    close_all(preparation.editor.notice, preparation.editor.announcer)
    assert len(_instances) == before
