"""HTML for what a room shows: the story, the options, the vote bars, the revealed answers and a learner's debrief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from markupsafe import Markup

from etiquette.judge import GUIDELINE_SENTENCES, GUIDELINE_TITLES, Situation
from etiquette.room import (
    VOTES_PER_QUESTION,
    BallotAnswer,
    FinalAnswer,
    LearnerDebrief,
    LearnerDecision,
    LearnerPath,
    Movement,
    Phase,
    PromptOption,
    Revealed,
    Screen,
    Tally,
    TogetherPath,
    decision_title,
    topic_of,
)
from etiquette.stories import Passage, Run
from etiquette.views.controls import badge, lesson_link, timeline
from etiquette.views.room.sentences import how_often, movement_sentence
from etiquette.views.stories import folded_passages, passage_list

VOTE_LABELS = ("First vote", "Second vote")
PHASE_LABELS = {
    Phase.LOBBY: "Waiting to begin",
    Phase.READY: "The vote isn’t open yet",
    Phase.OPEN: "The vote is open",
    Phase.CLOSED: "The vote is closed",
    Phase.REVEALED: "The answers",
    Phase.ENDED: "The session has ended",
}


def position_label(screen: Screen) -> str:
    """How far the session is: '2 of 5 · First vote is open'."""
    label = PHASE_LABELS[screen.phase]
    if screen.phase is Phase.ENDED or not screen.item_number:
        return label
    if screen.phase is Phase.READY and screen.alone:
        label = "The story hasn’t started yet"
    if screen.phase in (Phase.OPEN, Phase.CLOSED):
        subject = "The story" if screen.alone else VOTE_LABELS[screen.vote_number - 1]
        label = f"{subject} is {'open' if screen.phase is Phase.OPEN else 'closed'}"
    return f"{screen.item_number} of {screen.item_count} · {label}"


def screen_heading(screen: Screen, heading: str, *, show_voted: bool = True) -> Markup:
    """The position in the session, and how many are here and have voted. `heading` is the `data-id` of the heading."""
    numbers = " · ".join(attendance(screen) if show_voted else attendance(screen)[:1])
    return Markup('<h2 class="pp-title" data-id="{}" tabindex="-1">{}</h2><p class="pp-muted">{}</p>').format(
        heading, position_label(screen), numbers
    )


def attendance(screen: Screen) -> tuple[str, ...]:
    """How many are here, have voted or, where each plays alone, have started and finished."""
    here = f"{quantity(screen.people, 'person is', 'people are')} here" if screen.people else "Nobody is here yet"
    if not screen.vote_number or screen.phase is Phase.ENDED:
        return (here,)
    if screen.alone:
        return here, f"{screen.voted:,} started, {screen.finished:,} finished"
    return here, f"{screen.voted:,} voted"


def story_passages(
    passages: Sequence[Passage], since: int, title: str = "", situation: Situation | None = None
) -> Markup:
    """The passages from index `since` on, with the earlier ones folded away.

    With a title, they stand under a heading and, if there is a situation too, a timeline.
    """
    line = timeline(situation) if situation and title else Markup("")
    heading = Markup("<h3>{}</h3>").format(title) if title else Markup("")
    return Markup("{}{}{}{}").format(
        heading, line, folded_passages(passages[:since], situation), passage_list(passages[since:], situation)
    )


def options_heading(situation: Situation | None) -> str:
    """What stands above the options: a facilitator's own question has no situation, and may ask anything."""
    return "What would you do?" if situation else "Your answer"


def option_list(options: Sequence[str], situation: Situation | None) -> Markup:
    """The options as a lettered list, for a screen on which nobody can choose."""
    return Markup('<h3>{}</h3><ol class="pp-lettered">{}</ol>').format(
        options_heading(situation), Markup("").join(Markup("<li>{}</li>").format(option) for option in options)
    )


def vote_bars(options: Sequence[str], tallies: Sequence[Tally]) -> Markup:
    """Each option with a bar for each vote."""
    rows = Markup("").join(
        Markup("<li><p>{}</p>{}</li>").format(option, option_bars(number, tallies))
        for number, option in enumerate(options)
    )
    return Markup('<ol class="pp-lettered pp-bars">{}</ol>').format(rows)


def option_bars(number: int, tallies: Sequence[Tally]) -> Markup:
    """A bar for each vote on the option of this number."""
    several = len(tallies) > 1
    return Markup("").join(
        Markup(
            '<p class="pp-votes{}"><span class="pp-muted">{}</span> <span class="pp-bar{}" aria-hidden="true">'
            '<span style="width: {percent}%"></span></span> <b>{percent}%</b> <span class="pp-muted">({})</span></p>'
        ).format(
            " pp-two" if several else "",
            VOTE_LABELS[vote] if several else "Votes",
            " pp-before" if vote < len(tallies) - 1 else "",
            tally.counts[number],
            percent=tally.percent(number),
        )
        for vote, tally in enumerate(tallies)
    )


