"""The whole page: its doors, and the part of the course that is open."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from ipywidgets import HTML, VBox
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
from etiquette.views.page.address_bar import AddressBar
from etiquette.views.page.doors import Part, find, lesson_address, navigation
from etiquette.views.page.home import Home, Offer
from etiquette.views.stories import Chooser, Player

if TYPE_CHECKING:
    from etiquette.practice import Sitting
    from etiquette.room import LearnerDebrief
    from etiquette.views.quiz import QuizView
    from etiquette.views.room import LearnerView

REVIEW_LENGTH = 3  # questions


class App(View):
    """The whole page. The progress store holds what the learner has done; by default, the one for where this runs.

    What is on the page follows from the address in `address_bar`. `parts` has the views that have been opened, by
    address: each is imported and created on first use, so that a page that only plays stories loads nothing else.
    `unfinished` is the story or quiz that the learner is in the middle of.
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
        self.unfinished: StoryPoint | QuizPoint | None = None
        self.parts: dict[str, View] = {}
        self.notice, self.announcer, self.trouble = Notice(), Announcer(), HTML()
        self.addresses = self._addresses()
        self.address_bar, self.navigation = AddressBar(), HTML(navigation(self.addresses, ""))
        self.lesson_titles = {name: lesson.title for name, lesson in self.lessons.items()}
        self.home = Home(self.scenarios, self.lesson_titles, self.announcer, self._take)
        self.back = button(self.notice, partial(self.go, "practise/stories"), "pp-back", description="← All stories")
        self.stage = VBox([self.home]).add_class("pp-stage")
        in_browser = (self.announcer, self.address_bar, self.progress_store)
        above = (style(), HTML(policy_note(self.policy)), self.trouble, self.navigation)
        super().__init__([*above, self.stage, self.notice, *in_browser])
        self.add_class("pp").add_class("pp-app")
        self.address_bar.observe(lambda change: self._show(change.new), "address")
        self.progress_store.observe(lambda _: self._draw(), ["progress", "trouble"])
        remembered = {"invited_room": self._accept_invitation, "membership": self._resume_room}
        for name, take_up in (remembered | {"resume_point": self._resume}).items():
            self.progress_store.observe(partial(self._once_known, take_up), name)
            self.address_bar.observe(partial(self._once_known, take_up), "known")
        self._draw()

    def _addresses(self) -> dict[str, Part]:
        """The addresses of all parts of the page, and what opens each."""
        return {
            **{
                lesson_address(name): Part(each.title, partial(self._show_lesson, each))
                for name, each in self.lessons.items()
            },
            "practise/stories": Part("Stories", self._show_story),
            "practise/quiz": Part("Quiz", self._show_quiz),
            "practise/review": Part("Review", self._show_review),
            "my-interview/plan": Part("Plan", self._show_plan),
            "my-interview/draft": Part("Draft", self._show_draft),
            "workshop": Part("Workshop", self._show_room),
        }

    def __repr__(self) -> str:
        """Short: a notebook writes it into its output for each visitor."""
        return "App()"

    def close(self) -> None:
        """Close the page and every view that was opened in it."""
        close_all(*filter(None, (self.home, self.back, self.player, self.reviewer)), *self.parts.values())
        super().close()

    @property
    def progress(self) -> Progress:
        """The learner's progress."""
        return self.progress_store.progress

    def go(self, address: str) -> None:
        """Show what is at this address, and have the browser go there."""
        if self.address_bar.address == address:
            self._show(address)
        else:
            self.address_bar.address = address

    def _show(self, address: str) -> None:
        """Show what is at this address; what has none of the known addresses is at the beginning."""
        known, rest = find(self.addresses, address)
        self.navigation.value = navigation(self.addresses, known)
        named = self.scenarios.get(rest.lower()) or self.addresses.get(known)
        self.address_bar.title = named.title if named else ""
        if known:
            self.addresses[known].open(rest)
        else:
            self._draw()
            self._put_on_stage(self.home)

    def _put_on_stage(self, *views: View) -> None:
        self.stage.children = (self.back, *views) if self.player in views else views
        views[0].take_focus()

    def _once_known(self, take_up: Callable[[], None], _: object) -> None:
        """Take up what the browser remembers, once it is known at which address it is: a link comes first."""
        if self.address_bar.known:
            take_up()

    # Learn

    def _show_lesson(self, lesson: Lesson, _: str) -> None:
        from etiquette.views.page.lesson import LessonView

        read = lesson.id in self.progress.lessons
        self._open(lesson_address(lesson.id), lambda: LessonView(lesson, self._lesson_read, self.announcer, read=read))

    def _lesson_read(self, lesson: Lesson) -> None:
        self.progress_store.keep(self.progress.after(Learned(self.clock(), lesson.id)))

    # Practise

    def play(self, scenario: Scenario) -> None:
        """Play this story from where the learner left it, or else from its beginning."""
        self.go(f"practise/stories/{scenario.id}")

    def play_next(self) -> None:
        """Play the story after the current one; after the last, the first."""
        names = list(self.scenarios)
        current = names.index(self.player.scenario.id) if self.player else -1
        self.play(self.scenarios[names[(current + 1) % len(names)]])

    def _show_story(self, name: str) -> None:
        """Show this story where it was left, be it at its end, or, if there is none with this id, the list of all."""
        scenario = self.scenarios.get(name.lower())
        if scenario is None:
            self._open("practise/stories", lambda: Chooser(self.scenarios, self.announcer, self.progress))
            return
        point, run = self.unfinished, self.player.run if self.player else None
        if isinstance(point, StoryPoint) and point.run.scenario is scenario:
            if point.run is not run:
                self._play_from(point.run, point.attempt, unread=point.unread)
        elif run is None or run.scenario is not scenario:
            self._play_from(Run.start(scenario, self.policy), self.progress.attempts[scenario.id])
        if self.player is not None:
            self._put_on_stage(self.player)

    def _play_from(self, run: Run, attempt: int, *, unread: bool = False) -> None:
        if self.player is None:
            callbacks = (self._ended, self.play_next, self._stepped)
            self.player = Player(run.scenario, self.policy, attempt, *callbacks, announcer=self.announcer)
        self.player.resume(run, attempt, unread=unread)

    def _stepped(self) -> None:
        player = self.player
        if player is not None and player.showing != "debrief":
            point = StoryPoint(player.run, player.attempt, unread=player.showing == "feedback")
            self._remember(point if player.run.decisions else None)

    def _ended(self, grade: int) -> None:
        self._remember(None)
        if self.player is not None:
            self.progress_store.keep(self.progress.after_run(self.player.run, grade, self.clock()))

    def _show_quiz(self, _: str) -> None:
        from etiquette.views.quiz import QuizView

        quiz = self.quiz = self.quiz or QuizView(
            policy=self.policy, on_end=self._quiz_ended, on_step=self._quiz_stepped, announcer=self.announcer
        )
        self._open("practise/quiz", lambda: quiz)

    def _quiz_stepped(self) -> None:
        if self.quiz is not None:
            self._remember(QuizPoint(self.quiz.sitting) if self.quiz.sitting else None)

    def _quiz_ended(self, sitting: Sitting) -> None:
        self._remember(None)
        self.progress_store.keep(self.progress.after(*records_of(sitting, self.clock())))

    def _remember(self, point: StoryPoint | QuizPoint | None) -> None:
        """Have the browser remember what is unfinished."""
        self.unfinished = point
        self.progress_store.remember_resume_point(resume_point_to_json(point) if point else "")

    def _resume(self) -> None:
        """Take up what was unfinished when the page was last left. It is shown only if this is its address."""
        saved = self.progress_store.resume_point
        if not saved or self.unfinished:
            return
        try:
            self.unfinished = resume_point_from_json(saved, self.scenarios, {self.policy.id: self.policy})
        except RunError:
            self._remember(None)
            return
        story = isinstance(self.unfinished, StoryPoint) and f"practise/stories/{self.unfinished.run.scenario.id}"
        if self.address_bar.address == (story or "practise/quiz"):
            self._take(self.unfinished)
        self._draw()

    def _take(self, offer: Offer) -> None:
        """Open what a learner was offered."""
        match offer:
            case StoryPoint(Run(scenario=Scenario(id=name))):
                self.go(f"practise/stories/{name}")
            case NextStep(Activity.PLAY | Activity.PLAY_AGAIN, name):
                self.go(f"practise/stories/{name}")
            case NextStep(Activity.LEARN, name):
                self.go(lesson_address(name))
            case NextStep(Activity.SIT):
                self.go("practise/quiz")
            case QuizPoint(sitting):
                self.go("practise/quiz")
                if self.quiz is not None and self.quiz.sitting is None:
                    self.quiz.resume(sitting)
                    self.quiz.take_focus()
            case NextStep(Activity.REVIEW):
                self.review(offer.topics[0])

    def _show_review(self, rest: str) -> None:
        from etiquette.views.page.progress import ProgressView

        if rest and self.reviewer is not None:
            self._put_on_stage(self.reviewer)
            return
        self.progress_store.refresh()
        known = (self.progress_store, self.scenarios, self.announcer)
        self._open("practise/review", lambda: ProgressView(*known, self._take, self.lesson_titles, self.clock))

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
        self.go("practise/review/questions")

    def _reviewed(self, topic: Topic, sitting: Sitting) -> None:
        answers = zip(sitting.quiz.questions, sitting.answers, strict=True)
        right = not any(question.mistaken(answer.option) for question, answer in answers)
        self.progress_store.keep(self.progress.reviewed(topic, self.clock(), right=right))

    # My interview

    def _show_plan(self, _: str) -> None:
        from etiquette.views.plan import FollowUp

        self._open(
            "my-interview/plan", lambda: FollowUp(None, self.policy, self.clock, self.announcer, self.progress_store)
        )

    def _show_draft(self, _: str) -> None:
        from etiquette.views.drafts import DraftView

        self._open("my-interview/draft", lambda: DraftView(announcer=self.announcer))

    # Workshop

    def _show_room(self, code: str) -> None:
        """Show the learner's view of a workshop room, with a code filled in if there is one."""
        from etiquette.views.room import LearnerView

        rest = (self.announcer, self._room_ended, self.clock)
        learner = self.learner = self.learner or LearnerView(self.progress_store, *rest)
        self._open("workshop", lambda: learner)
        if code:
            learner.invite(code)

    def _accept_invitation(self) -> None:
        """Show the room that the page's address names in the way that QR codes do."""
        code = self.progress_store.invited_room
        if code and self.address_bar.address.partition("/")[0] in ("", "workshop"):
            self.go(f"workshop/{code}")

    def _resume_room(self) -> None:
        """Return a learner with a saved session to its room, unless they have gone elsewhere since."""
        if self.address_bar.address or not self.progress_store.membership:
            return
        from etiquette.views.room import parse_saved_session

        if code := parse_saved_session(self.progress_store.membership)[1]:
            self.go(f"workshop/{code}")

    def _room_ended(self, debrief: LearnerDebrief, at: datetime) -> None:
        """Record what was missed in a room, for review, and the stories that were played alone to their end."""
        missed = [Judged(at, topic.guideline, topic.kind, right=False) for topic in debrief.practise]
        played = [Played(at, path.run.scenario.id, path.grade) for path in debrief.paths if path.grade is not None]
        self.progress_store.keep(self.progress.after(*missed, *played))

    # All parts

    def _open(self, name: str, make: Callable[[], View]) -> None:
        """Show this part of the page, making it on first use, and move the focus to it."""
        if name not in self.parts:
            self.parts[name] = make()
        self._put_on_stage(self.parts[name])

    def _draw(self) -> None:
        self.home.draw(self.progress, self.clock(), self.unfinished)
        if isinstance(chooser := self.parts.get("practise/stories"), Chooser):
            chooser.show_progress(self.progress)
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
