"""The quiz: choose a mode, answer each question, say how sure you are, and see how it went."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Literal
from zlib import crc32

from ipywidgets import HTML, HBox, Text, VBox, Widget
from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES, Policy
from etiquette.practice import (
    QUIZ_ITEM,
    Mode,
    Question,
    Quiz,
    QuizPoint,
    Sitting,
    Sureness,
    number_in_words,
    resume_point_from_json,
    resume_point_to_json,
    time_of_resume_point,
)
from etiquette.stories import RunError
from etiquette.views.controls import (
    Announcer,
    ButtonGroup,
    Download,
    GroupButton,
    Notice,
    ProgressStore,
    View,
    button,
    environment,
    utc_now,
)
from etiquette.views.quiz.certificate import LONGEST_NAME, certificate, clean_name
from etiquette.views.quiz.debrief import quiz_debrief
from etiquette.views.quiz.modes import mode_choices
from etiquette.views.quiz.question import SURENESS_LABELS, all_options, answer_feedback, question_card

MOVED_ON = "The quiz had already moved on, so that answer wasn’t taken. This is where you are now."


class QuizView(View):
    """Quizzes, one after another.

    Everything on screen is drawn from `sitting`, the sitting so far, which is None before one starts. `seed` draws
    the first quiz; random seeds draw the others. With a `quiz`, practice on it starts at once, without a choice of
    modes. The progress store keeps each answer under the name `item` (for each seed another), and the result; a quiz
    that was left unfinished goes on where it was. The policy and the store are those of the environment by default. A
    page that already has an `announcer` shares it.
    """

    def __init__(
        self,
        seed: str | None = None,
        policy: Policy | None = None,
        progress_store: ProgressStore | None = None,
        announcer: Announcer | None = None,
        quiz: Quiz | None = None,
        item: str = QUIZ_ITEM,
        clock: Callable[[], datetime] = utc_now,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.policy, self.clock, self.today = policy or environment().policy, clock, today
        self.seed = None if quiz else seed
        self.progress_store = progress_store or environment().progress_store
        self.item = f"{item}-{crc32(seed.encode()):x}" if seed else item
        self.practice_only = quiz is not None
        self.sitting: Sitting | None = None
        self.showing: Literal["start", "question", "sureness", "feedback", "retry", "debrief"] = "start"
        self.picked = 0
        self.used = False  # whether anything was answered here
        self.notice = Notice()
        self.announcer = announcer or Announcer()
        self.starts = VBox() if quiz else mode_choices(self.notice, self._begin)
        self.board, self.card = HTML(), HTML()
        self.choices = ButtonGroup(self.notice, self._pick, late=MOVED_ON)
        self.sure = ButtonGroup(self.notice, self._answer, "pp-leave", "How sure are you?", late=MOVED_ON)
        self.rethink = button(self.notice, self._rethink, "pp-back", description="← Choose another answer")
        self.stop = button(self.notice, self._stop, "pp-back", description="Stop this quiz")
        self.again = button(self.notice, self._try_again, "pp-secondary", description="Try again")
        self.reveal = button(self.notice, self._reveal, "pp-secondary", description="Show all the options")
        self.onward = button(self.notice, self._go_on, "pp-primary")
        self.name = Text(description="Your name (optional)", placeholder="").add_class("pp-name")
        self.name.observe(self._draw_link, "value")
        self.link = Download(filename="persistent-or-pesky.html")
        self.certificate = VBox([self.name, self.link])
        self.another = button(self.notice, self._start_another, "pp-primary")
        steps = HBox([self.again, self.reveal, self.onward]).add_class("pp-leave")
        parts = (self.board, self.starts, self.choices, self.card, self.sure, self.rethink, steps, self.stop)
        last = (self.certificate, self.another, self.notice)
        super().__init__([*parts, *last], "pp-quiz", root=announcer is None)
        if sitting := self._kept() or (Sitting(quiz) if quiz else None):
            self.resume(sitting)
        else:
            self._draw_start()
        self.follow(self.progress_store, "items", lambda _: self._take_up())

    def resume(self, sitting: Sitting) -> None:
        """Continue this sitting."""
        self.sitting = sitting
        if sitting.over:
            self._draw_debrief(sitting)
        else:
            self._draw_question()

    def take_focus(self) -> None:
        """Move the focus to what is on screen."""
        self.focus_on("board" if self.showing in ("start", "question") else "card")

    def _begin(self, length: int, mode: Mode) -> None:
        if self.showing == "start":
            self._go_to(Sitting(Quiz.draw(self._seed(), length, self.policy), mode))

    def _seed(self) -> str:
        """The given seed, the first time; then a random one each time."""
        seed, self.seed = self.seed, None
        return seed or secrets.token_hex(4)

    def _start_another(self) -> None:
        """Start another quiz like the last one if a quiz was given, else offer the choice of modes again."""
        if self.showing != "debrief" or self.sitting is None:
            return
        if self.practice_only:
            last = self.sitting.quiz
            quiz = Quiz.draw(self._seed(), len(last.questions), last.policy, guideline=last.guideline, kind=last.kind)
            self.resume(Sitting(quiz))
        else:
            self._draw_start()
        self.focus_on("board")

    # Answering

    @property
    def _current(self) -> tuple[Sitting, Question]:
        """The sitting, and the question on screen: the next one to answer or, while its feedback shows, the last."""
        if self.sitting is None:
            raise ValueError("no quiz has started")
        answered = self.showing in ("feedback", "retry")
        return self.sitting, self.sitting.quiz.questions[len(self.sitting.answers) - answered]

    def _pick(self, name: str, _: str) -> None:
        number = int(name)
        if self.showing == "retry":
            self.sitting = self._current[0].retry(number)
            self._draw_feedback(revealed=False)
        elif self.showing == "question":
            self.picked, self.showing = number, "sureness"
            self._draw_sureness()

    def _rethink(self) -> None:
        if self.showing == "sureness":
            self._draw_question()
            self.focus_on("board")

    def _stop(self) -> None:
        """Leave the quiz unfinished, and offer the choice of modes again."""
        if self.showing in ("question", "sureness", "feedback", "retry"):
            self.used = True
            self._draw_start()
            self._keep()
            self.focus_on("board")

    def _answer(self, name: str, _: str) -> None:
        if self.showing != "sureness":
            return
        self.used = True
        self.sitting = sitting = self._current[0].answer(self.picked, Sureness[name])
        self._keep()
        if sitting.mode is Mode.PRACTICE:
            self._draw_feedback(revealed=False)
        else:
            self._go_to(sitting, "Answer saved. ")

    def _try_again(self) -> None:
        if self.showing != "feedback" or self.sitting is None or not self.sitting.may_retry:
            return
        self.showing = "retry"
        answer = self.sitting.answers[-1]
        self._draw_choices({answer.option, *answer.retries})
        self._show(self.board, self.choices, self.card)
        self.focus_on("board")

    def _reveal(self) -> None:
        if self.showing == "feedback":
            self._draw_feedback(revealed=True)

    def _go_on(self) -> None:
        if self.showing == "feedback":
            self._go_to(self._current[0])

    def _go_to(self, sitting: Sitting, noted: str = "") -> None:
        """Continue this sitting, and announce its next question or its end."""
        self.resume(sitting)
        if sitting.over:
            self.focus_on(
                "card", say=f"That’s the end of the quiz. Your grade is {sitting.debrief().grade} out of 100."
            )
        else:
            self.focus_on("board", say=f"{noted}{self._title}.")

    # Keeping

    def _record(self, sitting: Sitting) -> None:
        """Have the progress store keep the result of this quiz, and no longer the quiz itself."""
        self.progress_store.keep(self.progress_store.progress.after_quiz(sitting, self._ended_at(sitting)))
        self._keep()

    def _ended_at(self, sitting: Sitting) -> datetime:
        """When the last answer was given, if that is kept. An end that is drawn twice is then the same record."""
        kept, at = self._kept(), time_of_resume_point(self.progress_store.item(self.item))
        return at if at and kept and kept.over and kept.quiz == sitting.quiz else self.clock()

    def _keep(self) -> None:
        """Have the progress store keep the answers so far, until the last of them has been judged."""
        sitting = self.sitting
        begun = sitting is not None and sitting.answers and self.showing != "debrief"
        kept = resume_point_to_json(QuizPoint(sitting), self.clock()) if sitting and begun else ""
        self.progress_store.set_item(self.item, kept)

    def _kept(self) -> Sitting | None:
        """The quiz that the learner left unfinished; None if there is none, or it cannot be restored."""
        try:
            point = resume_point_from_json(self.progress_store.item(self.item), {}, {self.policy.id: self.policy})
        except RunError:
            return None
        return point.sitting if isinstance(point, QuizPoint) else None

    def _take_up(self) -> None:
        """Go on with the quiz that was left unfinished, once a browser has it, unless one has begun here.

        A quiz in another view is followed too, until this one is used. The other view records its result: then this one
        begins anew.
        """
        if self.used or self.showing not in ("start", "question"):
            return
        sitting = self._kept()
        if sitting and not (sitting.over and self.progress_store.reported):
            self.resume(sitting)
        elif not sitting and self.sitting and self.sitting.answers:
            self.resume(Sitting(self.sitting.quiz)) if self.practice_only else self._draw_start()

    # Drawing

    @property
    def _title(self) -> str:
        """The title of the question to answer now."""
        sitting, _ = self._current
        return f"Question {len(sitting.answers) + 1} of {len(sitting.quiz.questions)}"

    @property
    def _page_heading(self) -> Markup:
        """Whose questions these are, for those who find their way by headings."""
        return Markup('<h2 class="pp-unseen">{}</h2>').format("Practice" if self.practice_only else "The quiz")

    def _draw_start(self) -> None:
        self.sitting, self.showing = None, "start"
        self.board.value = Markup(
            '<h2 class="pp-title" data-id="{}" tabindex="-1">The quiz</h2><p>Each question describes a situation. '
            "Choose what you’d do, and say how sure you are. At the end you’ll see your grade, and whether you were "
            "right as often as you thought.</p>"
        ).format(self.element_id("board"))
        self._show(self.board, self.starts)

    def _draw_question(self) -> None:
        self.showing, self.card.value = "question", ""
        _, question = self._current
        self.board.value = self._page_heading + question_card(question, self._title, self.element_id("board"))
        self._draw_choices(set())
        self._show(self.board, self.choices)

    def _draw_choices(self, tried: set[int]) -> None:
        """Offer the options of the question on screen, but not those that have been tried."""
        sitting, question = self._current
        options = [(n, option.says) for n, option in enumerate(question.options) if n not in tried]
        state = f"{question.id} {len(sitting.answers)} {sorted(tried)}"
        self.choices.draw(state, [GroupButton(str(number), says) for number, says in options])

    def _draw_sureness(self) -> None:
        _, question = self._current
        labels = [GroupButton(each.name, label, look="pp-secondary") for each, label in SURENESS_LABELS.items()]
        self.sure.draw(f"{self.choices.state} {self.picked}", labels)
        self.card.value = Markup(
            '<p class="pp-chosen"><span>You chose</span> {}</p><h3 data-id="{}" tabindex="-1">How sure are you?</h3>'
        ).format(question.options[self.picked].says, self.element_id("card"))
        self._show(self.board, self.card, self.sure, self.rethink)
        self.focus_on("card")

    def _draw_feedback(self, *, revealed: bool) -> None:
        self.showing = "feedback"
        sitting, question = self._current
        answer = sitting.answers[-1]
        option = question.options[(answer.option, *answer.retries)[-1]]
        done = revealed or not sitting.may_retry
        card = answer_feedback(sitting, self.element_id("card"))
        self.card.value = card + all_options(question, answer) if done else card
        self.onward.description = "See how you did" if sitting.over else "Next question"
        self._show(self.board, self.card, self.onward, *(() if done else (self.again, self.reveal)))
        self.focus_on("card", say=f"{option.assessment.verdict.capitalize()}, credit {option.credit}.")

    def _draw_debrief(self, sitting: Sitting) -> None:
        self.showing, self.board.value = "debrief", self._page_heading
        self._record(sitting)  # before the debrief is shown: what the learner sees has been kept
        debrief = sitting.debrief()
        self.card.value = quiz_debrief(sitting, self.element_id("card"))
        as_many = f"{number_in_words(len(sitting.quiz.questions)).capitalize()} new questions"
        self.another.description = as_many if self.practice_only else "Another quiz"
        self._show(self.board, self.card, self.another, *((self.certificate,) if debrief.passed else ()))
        self._draw_link()

    def _draw_link(self, _: object = None) -> None:
        if self.sitting and self.sitting.over and self.sitting.debrief().passed:
            if len(self.name.value) > LONGEST_NAME:
                self.name.value = self.name.value[:LONGEST_NAME]
            name = clean_name(self.name.value)
            self.link.offer(
                certificate(self.sitting, name, self.today()),
                f"Download the certificate for {name}" if name else "Download the certificate",
            )

    def _show(self, *shown: Widget) -> None:
        """Show these of the parts that come and go, and hide the others."""
        transient = (self.starts, self.choices, self.sure, self.rethink, self.again, self.reveal, self.onward)
        for part in (self.board, self.card, *transient, self.certificate, self.another):
            part.layout.display = "" if part in shown else "none"
        begun = self.sitting is not None and not self.sitting.over and not self.practice_only
        self.stop.layout.display = "" if begun else "none"


def ask(guideline: str = "", number: int = 3, seed: str | None = None, policy: Policy | None = None) -> QuizView:
    """New questions to practise on, about one guideline or, without one, about all of them, for a notebook cell.

    Questions that were left unanswered go on where they were, unless a `seed` asks for certain ones.

    Raises:
        ValueError: there is no such guideline. The message lists those there are.
    """
    if guideline and guideline not in GUIDELINE_TITLES:
        raise ValueError(f"there is no guideline {guideline!r}; there are {', '.join(GUIDELINE_TITLES)}")
    policy = policy or environment().policy
    quiz = Quiz.draw(seed or secrets.token_hex(4), number, policy, guideline=guideline)
    return QuizView(seed, policy, quiz=quiz, item="-".join(filter(None, (QUIZ_ITEM, guideline, str(number)))))