def answer_card(
    revealed: Revealed, tallies: Sequence[Tally] = (), answers: Sequence[BallotAnswer | None] = ()
) -> Markup:
    """Every option with its verdict, reason and bars, how the room moved, and what happened next in the story.

    `answers` are the learner's own, one for each vote; on the projector there are none.
    """
    prompt = revealed.prompt
    consequences = Markup("")
    if revealed.choice is not None:
        consequences = Markup("<h4>What happened next</h4>{}").format(
            passage_list(revealed.consequences, prompt.situation) or Markup("<p>The story goes on.</p>")
        )
    return Markup(
        '<section class="pp-card pp-answers"><h3>All the options</h3><ol class="pp-lettered">{}</ol>{}{}{}</section>'
    ).format(
        _judged_options(prompt.options, prompt.best, answers, tallies, revealed.choice),
        movement_summary(revealed.movement, prompt.best),
        consequences,
        guideline_sentence(prompt.guideline),
    )


def guideline_sentence(guideline: str) -> Markup:
    """A guideline under its title; empty without one, as for a facilitator's own question."""
    if not guideline:
        return Markup("")
    return Markup('<p class="pp-guideline"><span>{}</span> {}</p>').format(
        GUIDELINE_TITLES[guideline], GUIDELINE_SENTENCES[guideline]
    )


def _judged_options(
    options: Sequence[PromptOption],
    best: int,
    answers: Sequence[BallotAnswer | None],
    tallies: Sequence[Tally] = (),
    choice: int | None = None,
) -> Markup:
    """Each option with its verdict, its bars and its reason, marked if it is the best or was chosen."""
    return Markup("").join(
        Markup('<li><p class="pp-judged">{}{} <span class="pp-muted">{}</span></p><p>{}</p>{}{}</li>').format(
            option_badge(option),
            _credit(option),
            "".join(f" · {mark}" for mark in (*_own_marks(number, answers), *room_marks(number, best, choice))),
            option.says,
            option_bars(number, tallies),
            _reason(option),
        )
        for number, option in enumerate(options)
    )


def _credit(option: PromptOption) -> Markup:
    """What the judge gives an option; empty in a facilitator's own question, which is right or not."""
    if option.assessment is None:
        return Markup("")
    return Markup(' <b>{}</b> <span class="pp-muted">out of 100</span>').format(option.credit)


def _reason(option: PromptOption) -> Markup:
    return Markup('<p class="pp-muted">{}</p>').format(option.reason) if option.reason else Markup("")


def option_badge(option: PromptOption) -> Markup:
    """The verdict on an option or, in a facilitator's own question, whether it is right."""
    if option.assessment is None:
        return Markup("<b>{}</b>").format("Right" if option.credit else "Not right")
    return badge(option.assessment.verdict)


def _own_marks(number: int, answers: Sequence[BallotAnswer | None]) -> list[str]:
    votes = [vote for vote, answer in enumerate(answers) if answer and answer.option == number]
    if len(answers) < VOTES_PER_QUESTION:
        return ["your answer"] * bool(votes)
    if len(votes) == VOTES_PER_QUESTION:
        return ["your answer, both times"]
    return [("your first answer", "your second answer")[vote] for vote in votes]


def room_marks(number: int, best: int, choice: int | None) -> list[str]:
    """What is special about the option of this number for the whole room."""
    return ["the best option"] * (number == best) + ["what the room did"] * (number == choice)


def movement_summary(movement: Movement | None, best: int) -> Markup:
    """How the room moved between the two votes, as a paragraph; empty if there was only one vote."""
    if movement is None or not movement.total:
        return Markup("")
    return Markup('<p class="pp-moved">{}</p>').format(movement_sentence(movement, best))


def learner_debrief(debrief: LearnerDebrief, heading: str) -> Markup:
    """How the session went for one learner. `heading` is the `data-id` of the heading."""
    return Markup(
        '<section class="pp-card pp-debrief"><h3 data-id="{}" tabindex="-1">How you did</h3>{}{}{}{}</section>'
    ).format(
        heading,
        good_choices(debrief),
        what_to_practise(debrief, lesson_link, 4, folded=True),
        Markup("<h4>Your votes, one by one</h4>{}").format(
            Markup("").join(_learner_decision(decision) for decision in debrief.decisions)
        )
        if debrief.decisions
        else "",
        Markup("").join(path_beside_best(path, "Your path") for path in debrief.paths),
    )


