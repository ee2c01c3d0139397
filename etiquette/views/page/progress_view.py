"""The learner's progress: what is done, the next step, the reviews to come, and where all of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime, timedelta
from functools import partial

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.judge import A_DAY, GUIDELINE_TITLES, Policy
from etiquette.practice import (
    LARGEST_PROGRESS,
    PROGRESS_TOO_LARGE,
    REVIEW_INTERVALS,
    Activity,
    NextStep,
    Progress,
    ProgressError,
    Review,
    Topic,
    latest_resume_point,
)
from etiquette.stories import Scenario
from etiquette.views.controls import Announcer, Notice, ProgressStore, Upload, View, bar, button, environment, table
from etiquette.views.page.next_step import Offer, kind_phrase, offer_in_words, until

MOST_SITTINGS = 5
HEADING = Markup('<h2 class="pp-title" data-id="{}" tabindex="-1">{}</h2><p class="pp-next"><span>Next</span> {}</p>')
NO_GAIN_YET = Markup(
    '<h3>How far you’ve come</h3><p class="pp-muted">After two quizzes of five questions or more, you’ll see here how '
    "your latest answers compare with your first.</p>"
)
QUESTION = Markup(
    '<h3 data-id="{}" tabindex="-1">Delete all your progress?</h3><p>This deletes your grades, your quizzes, the '
    "lessons you’ve read, your upcoming reviews, your drafts and everything unfinished, but not what you entered under "
    "My interview. A file you have saved can bring back your grades and reviews, but not your drafts.</p>"
)
STORED_ON_PLATFORM = "Your progress is kept by the learning platform that opened this page, together with your grade."
STORED_IN_BROWSER = "Your progress is kept in this browser, on this device. We don’t keep a copy."


class ProgressView(View):
    """The progress in a store. `on_go` is called with what is offered, to open it; `lessons` are titles by id."""

    def __init__(
        self,
        progress_store: ProgressStore,
        scenarios: Mapping[str, Scenario],
        announcer: Announcer,
        on_go: Callable[[Offer], None],
        lessons: Mapping[str, str],
        clock: Callable[[], datetime],
        policy: Policy | None = None,
        title: str = "Review",
    ) -> None:
        self.progress_store, self.scenarios, self.announcer = progress_store, scenarios, announcer
        self.lessons, self.clock, self.title = lessons, clock, title
        self.offer: Offer = NextStep(Activity.REST)
        self.environment, self.notice = environment(), Notice()
        self.policy = policy or self.environment.policy
        self.next, self.board, self.answer = HTML(), HTML(), HTML()
        self.go = button(self.notice, lambda: on_go(self.offer), "pp-primary")
        self.save = button(self.notice, progress_store.save, "pp-secondary", description="Save progress to a file")
        self.upload = Upload(self.notice, self._load, "Load progress from a file", LARGEST_PROGRESS)
        self.forget = button(self.notice, self._ask_to_forget, "pp-secondary", description="Delete all progress")
        self.sure = button(self.notice, self._forget, "pp-secondary", description="Yes, delete it all")
        self.unsure = button(self.notice, self._cancel_forgetting, "pp-secondary", description="No, keep it")
        self.question = HTML()
        self.asked = VBox([self.question, HBox([self.sure, self.unsure]).add_class("pp-leave")])
        self.storage = HTML()
        parts = (self.next, self.go, self.board, self.storage, self.save, self.upload, self.answer)
        super().__init__([*parts, self.forget, self.asked, self.notice], "pp-progress")
        self.question.value = QUESTION.format(self.element_id("question"))
        self.asked.layout.display = "none"
        self.follow(progress_store, ("progress", "on_platform"), lambda _: self.draw())
        self.draw()

    def draw(self) -> None:
        """Draw the present progress."""
        progress, now = self.progress_store.progress, self.clock()
        unfinished = latest_resume_point(self.progress_store.items, self.scenarios, {self.policy.id: self.policy})
        self.offer = unfinished or progress.next_step(now, self.scenarios, tuple(self.lessons))
        sentence, self.go.description = offer_in_words(self.offer, progress, now)
        self.next.value = HEADING.format(self.element_id("progress"), self.title, sentence)
        self.go.layout.display = "" if self.go.description else "none"
        self.storage.value = _storage(self.progress_store, self.element_id("keeping"))
        self.board.value = (
            _reviews(progress.reviews, now)
            + _stories(progress, self.scenarios)
            + _gain(progress, now)
            + _sittings(progress, now)
            + _lessons(progress, self.lessons)
        )

    def take_focus(self) -> None:
        """Draw the present progress, move the focus to the heading, and announce the view."""
        self.draw()
        self.asked.layout.display = "none"
        self.answer.value = ""
        self.focus_on("progress", f"{self.title}.")

    def _load(self, text: str | None) -> None:
        """Read a file in a worker thread, and load it. None stands for a file that is too large."""
        if text is None:
            self._show_answer(PROGRESS_TOO_LARGE)
        else:
            self.answer.value = '<p class="pp-muted">Reading your file…</p>'
            self.environment.in_thread(partial(Progress.from_json, text), self._add)

    def _add(self, outcome: Future[Progress]) -> None:
        """Add what the file held, unless the view has been closed."""
        if self.closed:
            return
        try:
            result = self.progress_store.add(outcome.result())
        except ProgressError as error:
            result = str(error)
        self._show_answer(result)

    def _ask_to_forget(self) -> None:
        self.asked.layout.display = ""
        self.focus_on("question", "")

    def _forget(self) -> None:
        self.asked.layout.display = "none"
        self.progress_store.forget(self.clock())
        self._show_answer("All your progress has been deleted. You’re starting again.")

    def _cancel_forgetting(self) -> None:
        self.asked.layout.display = "none"
        self.focus_on("keeping", "Nothing was deleted.")

    def _show_answer(self, sentence: str) -> None:
        paragraph = Markup('<p class="pp-answer" data-id="{}" tabindex="-1">{}</p>')
        self.answer.value = paragraph.format(self.element_id("answer"), sentence)
        self.focus_on("answer", sentence)


def _reviews(reviews: list[Review], now: datetime) -> Markup:
    if not reviews:
        return Markup("")
    rows = Markup("").join(
        Markup("<li><p>{} <span>{}</span></p>{}</li>").format(
            _topic(review.topic), _due(review, now), _review_line(review)
        )
        for review in reviews
    )
    return Markup(
        "<h3>What you will review</h3><p>You get new questions about what you missed: after a day and then, each "
        'time you get them right, after 3, 7 and 21 days.</p><ul class="pp-reviews">{}</ul>'
    ).format(rows)


def _review_line(review: Review) -> Markup:
    """The reviews of a topic on a line drawn to scale, as dots; those passed are filled."""
    total, at, dots = sum(REVIEW_INTERVALS, timedelta(0)), timedelta(0), []
    for number, interval in enumerate(REVIEW_INTERVALS):
        at += interval
        dots.append(
            Markup('<circle class="{}" cx="{:.1f}%" cy="9" r="6"/>').format(
                "pp-passed" if number < review.passed else "pp-ahead", 2 + 95 * (at / total)
            )
        )
    return Markup(
        '<svg class="pp-way-back" role="img" aria-label="{} of {} reviews passed" width="100%" height="18">'
        '<line class="pp-track" x1="1%" x2="97%" y1="9" y2="9"/>{}</svg>'
    ).format(review.passed, len(REVIEW_INTERVALS), Markup("").join(dots))


def _stories(progress: Progress, scenarios: Mapping[str, Scenario]) -> Markup:
    best, attempts = progress.best, progress.attempts
    rows = (
        (scenario.title, bar(best[name], best[name]) if name in best else "not yet", attempts[name] or "")
        for name, scenario in scenarios.items()
    )
    return Markup("<h3>Stories</h3><p>You have played {} of {}.</p>{}").format(
        len(best.keys() & scenarios.keys()), len(scenarios), table(("Story", "Best grade", "Played"), rows)
    )


def _gain(progress: Progress, now: datetime) -> Markup:
    """The first questions that the learner answered beside the latest."""
    if progress.gain is None:
        return NO_GAIN_YET if progress.sittings else Markup("")
    rows = (
        (label, f"{quiz.length} questions, {_ago(quiz.at, now)}", bar(quiz.grade, quiz.grade))
        for label, quiz in zip(("Your first", "Your latest"), progress.gain, strict=True)
    )
    return Markup("<h3>How far you’ve come</h3>{}").format(table(("", "Quiz", "Grade"), rows))


def _sittings(progress: Progress, now: datetime) -> Markup:
    if not progress.sittings:
        return Markup("")
    rows = (
        (_ago(sat.at, now), f"{sat.mode}, {sat.length} questions", bar(sat.grade, sat.grade))
        for sat in progress.sittings[:MOST_SITTINGS]
    )
    return Markup("<h3>Quizzes</h3>{}").format(table(("When", "Quiz", "Grade"), rows))


def _lessons(progress: Progress, lessons: Mapping[str, str]) -> Markup:
    if not lessons:
        return Markup("")
    rows = Markup("").join(
        Markup("<li>{}: {}</li>").format(title, "read" if name in progress.lessons else "not yet")
        for name, title in lessons.items()
    )
    return Markup("<h3>Lessons</h3><ul>{}</ul>").format(rows)


def _storage(progress_store: ProgressStore, heading: str) -> Markup:
    file = progress_store.folder and progress_store.folder.file
    elsewhere = STORED_ON_PLATFORM if progress_store.on_platform else STORED_IN_BROWSER
    location = Markup("Your progress is kept in <code>{}</code>.").format(file) if file else elsewhere
    return Markup('<h3 data-id="{}" tabindex="-1">Where your progress is kept</h3><p>{}</p>').format(heading, location)


def _topic(topic: Topic) -> str:
    return f"{GUIDELINE_TITLES.get(topic.guideline, topic.guideline)}: {kind_phrase(topic)}"


def _due(review: Review, now: datetime) -> str:
    return "due now" if review.due <= now else f"due {until(review.due, now)}"


def _ago(then: datetime, now: datetime) -> str:
    days = max(now - then, timedelta(0)) // A_DAY
    return "within the last day" if days < 1 else "a day ago" if days == 1 else f"{days} days ago"
