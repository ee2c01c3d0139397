"""HTML for what a learner sees of a room: the question, what they chose, and how it was judged."""

from __future__ import annotations

from string import ascii_uppercase

from markupsafe import Markup

from etiquette.room import BallotAnswer, LearnerDebrief, LearnerSnapshot, Phase
from etiquette.views.room.drawing import (
    answer_card,
    learner_debrief,
    option_list,
    options_heading,
    path_beside_best,
    story_passages,
    vote_bars,
)

VOTE_IS_IN = Markup("<p><b>Your vote is in.</b> You can still change it.</p><p>How sure are you?</p>")


def invitation(heading: str) -> Markup:
    """What stands above the form to join a room. `heading` is the `data-id` of the heading."""
    return Markup(
        '<h2 class="pp-title" data-id="{}" tabindex="-1">Join a room</h2>'
        "<p>Type the code your facilitator shows you. You don’t need an account.</p>"
    ).format(heading)


def question_board(snapshot: LearnerSnapshot) -> Markup:
    """The question or story, up to where the options follow."""
    screen = snapshot.screen
    if screen.phase is Phase.ENDED:
        return Markup("")
    if screen.phase is Phase.LOBBY:
        return Markup(
            "<p>You’re in, as <b><bdi>{}</bdi></b>. The session hasn’t begun yet. This page updates by itself.</p>"
        ).format(snapshot.person.display_name)
    if screen.alone and screen.phase is Phase.READY:
        return Markup("<h3>{}</h3><p>You’ll each play this story on your own.</p>").format(screen.title)
    board = story_passages(snapshot.passages, snapshot.since, screen.title, snapshot.situation)
    if screen.alone and snapshot.chose:
        board = _chosen("You chose", snapshot.chose) + board
    if snapshot.over:
        return board + Markup(
            "<p>Your story is over. When everyone has finished, you’ll see your path beside the best one.</p>"
        )
    if screen.phase is Phase.OPEN:
        asked = Markup("<h3>{}</h3>").format(options_heading(snapshot.situation))
        return _second_vote(snapshot, board, asked) or board + asked
    if screen.phase is Phase.REVEALED or screen.bars or screen.alone:
        return board
    return board + option_list(snapshot.options, snapshot.situation)


def _second_vote(snapshot: LearnerSnapshot, board: Markup, asked: Markup) -> Markup:
    """That one votes again, with what one chose the first time, and the question folded away, so that the options are
    in view on a phone; empty in the first vote.
    """
    if snapshot.screen.vote_number < 2 or snapshot.screen.alone:
        return Markup("")
    again = Markup("<p><b>Second vote:</b> now that you’ve talked, choose again. You can keep your answer.</p>")
    first = snapshot.answers[0]
    if first is None:
        return board + asked + again
    folded = Markup('<details class="pp-earlier"><summary>Read the question again</summary>{}</details>').format(board)
    return folded + asked + again + _chosen("Your first vote", snapshot.options[first.option], first)


def _chosen(label: str, words: str, answer: BallotAnswer | None = None) -> Markup:
    letter = Markup("<b>{}</b> ").format(ascii_uppercase[answer.option]) if answer else ""
    return Markup('<p class="pp-chosen"><span>{}</span> {}{}</p>').format(label, letter, words)


def answers_card(snapshot: LearnerSnapshot, debrief: LearnerDebrief | None, heading: str) -> Markup:
    """The votes, the answers or the debrief, once the learner may see them. `heading` is that of the debrief."""
    screen = snapshot.screen
    if screen.phase is Phase.ENDED:
        return learner_debrief(debrief, heading) if debrief else Markup("")
    if screen.revealed:
        return answer_card(screen.revealed, screen.bars, snapshot.answers)
    if debrief and screen.alone:
        return Markup('<section class="pp-card pp-debrief"><h3>How your story went</h3>{}</section>').format(
            Markup("").join(path_beside_best(path, "Your path") for path in debrief.paths)
        )
    card = vote_bars(snapshot.options, screen.bars) if screen.bars else Markup("")
    if screen.phase is not Phase.CLOSED or screen.alone:
        return card
    if screen.vote_number == 1:
        card += Markup("<p>Talk to your neighbour: what did you choose, and why?</p>")
    if answer := snapshot.answers[-1]:
        card += _chosen("You chose", snapshot.options[answer.option], answer)
    return card