def good_choices(debrief: LearnerDebrief) -> Markup:
    """What a learner got right, in a line."""
    total, good = len(debrief.answers), len(debrief.good)
    if not total:
        return Markup("<p>You didn’t answer anything in this session.</p>")
    if good == total:
        return Markup("<p>You chose well every time: {}.</p>").format(_topics(debrief.good))
    if not good:
        choices = "the choice" if total == 1 else "every choice"
        return Markup("<p>There’s something to learn from {} you made.</p>").format(choices)
    return Markup("<p>You chose well {}: {}.</p>").format(how_often(good, total), _topics(debrief.good))


def _topics(answers: Sequence[FinalAnswer]) -> str:
    counted = Counter(topic_of(answer.prompt) for answer in answers)
    return "; ".join(f"{topic} ({count})" if count > 1 else topic for topic, count in counted.items())


def what_to_practise(debrief: LearnerDebrief, link: Callable[[str], Markup], level: int, *, folded: bool) -> Markup:
    """What a learner missed, by guideline, under a heading of this level.

    `link` leads to the lesson on a guideline; `folded` says whether the situations are.
    """
    if not debrief.mistakes:
        return Markup("")
    return Markup("{}{}").format(
        _heading(level, "What to practise"),
        Markup("").join(
            Markup('<section class="pp-missed">{}{}</section>').format(
                _missed(guideline, answers[0], link, level + 1),
                Markup("").join(_mistake(answer, level + 2, folded=folded) for answer in answers),
            )
            for guideline, answers in debrief.mistakes
        ),
    )


def _missed(guideline: str, answer: FinalAnswer, link: Callable[[str], Markup], level: int) -> Markup:
    if not guideline:
        return _heading(level, topic_of(answer.prompt))
    return Markup('{}<p>{}</p><p class="pp-lesson-link">Read the lesson: {}</p>').format(
        _heading(level, GUIDELINE_TITLES[guideline]), GUIDELINE_SENTENCES[guideline], link(guideline)
    )


def _mistake(answer: FinalAnswer, level: int, *, folded: bool) -> Markup:
    prompt = answer.prompt
    title = decision_title(answer.number, answer.step, prompt)
    situation = passage_list(prompt.passages[prompt.since :], prompt.situation)
    fold = Markup('<details class="pp-earlier"><summary>{}</summary>{}</details>')
    return Markup('<div class="pp-mistake">{}{}{}</div>').format(
        fold.format(title, situation) if folded else _heading(level, title) + situation,
        _choice("You chose", answer.chosen),
        _choice("Better", answer.better),
    )


def _heading(level: int, text: str) -> Markup:
    return Markup("<h{0}>{1}</h{0}>").format(level, text)


def _choice(label: str, option: PromptOption) -> Markup:
    return Markup('<p class="pp-chosen"><span>{}</span>{}</p><p class="pp-judged">{}</p>{}').format(
        label, option.says, option_badge(option), _reason(option)
    )


def _learner_decision(decision: LearnerDecision) -> Markup:
    prompt, last = decision.prompt, decision.last
    chosen = prompt.options[last.option] if last else None
    return Markup(
        '<details class="pp-earlier"><summary>{} · {}</summary>{}<ol class="pp-lettered pp-answers">{}</ol></details>'
    ).format(
        decision_title(decision.number, decision.step, prompt),
        _outcome(chosen) if chosen else "you didn’t answer",
        story_passages(prompt.passages, prompt.since, prompt.title, prompt.situation),
        _judged_options(prompt.options, prompt.best, decision.answers),
    )


def _outcome(option: PromptOption) -> str:
    if option.assessment is None:
        return "Right" if option.credit else "Not right"
    return f"{option.verdict.capitalize()}, {option.credit} out of 100"


def path_beside_best(path: LearnerPath | TogetherPath, title: str) -> Markup:
    """A path through a story, under this title, beside the best path."""
    grade = "not finished" if path.grade is None else f"grade {path.grade} out of 100"
    return Markup(
        '<h4>{}: {}</h4><div class="pp-paths"><div><h5>{}</h5>{}</div><div><h5>The best path</h5>{}</div></div>'
    ).format(path.run.scenario.title, grade, title, path_steps(path.run), path_steps(path.best))


def path_steps(run: Run) -> Markup:
    """The steps of a path, each with its date, verdict and reason on lines of their own."""
    return Markup('<ol class="pp-path">{}</ol>').format(
        Markup("").join(
            Markup('<li><time>{}</time><p>{}</p><p>{}</p><p class="pp-muted">{}</p></li>').format(
                decision.situation.date(decision.situation.now),
                decision.choice.says,
                badge(decision.assessment.verdict),
                decision.assessment.reason,
            )
            for decision in run.decisions
        )
    )


def quantity(number: int, singular: str, plural: str) -> str:
    """A number with its noun: '1 person', '1,200 people'."""
    return f"{number:,} {singular if number == 1 else plural}"
