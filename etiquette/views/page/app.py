"""The whole page: a menu, and the part of the course that was chosen from it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.judge import GUIDELINES, Kind, Policy
from etiquette.practice import (
    Activity,
    Judged,
    Learned,
    Lesson,
    NextStep,
    Played,
    Progress,
    QuizPoint,
    QuizTaken,
    StoryPoint,
    Topic,
    lessons,
    resume_point_from_json,
    resume_point_to_json,
)
from etiquette.stories import Run, RunError, Scenario, library
from etiquette.views.controls import (
    Announcer,
    Looks,
    Notice,
    ProgressStore,
    View,
    button,
    close_all,
    environment,
    policy_note,
    style,
    utc_now,
)
from etiquette.views.stories import Chooser, Player

if TYPE_CHECKING:
    from etiquette.practice import Sitting
    from etiquette.room import LearnerDebrief
    from etiquette.views.page.progress import ProgressView
    from etiquette.views.quiz import QuizView
    from etiquette.views.room import LearnerView

REVIEW_LENGTH = 3  # questions
ROOM = "Join a room"


class App(View):
    """The whole page. The progress store holds what the learner has done; by default, the one for where this runs.

    `menu` has a button for each part. `parts` has the views that have been opened: each is imported and created on
    first use, so that a page that only plays stories loads nothing else.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        progress_store: ProgressStore | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.scenarios, self.lessons = library(), lessons()
        self.policy, self.clock = policy or environment().policy, clock
        self.progress_store = progress_store or environment().progress_store()
        self.player: Player | None = None
        self.quiz: QuizView | None = None
        self.reviewer: QuizView | None = None
        self.learner: LearnerView | None = None
        self.parts: dict[str, View] = {}
        self.notice, self.announcer, self.trouble = Notice(), Announcer(), HTML()
        self.chooser = Chooser(self.scenarios, self.play, self.announcer)
        self.back = button(self.notice, self.show_stories, "pp-back", description="← All scenarios")
        openers: dict[str, Callable[[], None]] = {"Stories": self.show_stories}
        openers |= {lesson.title: partial(self.show_lesson, lesson) for lesson in self.lessons.values()}
        openers |= {
            "Quiz": self.show_quiz,
            ROOM: self.show_room,
            "Your draft": self.show_draft,
            "Your interview": self.show_plan,
            "Your progress": self.show_progress,
        }
        looks = Looks()
        self.menu = {
            name: button(self.notice, opener, "pp-kind", description=name, looks=looks)
            for name, opener in openers.items()
        }
        menu = HBox(list(self.menu.values())).add_class("pp-kinds").add_class("pp-menu")
        self.stage = VBox([self.chooser]).add_class("pp-stage")
        super().__init__(
            [
                style(),
                HTML(policy_note(self.policy)),
                self.trouble,
                menu,
                self.stage,
                self.notice,
                self.announcer,
                self.progress_store,
            ]
        )
        self.add_class("pp").add_class("pp-app")
        self.progress_store.observe(lambda _: self._draw(), ["progress", "trouble"])
        self.progress_store.observe(lambda change: self._resume(change.new), "resume_point")
        self.progress_store.observe(lambda change: self._resume_room(change.new), "membership")
        self.progress_store.observe(lambda change: self.show_room(change.new), "invited_room")
        self._mark("Stories")
        self._draw()

    def __repr__(self) -> str:
        """Short: a notebook writes it into its output for each visitor."""
        return "App()"

    def close(self) -> None:
        """Close the page and every view that was opened in it."""
        close_all(*filter(None, (self.chooser, self.back, self.player, self.reviewer)), *self.parts.values())
        super().close()

    @property
    def progress(self) -> Progress:
        """The learner's progress."""
        return self.progress_store.progress

    def play(self, scenario: Scenario) -> None:
        """Play this scenario from its beginning."""
        self._play_from(Run.start(scenario, self.policy), self.progress.attempts[scenario.id])

    def _play_from(self, run: Run, attempt: int) -> None:
        if self.player is None:
            callbacks = (self._ended, self.play_next, self._stepped)
            self.player = Player(run.scenario, self.policy, attempt, *callbacks, announcer=self.announcer)
        self._mark("Stories")
        self.stage.children = (self.back, self.player)
        self.player.resume(run, attempt)
        self.player.take_focus()

    def play_next(self) -> None:
        """Play the scenario after the current one; after the last, the first."""
        names = list(self.scenarios)
        current = names.index(self.player.scenario.id) if self.player else -1
        self.play(self.scenarios[names[(current + 1) % len(names)]])

    def show_stories(self) -> None:
        """Show the list of scenarios."""
        self._mark("Stories")
        self.stage.children = (self.chooser,)
        self.chooser.take_focus()

    def show_lesson(self, lesson: Lesson) -> None:
        """Show this lesson."""
        from etiquette.views.page.lesson import LessonView

        read = lesson.id in self.progress.lessons
        self._open(lesson.title, lambda: LessonView(lesson, self._lesson_read, self.announcer, read=read))

    def show_quiz(self) -> None:
        """Show the quiz."""
        self._open("Quiz", self._make_quiz)

    def _make_quiz(self) -> QuizView:
        from etiquette.views.quiz import QuizView

        self.quiz = QuizView(
            policy=self.policy, on_end=self._quiz_ended, on_step=self._quiz_stepped, announcer=self.announcer
        )
        return self.quiz

    def show_room(self, code: str = "") -> None:
        """Show the learner's view of a workshop room, with a code filled in if there is one."""
        self._open(ROOM, self._make_learner)
        if code and self.learner is not None:
            self.learner.invite(code)

    def _make_learner(self) -> LearnerView:
        from etiquette.views.room import LearnerView

        self.learner = LearnerView(self.progress_store, self.announcer, self._room_ended, clock=self.clock)
        return self.learner

    def _resume_room(self, saved: str) -> None:
        """Return a learner with a saved session to its room, unless they have gone elsewhere since the page loaded."""
        from etiquette.views.room import parse_saved_session

        if parse_saved_session(saved)[1] and self.stage.children == (self.chooser,):
            self.show_room()
            if self.learner is not None:
                self.learner.resume()

    def _room_ended(self, debrief: LearnerDebrief, at: datetime) -> None:
        """Record what was missed in a room, for review, and the stories that were played alone to their end."""
        missed = [Judged(at, topic.guideline, topic.kind, right=False) for topic in debrief.practise]
        played = [Played(at, path.run.scenario.id, path.grade) for path in debrief.paths if path.grade is not None]
        self.progress_store.keep(self.progress.after(*missed, *played))

    def review(self, topic: Topic) -> None:
        """Show new questions on a topic that was missed. The review is passed if no answer is mistaken.

        A topic saved by another version, which this one has no questions about, becomes questions on everything.
        """
        from etiquette.practice import Quiz, Sitting
        from etiquette.views.quiz import QuizView

        known = topic.guideline in GUIDELINES and topic.kind in list(Kind)
        filters = (topic.guideline, Kind(topic.kind)) if known else ()
        quiz = Quiz.draw(secrets.token_hex(4), REVIEW_LENGTH, self.policy, *filters)
        if self.reviewer is None:
            self.reviewer = QuizView(policy=self.policy, announcer=self.announcer, quiz=quiz)
        else:
            self.reviewer.resume(Sitting(quiz))
        self.reviewer.on_end = partial(self._reviewed, topic)
        self._mark("Your progress")
        self.stage.children = (self.reviewer,)
        self.reviewer.take_focus()

    def show_draft(self) -> None:
        """Show the form for a draft."""
        from etiquette.views.drafts import DraftView

        self._open("Your draft", lambda: DraftView(announcer=self.announcer))

    def show_plan(self) -> None:
        """Show the form and the plan for the learner's own interview."""
        from etiquette.views.plan import FollowUp

        self._open(
            "Your interview", lambda: FollowUp(None, self.policy, self.clock, self.announcer, self.progress_store)
        )

    def show_progress(self) -> None:
        """Show the learner's progress and their next step."""
        self.progress_store.refresh()
        self._open("Your progress", self._make_progress)

    def _make_progress(self) -> ProgressView:
        from etiquette.views.page.progress import ProgressView

        openers: dict[Activity, Callable[[NextStep], None]] = {
            Activity.PLAY: lambda step: self.play(self.scenarios[step.name]),
            Activity.PLAY_AGAIN: lambda step: self.play(self.scenarios[step.name]),
            Activity.LEARN: lambda step: self.show_lesson(self.lessons[step.name]),
            Activity.SIT: lambda _: self.show_quiz(),
            Activity.REVIEW: lambda step: self.review(step.topics[0]),
        }
        titles = {name: lesson.title for name, lesson in self.lessons.items()}
        return ProgressView(self.progress_store, self.scenarios, self.announcer, openers, titles, clock=self.clock)

    def _open(self, name: str, make: Callable[[], View]) -> None:
        """Show this part of the page, making it on first use, and move the focus to it."""
        if name not in self.parts:
            self.parts[name] = make()
        view = self.parts[name]
        self._mark(name)
        self.stage.children = (view,)
        view.take_focus()

    def _mark(self, name: str) -> None:
        """Mark this part in the menu, and clear the resume point of the part that was left."""
        self.progress_store.remember_resume_point("")
        for part, shown in self.menu.items():
            shown.description = f"✓ {part}" if part == name else part
            (shown.add_class if part == name else shown.remove_class)("pp-chosen-kind")

    def _stepped(self) -> None:
        if self.player is not None:
            point = StoryPoint(self.player.run, self.player.attempt)
            self.progress_store.remember_resume_point(resume_point_to_json(point))

    def _quiz_stepped(self) -> None:
        if self.quiz is not None and self.quiz.sitting is not None:
            self.progress_store.remember_resume_point(resume_point_to_json(QuizPoint(self.quiz.sitting)))

    def _resume(self, saved: str) -> None:
        """Resume where the learner was before a reload, unless they have gone elsewhere since."""
        if not saved:
            return
        if self.stage.children != (self.chooser,):
            self.progress_store.remember_resume_point("")
            return
        try:
            point = resume_point_from_json(saved, self.scenarios, {self.policy.id: self.policy})
        except RunError:
            self.progress_store.remember_resume_point("")
            return
        match point:
            case StoryPoint(run, attempt):
                self._play_from(run, attempt)
            case QuizPoint(sitting):
                self.show_quiz()
                if self.quiz is not None:
                    self.quiz.resume(sitting)
        if not point.over:
            self.progress_store.remember_resume_point(saved)

    def _ended(self, grade: int) -> None:
        self.progress_store.remember_resume_point("")
        if self.player is not None:
            self.progress_store.keep(self.progress.after_run(self.player.run, grade, self.clock()))

    def _lesson_read(self, lesson: Lesson) -> None:
        self.progress_store.keep(self.progress.after(Learned(self.clock(), lesson.id)))

    def _quiz_ended(self, sitting: Sitting) -> None:
        self.progress_store.remember_resume_point("")
        self.progress_store.keep(self.progress.after(*records_of(sitting, self.clock())))

    def _reviewed(self, topic: Topic, sitting: Sitting) -> None:
        answers = zip(sitting.quiz.questions, sitting.answers, strict=True)
        right = not any(question.mistaken(answer.option) for question, answer in answers)
        self.progress_store.keep(self.progress.reviewed(topic, self.clock(), right=right))

    def _draw(self) -> None:
        self.chooser.show_grades(self.progress)
        trouble = self.progress_store.trouble
        self.trouble.value = Markup('<p class="pp-sorry" role="alert">{}</p>').format(trouble) if trouble else ""


def records_of(sitting: Sitting, now: datetime) -> list[QuizTaken | Judged]:
    """The records of a quiz that is over: its grade, and each question that was missed, for review."""
    debrief, quiz = sitting.debrief(), sitting.quiz
    credits = tuple((line.guideline, line.correctness) for line in debrief.results)
    sat = QuizTaken(now, quiz.seed, len(quiz.questions), sitting.mode.value, debrief.grade, credits)
    missed = [
        Judged(now, question.guideline, question.options[answer.option].action.kind.value, right=False)
        for question, answer in zip(quiz.questions, sitting.answers, strict=True)
        if question.mistaken(answer.option)
    ]
    return [sat, *missed]
