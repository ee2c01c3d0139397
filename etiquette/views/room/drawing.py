"""What a room shows, drawn: the story and the question, the bars, and what the reveal brings to light."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from etiquette.judge import AT_THE_INTERVIEW, GUIDELINE_SENTENCES, GUIDELINE_TITLES, Situation
from etiquette.practice import Option
from etiquette.room import (
    VOTES_PER_QUESTION,
    BallotAnswer,
    LearnerDebrief,
    LearnerDecision,
    LearnerPath,
    Movement,
    Phase,
    Revealed,
    Screen,
    Tally,
)
from etiquette.stories import Passage, Run
from etiquette.views.controls import badge, paragraphs, timeline

LETTERS = "ABCDEFGH"
NTH = ("First vote", "Second vote")
STANDS = {
    Phase.LOBBY: "Waiting to begin",
    Phase.READY: "The vote is not open yet",
    Phase.OPEN: "The vote is open",
    Phase.CLOSED: "The vote is closed",
    Phase.REVEALED: "The answers",
    Phase.ENDED: "The session has ended",
}


def where(screen: Screen) -> str:
    """How far the session is, in words."""
    if screen.phase is Phase.ENDED or not screen.item_number:
        return STANDS[screen.phase]
    stands = STANDS[screen.phase]
    if screen.phase in (Phase.OPEN, Phase.CLOSED):
        nth = "The story" if screen.alone else NTH[screen.vote_number - 1]
        stands = f"{nth} {'open' if screen.phase is Phase.OPEN else 'closed'}"
    return f"{screen.item_number} of {screen.item_count} · {stands}"


def heading(screen: Screen, says: str, name: str, *, counting: bool = True) -> Markup:
    """The heading with this id, and below it how many people are here and, if that is counted now, have voted."""
    here = _several(screen.people, "person is", "people are")
    voted = f" · {screen.voted} {'began' if screen.alone else 'voted'}" if screen.vote_number and counting else ""
    return Markup('<h2 class="pp-title" id="{}" tabindex="-1">{}</h2><p class="pp-muted">{} here{}</p>').format(
        name, says, here, voted
    )


def told(passages: Sequence[Passage], since: int, title: str = "", situation: Situation | None = None) -> Markup:
    """The story: what is new in full, what came before folded away; where it goes on in time, on a line to scale."""
    folded = Markup("")
    if since:
        folded = Markup('<details class="pp-earlier"><summary>The story so far</summary>{}</details>').format(
            _passages(passages[:since], situation)
        )
    line = timeline(situation) if situation and title else Markup("")
    named = Markup("<h3>{}</h3>").format(title) if title else Markup("")
    return Markup("{}{}{}{}").format(named, line, folded, _passages(passages[since:], situation))


def _passages(passages: Sequence[Passage], situation: Situation | None) -> Markup:
    return Markup("").join(
        Markup('<div class="pp-passage pp-{}">{}{}</div>').format(
            each.kind,
            Markup('<p class="pp-stamp">{}</p>').format(situation.moment(each.at))
            if situation and each.kind == "event" and each.at > AT_THE_INTERVIEW
            else "",
            paragraphs(each.text),
        )
        for each in passages
    )


def listed(options: Sequence[str]) -> Markup:
    """The options as a list, lettered, where nobody can choose."""
    return Markup('<h3>What would you do?</h3><ol class="pp-lettered">{}</ol>').format(
        Markup("").join(Markup("<li>{}</li>").format(says) for says in options)
    )


def bars(options: Sequence[str], tallies: Sequence[Tally]) -> Markup:
    """How each vote went, option by option."""
    rows = Markup("").join(
        Markup("<li><p>{}</p>{}</li>").format(says, _bars_of(number, tallies)) for number, says in enumerate(options)
    )
    return Markup('<ol class="pp-lettered pp-bars">{}</ol>').format(rows)


def _bars_of(number: int, tallies: Sequence[Tally]) -> Markup:
    return Markup("").join(
        Markup(
            '<p class="pp-votes{}"><span class="pp-muted">{}</span> <span class="pp-bar{}" aria-hidden="true">'
            '<span style="width: {percent}%"></span></span> <b>{percent} %</b> <span class="pp-muted">({})</span></p>'
        ).format(
            " pp-two" if len(tallies) > 1 else "",
            NTH[place] if len(tallies) > 1 else "Votes",
            " pp-before" if place < len(tallies) - 1 else "",
            tally.counts[number],
            percent=tally.percent(number),
        )
        for place, tally in enumerate(tallies)
    )


def revealed(shown: Revealed, tallies: Sequence[Tally] = (), answers: Sequence[BallotAnswer | None] = ()) -> Markup:
    """Every option with its verdict and reason, what the room did, how it moved, and what came of it."""
    prompt = shown.prompt
    rows = Markup("").join(
        _judged(
            option,
            _bars_of(number, tallies),
            [*_yours(number, answers), *_marks(number, prompt.best, shown.choice)],
        )
        for number, option in enumerate(prompt.options)
    )
    came = Markup("")
    if shown.choice is not None:
        came = Markup("<h4>What came of it</h4>{}").format(
            _passages(shown.consequences, prompt.situation) or Markup("<p>The story goes on.</p>")
        )
    return Markup(
        '<section class="pp-card pp-answers"><h3>All the options</h3><ol class="pp-lettered">{}</ol>{}{}{}</section>'
    ).format(rows, moved(shown.movement, prompt.best), came, _rests_on(prompt.guideline))


def _judged(option: Option, drawn: Markup, marks: Sequence[str]) -> Markup:
    return Markup(
        '<li><p class="pp-judged">{} <b>{}</b> <span class="pp-muted">of 100{}</span></p><p>{}</p>{}'
        '<p class="pp-muted">{}</p></li>'
    ).format(
        badge(option.assessment.verdict),
        option.credit,
        "".join(f" · {mark}" for mark in marks),
        option.says,
        drawn,
        option.assessment.reason,
    )


def _yours(number: int, answers: Sequence[BallotAnswer | None]) -> list[str]:
    mine = [place for place, given in enumerate(answers) if given and given.option == number]
    if len(answers) < VOTES_PER_QUESTION:
        return ["your answer"] * bool(mine)
    names = ("your first answer", "your second answer")
    return ["your answer, both times"] if len(mine) == VOTES_PER_QUESTION else [names[place] for place in mine]


def _marks(number: int, best: int, choice: int | None) -> list[str]:
    return ["the best"] * (number == best) + ["this is what the room did"] * (number == choice)


def _rests_on(guideline: str) -> Markup:
    return Markup('<p class="pp-guideline"><span>{}</span> {}</p>').format(
        GUIDELINE_TITLES[guideline], GUIDELINE_SENTENCES[guideline]
    )


def moved(movement: Movement | None, best: int) -> Markup:
    """How the room moved between the votes, in a sentence; nothing, if there was one vote."""
    if movement is None or not movement.total:
        return Markup("")
    return Markup(
        '<p class="pp-moved">Of {} who voted twice, {} changed: {} came to the best answer, {} left it.</p>'
    ).format(_several(movement.total, "person", "people"), movement.changed, movement.gained(best), movement.lost(best))


def own(debrief: LearnerDebrief, name: str) -> Markup:
    """How the session went for one learner, under a heading with this id."""
    practise = Markup("").join(
        Markup("<li><b>{}</b> {}</li>").format(GUIDELINE_TITLES[guideline], GUIDELINE_SENTENCES[guideline])
        for guideline in dict.fromkeys(item.guideline for item in debrief.practise)
    )
    return Markup(
        '<section class="pp-card pp-debrief"><h3 id="{}" tabindex="-1">How it went for you</h3>'
        "<h4>What to practise</h4>{}{}{}</section>"
    ).format(
        name,
        Markup("<ul>{}</ul>").format(practise) if practise else Markup("<p>You missed nothing.</p>"),
        Markup("").join(_own_line(line) for line in debrief.decisions),
        Markup("").join(own_path(path) for path in debrief.paths),
    )


def _own_line(line: LearnerDecision) -> Markup:
    prompt, last = line.prompt, line.last
    said = prompt.options[last.option] if last else None
    rows = Markup("").join(
        _judged(option, Markup(""), [*_yours(number, line.answers), *_marks(number, prompt.best, None)])
        for number, option in enumerate(prompt.options)
    )
    return Markup(
        '<details class="pp-earlier"><summary>Decision {}: {}</summary>{}'
        '<ol class="pp-lettered pp-answers">{}</ol></details>'
    ).format(
        line.number,
        f"{said.assessment.verdict.capitalize()}, {said.credit} of 100" if said else "not answered",
        told(prompt.passages, prompt.since, prompt.title, prompt.situation),
        rows,
    )


def own_path(path: LearnerPath) -> Markup:
    """A learner's way through a story beside the best one."""
    grade = "not played to its end" if path.grade is None else f"{path.grade} of 100"
    return Markup(
        '<h4>{}: {}</h4><div class="pp-paths"><div><h5>Your path</h5>{}</div><div><h5>The best path</h5>{}</div></div>'
    ).format(path.run.scenario.title, grade, steps(path.run), steps(path.best))


def steps(run: Run) -> Markup:
    """The steps of a path, with their verdicts and reasons."""
    return Markup("<ol>{}</ol>").format(
        Markup("").join(
            Markup('<li><time>{}</time>{} {} <span class="pp-muted">{}</span></li>').format(
                step.situation.date(step.situation.now),
                step.choice.says,
                badge(step.assessment.verdict),
                step.assessment.reason,
            )
            for step in run.steps
        )
    )


def _several(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
