"""The whole page: its doors, and the part of the course that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from ipywidgets import HTML, VBox

from etiquette.judge import Policy
from etiquette.practice import (
    Activity,
    Judged,
    Lesson,
    NextStep,
    Played,
    Progress,
    QuizPoint,
    ResumePoint,
    StoryPoint,
    Topic,
    latest_resume_point,
    lessons,
)
from etiquette.stories import Run, Scenario, library
from etiquette.views.controls import (
    MEMBERSHIP,
    Announcer,
    Notice,
    ProgressStore,
    View,
    button,
    close_all,
    environment,
    lesson_address,
    policy_note,
    utc_now,
)
from etiquette.views.page.address_bar import AddressBar
from etiquette.views.page.doors import Part, find, navigation
from etiquette.views.page.home import Home
from etiquette.views.page.next_step import Offer
from etiquette.views.page.workshop_elsewhere import WorkshopElsewhere
from etiquette.views.stories import Chooser, Player

if TYPE_CHECKING:
    from etiquette.drafts import MessageKind
    from etiquette.room import LearnerDebrief
    from etiquette.views.quiz import QuizView, Reviewer
    from etiquette.views.room import LearnerView


class App(View):
    """The whole page. The progress store holds what the learner has done; by default, that of the environment.

    What is on the page follows from the address in `address_bar`. `parts` has the views that have been opened, by
    address: each is imported and created on first use, so that a page that only plays stories loads nothing else.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        progress_store: ProgressStore | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.scenarios, self.lessons = library(), lessons()
        here = environment()
        self.policy, self.clock, self.has_rooms = policy or here.policy, clock, here.has_rooms
        self.progress_store = progress_store or here.progress_store
        self.player: Player | None = None
        self.quiz: QuizView | None = None
        self.reviewer: Reviewer | None = None
        self.learner: LearnerView | None = None
        self.parts: dict[str, View] = {}
        self.notice, self.announcer = Notice(), Announcer()
        self.addresses = self._addresses()
        self.address_bar, self.navigation = AddressBar(), HTML(navigation(self.addresses, ""))
        self.lesson_titles = {name: lesson.title for name, lesson in self.lessons.items()}
        self.home = Home(self.scenarios, self.lesson_titles, self.announcer, self._take)
        self.back = button(self.notice, partial(self.go, "practise/stories"), "pp-back", description="← All stories")
        self.stage = VBox([self.home]).add_class("pp-stage")
        above = (HTML(policy_note(self.policy)), self.navigation)
        super().__init__([*above, self.stage, self.notice, self.address_bar], "pp-app", root=True)
        self.address_bar.observe(lambda change: self._show(change.new), "address")
        self.address_bar.observe(lambda _: self._arrived(), "known")
        self.follow(self.progress_store, "progress", lambda _: self._draw())
        self.follow(self.progress_store, "items", self._items_changed)
        self.follow(self.progress_store, "invited_room", lambda _: self._accept_invitation())
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
            "projector": Part("Projector", self._show_projector),
        }

    def close(self) -> None:
        """Close the page and every view that was opened in it."""
        close_all(*filter(None, (self.home, self.back, self.player, self.reviewer)), *self.parts.values())
        super().close()

    @property
    def progress(self) -> Progress:
        """The learner's progress."""
        return self.progress_store.progress

    @property
    def unfinished(self) -> ResumePoint | None:
        """The story or quiz that the learner was in last, if it is unfinished."""
        return latest_resume_point(self.progress_store.items, self.scenarios, {self.policy.id: self.policy})

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

    def _arrived(self) -> None:
        """Take up what the browser remembers, now that it is known at which address it is: a link comes first."""
        self._accept_invitation()
        self._resume_room()
        self._draw()

    def _items_changed(self, change: Any) -> None:
        """Go to the room that was joined in another tab, and offer at the beginning what is unfinished."""
        if change.new.get(MEMBERSHIP) != change.old.get(MEMBERSHIP):
            self._resume_room()
        if self.home in self.stage.children:
            self._draw()

    # Learn

    def _show_lesson(self, lesson: Lesson, _: str) -> None:
        from etiquette.views.page.lesson import LessonView

        self._open(lesson_address(lesson.id), lambda: LessonView(lesson, self.progress_store, self.announcer, "#"))

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
        if self.player is None:
            rest = (self.policy, self.progress_store, self.play_next, self.announcer, self.clock)
            self.player = Player(scenario, *rest)
        elif self.player.scenario is not scenario:
            self.player.play(scenario)
        self._put_on_stage(self.player)

    def _show_quiz(self, _: str) -> None:
        from etiquette.views.quiz import QuizView

        rest = (self.policy, self.progress_store, self.announcer)
        quiz = self.quiz = self.quiz or QuizView(None, *rest, clock=self.clock)
        self._open("practise/quiz", lambda: quiz)

    def _take(self, offer: Offer) -> None:
        """Open what a learner was offered."""
        match offer:
            case StoryPoint(Run(scenario=Scenario(id=name))):
                self.go(f"practise/stories/{name}")
            case NextStep(Activity.PLAY | Activity.PLAY_AGAIN, name):
                self.go(f"practise/stories/{name}")
            case NextStep(Activity.LEARN, name):
                self.go(lesson_address(name))
            case NextStep(Activity.SIT) | QuizPoint():
                self.go("practise/quiz")
            case NextStep(Activity.REVIEW):
                self.review(offer.topics[0])

    def _show_review(self, rest: str) -> None:
        from etiquette.views.page.progress_view import ProgressView

        if rest and self.reviewer is not None:
            self._put_on_stage(self.reviewer)
            return
        self.progress_store.refresh()
        known = (self.progress_store, self.scenarios, self.announcer)
        self._open(
            "practise/review", lambda: ProgressView(*known, self._take, self.lesson_titles, self.clock, self.policy)
        )

    def review(self, topic: Topic) -> None:
        """Show new questions on a topic that was missed."""
        from etiquette.views.quiz import Reviewer

        if self.reviewer is None:
            self.reviewer = Reviewer(topic, self.policy, self.progress_store, self.announcer, self.clock)
        else:
            self.reviewer.review(topic)
        self.go("practise/review/questions")

    # My interview

    def _show_plan(self, _: str) -> None:
        from etiquette.views.plan import FollowUp

        self._open(
            "my-interview/plan", lambda: FollowUp(None, self.policy, self.clock, self.announcer, self.progress_store)
        )

    def _show_draft(self, _: str) -> None:
        from etiquette.views.drafts import DraftView

        self._open(
            "my-interview/draft",
            lambda: DraftView(announcer=self.announcer, progress_store=self.progress_store, when=self._when_to_send),
        )

    def _when_to_send(self, kind: MessageKind) -> str:
        from etiquette.views.plan import kept_plan, when_to_send

        return when_to_send(kind, kept_plan(self.progress_store, self.clock(), self.policy))

    # Workshop

    def _show_room(self, code: str) -> None:
        """Show the learner's view of a workshop room, with a code filled in if there is one."""
        if not self.has_rooms:
            self._open("workshop", lambda: WorkshopElsewhere(self.announcer))
            return
        from etiquette.views.room import LearnerView

        rest = (self.announcer, self._room_ended, self.clock, lambda: self.address_bar.page)
        learner = self.learner = self.learner or LearnerView(self.progress_store, *rest)
        self._open("workshop", lambda: learner)
        if code:
            learner.invite(code)

    def _show_projector(self, room: str) -> None:
        """Show what a whole workshop looks at, in a window of its own: no door leads here, but the control's link."""
        if not self.has_rooms:
            self.go("workshop")
            return
        from etiquette.views.room import Projector

        self._open("projector", lambda: Projector(self.announcer, self.clock))
        projector = self.parts["projector"]
        assert isinstance(projector, Projector)
        projector.show(room)

    def _accept_invitation(self) -> None:
        """Show the room that the page's address names in the way that QR codes do."""
        code = self.progress_store.invited_room
        if code and self.address_bar.known and self.address_bar.address.partition("/")[0] in ("", "workshop"):
            self.go(f"workshop/{code}")

    def _resume_room(self) -> None:
        """Return a learner with a saved session to its room, unless they have gone elsewhere since."""
        saved = self.progress_store.item(MEMBERSHIP)
        if self.address_bar.address or not self.address_bar.known or not saved or not self.has_rooms:
            return
        from etiquette.views.room import parse_saved_session

        if code := parse_saved_session(saved)[1]:
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
        """Draw what follows from the learner's progress and items; they are unknown until the browser has answered."""
        self.home.draw(self.progress, self.clock(), self.unfinished if self.address_bar.known else None)
        if isinstance(chooser := self.parts.get("practise/stories"), Chooser):
            chooser.show_progress(self.progress)
