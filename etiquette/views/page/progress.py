"""The learner's progress: what is done, the next step, the reviews to come, and where all of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime, timedelta
from functools import partial

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.judge import A_DAY, GUIDELINE_TITLES, Kind
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
)
from etiquette.stories import Scenario
from etiquette.views.controls import Announcer, Notice, ProgressStore, Upload, View, bar, button, environment, table

KIND_PHRASES: dict[str, str] = {
    Kind.SEND_REFERENCES: "sending references",
    Kind.THANK_YOU_EMAIL: "an email of thanks",
    Kind.STATUS_EMAIL: "asking how things stand",
    Kind.EMAIL_ASKING_OUTCOME: "asking whether you got the job",
    Kind.CALL: "a call",
    Kind.LEAVE_MESSAGE: "leaving a message",
    Kind.CALL_AGAIN: "a second call",
    Kind.INVITED_CALL: "a call that they invited",
    Kind.REPLY: "answering them",
    Kind.DROP_IN: "dropping in",
    Kind.SOCIAL_MEDIA_MESSAGE: "writing to a private account",
    Kind.GIFT: "a gift",
    Kind.HOLD_BACK: "holding back",
}
MOST_SITTINGS = 5
QUESTION = Markup(
    '<h3 id="{}" tabindex="-1">Forget everything?</h3><p>Grades, quizzes, lessons and what is to come back: all of it '
    "goes, and only a file that you have saved can bring it back.</p>"
)
STORED_IN_BROWSER = "This browser keeps it, on this device; nothing of it stays with us."

Openers = Mapping[Activity, Callable[[NextStep], None]]


class ProgressView(View):
    """The progress in a store. `openers` open the next steps that the page can open; `lessons` are titles by id."""

    def __init__(
        self,
        progress_store: ProgressStore,
        scenarios: Mapping[str, Scenario],
        announcer: Announcer,
        openers: Openers,
        lessons: Mapping[str, str],
        clock: Callable[[], datetime],
    ) -> None:
        self.progress_store, self.scenarios, self.announcer = progress_store, scenarios, announcer
        self.openers, self.lessons, self.clock = openers, lessons, clock
        self.titles = {**lessons, **{name: scenario.title for name, scenario in scenarios.items()}}
        self.step = NextStep(Activity.REST)
        self.environment, self.notice = environment(), Notice()
        self.next, self.board, self.answer = HTML(), HTML(), HTML()
        self.go = button(self.notice, self._go, "pp-primary")
        self.save = button(self.notice, progress_store.save, "pp-secondary", description="Save progress to a file")
        self.upload = Upload(self.notice, self._load, "Load progress from a file", LARGEST_PROGRESS)
        self.forget = button(self.notice, self._ask_to_forget, "pp-secondary", description="Forget everything")
        self.sure = button(self.notice, self._forget, "pp-secondary", description="Yes, forget all of it")
        self.unsure = button(self.notice, self._cancel_forgetting, "pp-secondary", description="No, keep it")
        self.question = HTML()
        self.asked = VBox([self.question, HBox([self.sure, self.unsure]).add_class("pp-leave")])
        storage = HTML()
        parts = (self.next, self.go, self.board, storage, self.save, self.upload, self.answer)
        super().__init__([*parts, self.forget, self.asked, self.notice])
        storage.value = _storage(progress_store, self.element_id("keeping"))
        self.question.value = QUESTION.format(self.element_id("question"))
        self.asked.layout.display = "none"
        self.add_class("pp-progress")
        progress_store.observe(lambda _: self.draw(), "progress")
        self.draw()

    def draw(self) -> None:
        """Draw the present progress."""
        progress, now = self.progress_store.progress, self.clock()
        self.step = progress.next_step(now, self.scenarios, tuple(self.lessons))
        title = self.titles.get(self.step.name, "")
        self.next.value = _next_step(self.step, title, progress, now, self.element_id("progress"))
        self.go.description = _button_label(self.step, title)
        self.go.layout.display = "" if self.step.activity in self.openers and self.go.description else "none"
        self.board.value = (
            _reviews(progress.reviews, now)
            + _stories(progress, self.scenarios)
            + _sittings(progress, now)
            + _lessons(progress, self.lessons)
        )

    def take_focus(self) -> None:
        """Draw the present progress, move the focus to the heading, and announce the view."""
        self.draw()
        self.asked.layout.display = "none"
        self.answer.value = ""
        self.focus_on("progress", "Your progress.")

    def _go(self) -> None:
        self.openers[self.step.activity](self.step)

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
        self._show_answer("Everything is forgotten. You begin anew.")

    def _cancel_forgetting(self) -> None:
        self.asked.layout.display = "none"
        self.focus_on("keeping", "Nothing is forgotten.")

    def _show_answer(self, sentence: str) -> None:
        paragraph = Markup('<p class="pp-answer" id="{}" tabindex="-1">{}</p>')
        self.answer.value = paragraph.format(self.element_id("answer"), sentence)
        self.focus_on("answer", sentence)


def _button_label(step: NextStep, title: str) -> str:
    match step.activity:
        case Activity.REVIEW:
            return "Meet it in new situations"
        case Activity.PLAY | Activity.PLAY_AGAIN if title:
            return f"Play “{title}”" + (" again" if step.activity is Activity.PLAY_AGAIN else "")
        case Activity.LEARN:
            return f"Open “{title}”"
        case Activity.SIT:
            return "Take the quiz"
    return ""


def _next_step(step: NextStep, title: str, progress: Progress, now: datetime, heading: str) -> Markup:
    match step.activity:
        case Activity.REVIEW:
            phrase = _kind_phrase(step.topics[0])
            sentence = f"Something that you missed comes round again: {phrase}. Three new situations wait."
        case Activity.LEARN:
            sentence = f"The lesson “{title}” comes next."
        case Activity.PLAY if not progress.records:
            sentence = f"Everything is still before you. A good story to begin with is “{title}”."
        case Activity.PLAY:
            sentence = f"You have not played “{title}” yet."
        case Activity.SIT:
            sentence = "You have played every story. Now see what a graded quiz says."
        case Activity.PLAY_AGAIN:
            sentence = f"“{title}” could go better: your best grade there is {progress.best[step.name]}."
        case Activity.REST if step.due:
            sentence = f"Nothing for now. The next thing that you missed comes back {_until(step.due, now)}."
        case _:
            sentence = "You have done all there is, and done it well. Your own interview can come."
    return Markup(
        '<h2 class="pp-title" id="{}" tabindex="-1">Your progress</h2><p class="pp-next"><span>Next</span> {}</p>'
    ).format(heading, sentence)


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
        "<h3>What comes back</h3><p>What you missed returns as a new situation of the same kind: after a day, and each "
        'time you get it right, after 3, 7 and 21 days.</p><ul class="pp-reviews">{}</ul>'
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
        '<svg class="pp-way-back" role="img" aria-label="Got right {} of {} times" width="100%" height="18">'
        '<line class="pp-track" x1="1%" x2="97%" y1="9" y2="9"/>{}</svg>'
    ).format(review.passed, len(REVIEW_INTERVALS), Markup("").join(dots))


def _stories(progress: Progress, scenarios: Mapping[str, Scenario]) -> Markup:
    best, attempts = progress.best, progress.attempts
    rows = (
        (scenario.title, bar(best[name], best[name]) if name in best else "not yet", attempts[name] or "")
        for name, scenario in scenarios.items()
    )
    return Markup("<h3>Stories</h3><p>{} of {} played.</p>{}").format(
        len(best.keys() & scenarios.keys()), len(scenarios), table(("Story", "Best grade", "Played"), rows)
    )


def _sittings(progress: Progress, now: datetime) -> Markup:
    if not progress.sittings:
        return Markup("")
    rows = (
        (_ago(sat.at, now), f"{sat.mode}, {sat.length} questions", bar(sat.grade, sat.grade))
        for sat in progress.sittings[:MOST_SITTINGS]
    )
    return Markup("<h3>Quizzes</h3>{}").format(table(("When", "Quiz", "Score"), rows))


def _lessons(progress: Progress, lessons: Mapping[str, str]) -> Markup:
    if not lessons:
        return Markup("")
    rows = Markup("").join(
        Markup("<li>{}: {}</li>").format(title, "read" if name in progress.lessons else "not yet")
        for name, title in lessons.items()
    )
    return Markup("<h3>Lessons</h3><ul>{}</ul>").format(rows)


def _storage(progress_store: ProgressStore, heading: str) -> Markup:
    file = progress_store.file
    location = Markup("It is kept in <code>{}</code>.").format(file.path) if file else STORED_IN_BROWSER
    return Markup('<h3 id="{}" tabindex="-1">Where this is kept</h3><p>{}</p>').format(heading, location)


def _topic(topic: Topic) -> str:
    return f"{GUIDELINE_TITLES.get(topic.guideline, topic.guideline)}: {_kind_phrase(topic)}"


def _kind_phrase(topic: Topic) -> str:
    return KIND_PHRASES.get(topic.kind, topic.kind)


def _due(review: Review, now: datetime) -> str:
    return "due now" if review.due <= now else f"comes back {_until(review.due, now)}"


def _until(due: datetime, now: datetime) -> str:
    days = -((now - due) // A_DAY)
    return "within a day" if days <= 1 else f"in {days} days"


def _ago(then: datetime, now: datetime) -> str:
    days = max(now - then, timedelta(0)) // A_DAY
    return "within the last day" if days < 1 else "a day ago" if days == 1 else f"{days} days ago"
