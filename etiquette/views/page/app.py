"""The page: a menu, and the part of the course that was chosen from it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.judge import ARTICLE, GUIDELINES, Kind, Policy
from etiquette.practice import (
    Do,
    Judged,
    Learned,
    Lesson,
    NextStep,
    Played,
    Progress,
    QuizPoint,
    Sat,
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
    button,
    progress_store_here,
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

QUESTIONS_TO_REVIEW = 3
ROOM = "Join a room"


class PagePart(Protocol):
    """A part of the page that is a view of its own."""

    def take_focus(self) -> None:
        """Take the keyboard to it."""


class App(VBox):
    """The whole page. The keeper holds what the learner has done; without one, it is the one for where this runs.

    `menu` has a button for each part. A part is imported and made when it is first opened, and kept: a page that only
    plays stories waits for nothing else.
    """

    def __init__(
        self,
        policy: Policy = ARTICLE,
        progress_store: ProgressStore | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.scenarios, self.lessons = library(), lessons()
        self.policy, self.clock = policy, clock
        self.progress_store = progress_store or progress_store_here()
        self.player: Player | None = None
        self.quiz: QuizView | None = None
        self.learner: LearnerView | None = None
        self.parts: dict[str, PagePart] = {}
        self.notice, self.announcer, self.trouble = Notice(), Announcer(), HTML()
        self.chooser = Chooser(self.scenarios, self.play)
        self.back = button(self.notice, self.choose, "pp-back", description="← All scenarios")
        opens: dict[str, Callable[[], None]] = {"Stories": self.choose}
        opens |= {lesson.title: partial(self.learn, lesson) for lesson in self.lessons.values()}
        opens |= {
            "Quiz": self.sit,
            ROOM: self.join,
            "Your draft": self.write,
            "Your interview": self.plan,
            "Your progress": self.show_progress,
        }
        looks = Looks()
        self.menu = {name: button(self.notice, opens[name], "pp-kind", description=name, looks=looks) for name in opens}
        menu = HBox(list(self.menu.values()))
        menu.add_class("pp-kinds")
        menu.add_class("pp-menu")
        self.stage = VBox([self.chooser])
        self.stage.add_class("pp-stage")
        super().__init__([style(), self.trouble, menu, self.stage, self.notice, self.announcer, self.progress_store])
        self.add_class("pp")
        self.add_class("pp-app")
        self.progress_store.observe(lambda _: self._draw(), ["progress", "trouble"])
        self.progress_store.observe(lambda change: self._go_back(change.new), "left_at")
        self.progress_store.observe(lambda change: self._come_back(change.new), "seat")
        self.progress_store.observe(lambda change: self.join(change.new), "invited")
        self._mark("Stories")
        self._draw()

    def __repr__(self) -> str:
        """Without all that is in it: a notebook writes it down for each visitor."""
        return "App()"

    @property
    def progress(self) -> Progress:
        """What the learner has done so far."""
        return self.progress_store.progress

    def play(self, scenario: Scenario) -> None:
        """Show this scenario, from its beginning."""
        self._go_on_from(Run.start(scenario, self.policy), self.progress.attempts[scenario.id])

    def _go_on_from(self, run: Run, attempt: int) -> None:
        if self.player is None:
            told = (self._ended, self.play_next, self._stepped)
            self.player = Player(run.scenario, self.policy, attempt, *told, announcer=self.announcer)
        self._mark("Stories")
        self.stage.children = (self.back, self.player)
        self.player.go_on_from(run, attempt)
        self.player.take_focus()

    def play_next(self) -> None:
        """Show the scenario after the present one; after the last, the first."""
        names = list(self.scenarios)
        present = names.index(self.player.scenario.id) if self.player else -1
        self.play(self.scenarios[names[(present + 1) % len(names)]])

    def choose(self) -> None:
        """Show the list of scenarios."""
        self._mark("Stories")
        self.stage.children = (self.chooser,)
        self.chooser.take_focus(self.announcer)

    def learn(self, lesson: Lesson) -> None:
        """Show this lesson."""
        from etiquette.views.page.lesson import LessonView

        read = lesson.id in self.progress.lessons
        self._open(lesson.title, lambda: LessonView(lesson, self._learned, self.announcer, read=read))

    def sit(self) -> None:
        """Show the quiz."""
        self._open("Quiz", self._quiz_view)

    def _quiz_view(self) -> QuizView:
        from etiquette.views.quiz import QuizView

        self.quiz = QuizView(policy=self.policy, on_end=self._sat, on_step=self._answered, announcer=self.announcer)
        return self.quiz

    def join(self, code: str = "") -> None:
        """Show the room of a workshop, or where one joins it."""
        self._open(ROOM, self._learner)
        if code and self.learner is not None:
            self.learner.invite(code)

    def _learner(self) -> LearnerView:
        from etiquette.views.room import LearnerView

        self.learner = LearnerView(self.progress_store, self.announcer, self._debriefed, clock=self.clock)
        return self.learner

    def _come_back(self, seat: str) -> None:
        """Take somebody who sits in a room there again, when the page is loaded."""
        from etiquette.views.room import parse_saved_session

        if parse_saved_session(seat)[1] and self.stage.children == (self.chooser,):
            self.join()
            if self.learner is not None:
                self.learner.resume()

    def _debriefed(self, debrief: LearnerDebrief, at: datetime) -> None:
        """Keep what was missed in a room, to come back, and the stories played alone to their end."""
        missed = [Judged(at, topic.guideline, topic.kind, right=False) for topic in debrief.practise]
        played = [Played(at, path.run.scenario.id, path.grade) for path in debrief.paths if path.grade is not None]
        self.progress_store.keep(self.progress.after(*missed, *played))

    def review(self, topic: Topic) -> None:
        """Show new situations of a kind that was missed. It is right again if none of them is mistaken.

        An topic that another version kept, and this one has no questions about, comes back as questions on everything.
        """
        from etiquette.practice import Quiz
        from etiquette.views.quiz import QuizView

        known = topic.guideline in GUIDELINES and topic.kind in list(Kind)
        about = (topic.guideline, Kind(topic.kind)) if known else ()
        quiz = Quiz.draw(secrets.token_hex(4), QUESTIONS_TO_REVIEW, self.policy, None, *about)
        on_end = partial(self._reviewed, topic)
        self.parts.pop("Review", None)
        self._open("Review", lambda: QuizView(policy=self.policy, on_end=on_end, announcer=self.announcer, quiz=quiz))
        self._mark("Your progress")

    def write(self) -> None:
        """Show the place for a draft."""
        from etiquette.views.drafts import DraftView

        self._open("Your draft", lambda: DraftView(announcer=self.announcer))

    def plan(self) -> None:
        """Show the plan for an interview of one's own."""
        from etiquette.views.plan import FollowUp

        self._open("Your interview", lambda: FollowUp(policy=self.policy, clock=self.clock, announcer=self.announcer))

    def show_progress(self) -> None:
        """Show what is done and what comes next."""
        self.progress_store.refresh()
        self._open("Your progress", self._progress_view)

    def _progress_view(self) -> ProgressView:
        from etiquette.views.page.progress import ProgressView

        ways: dict[Do, Callable[[NextStep], None]] = {
            Do.LEARN: lambda step: self.learn(self.lessons[step.name]),
            Do.SIT: lambda _: self.sit(),
            Do.REVIEW: lambda step: self.review(step.topics[0]),
        }
        ways |= dict.fromkeys((Do.PLAY, Do.PLAY_AGAIN), self._play_step)
        titles = {name: lesson.title for name, lesson in self.lessons.items()}
        return ProgressView(self.progress_store, self.scenarios, self.announcer, ways, titles, clock=self.clock)

    def _open(self, name: str, make: Callable[[], PagePart]) -> None:
        """Show this part of the page, and take the keyboard there."""
        if name not in self.parts:
            self.parts[name] = make()
        view = self.parts[name]
        self._mark(name)
        self.stage.children = (view,)
        view.take_focus()

    def _mark(self, name: str) -> None:
        """Mark where we are in the menu. What was left behind is over."""
        self.progress_store.stay("")
        for each, shown in self.menu.items():
            shown.description = f"✓ {each}" if each == name else each
            (shown.add_class if each == name else shown.remove_class)("pp-chosen-kind")

    def _play_step(self, step: NextStep) -> None:
        self.play(self.scenarios[step.name])

    def _stepped(self) -> None:
        if self.player is not None:
            self.progress_store.stay(resume_point_to_json(StoryPoint(self.player.run, self.player.attempt)))

    def _answered(self) -> None:
        if self.quiz is not None and self.quiz.sitting is not None:
            self.progress_store.stay(resume_point_to_json(QuizPoint(self.quiz.sitting)))

    def _go_back(self, left_at: str) -> None:
        """Take somebody whose page was loaded again to where they were, if they have not gone elsewhere since."""
        if not left_at:
            return
        if self.stage.children != (self.chooser,):
            self.progress_store.stay("")
            return
        try:
            place = resume_point_from_json(left_at, self.scenarios, {self.policy.id: self.policy})
        except RunError:
            self.progress_store.stay("")
            return
        match place:
            case StoryPoint(run, attempt):
                self._go_on_from(run, attempt)
            case QuizPoint(sitting):
                self.sit()
                if self.quiz is not None:
                    self.quiz.go_on_from(sitting)
        if not place.over:
            self.progress_store.stay(left_at)

    def _ended(self, grade: int) -> None:
        self.progress_store.stay("")
        if self.player is not None:
            self.progress_store.keep(self.progress.after_run(self.player.run, grade, self.clock()))

    def _learned(self, lesson: Lesson) -> None:
        self.progress_store.keep(self.progress.after(Learned(self.clock(), lesson.id)))

    def _sat(self, sitting: Sitting) -> None:
        self.progress_store.stay("")
        self.progress_store.keep(self.progress.after(*records_of(sitting, self.clock())))

    def _reviewed(self, topic: Topic, sitting: Sitting) -> None:
        answered = zip(sitting.quiz.questions, sitting.answers, strict=True)
        right = not any(question.mistaken(given.option) for question, given in answered)
        self.progress_store.keep(self.progress.reviewed(topic, self.clock(), right=right))

    def _draw(self) -> None:
        self.chooser.graded(self.progress)
        trouble = self.progress_store.trouble
        self.trouble.value = Markup('<p class="pp-sorry" role="alert">{}</p>').format(trouble) if trouble else ""


def records_of(sitting: Sitting, now: datetime) -> list[Sat | Judged]:
    """What to keep of a quiz that is over: its score, and each question that was missed, to come back."""
    debrief, quiz = sitting.debrief(), sitting.quiz
    credits = tuple((line.guideline, line.correctness) for line in debrief.lines)
    sat = Sat(now, quiz.seed, len(quiz.questions), sitting.mode.value, debrief.score, credits)
    missed = [
        Judged(now, question.guideline, question.options[given.option].action.kind.value, right=False)
        for question, given in zip(quiz.questions, sitting.answers, strict=True)
        if question.mistaken(given.option)
    ]
    return [sat, *missed]
