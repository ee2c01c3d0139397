"""HTML for the projector: one screen for each state of a room, and how to join it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from markupsafe import Markup

from etiquette.judge import GUIDELINE_SENTENCES, GUIDELINE_TITLES
from etiquette.room import MissedGuideline, Phase, ProjectorSnapshot, Revealed, Screen, format_code
from etiquette.views.controls import qr_code
from etiquette.views.room.drawing import (
    attendance,
    guideline_sentence,
    movement_summary,
    option_badge,
    option_bars,
    options_heading,
    position_label,
    room_marks,
)
from etiquette.views.room.projector.timeline import projected_timeline
from etiquette.views.stories import passage_list

TALK = "Talk to your neighbour: what did you choose, and why?"
MOST_GUIDELINES = 3  # in the debrief


def told(sentence: str, heading: str) -> Markup:
    """One sentence in place of everything else. `heading` is the `data-id` of the heading."""
    return Markup('<h1 class="pp-told" data-id="{}" tabindex="-1">{}</h1>').format(heading, sentence)


def join_info(code: str, link: str) -> Markup:
    """The QR code of the learners' link, the link in words and the room's code; only the code if there is no link."""
    scan = Markup("")
    if link:
        scan = Markup('{}<p class="pp-where">or go to <b>{}</b> → Workshop</p>').format(
            qr_code(link, f"QR code for the link {link}"), address_in_words(link)
        )
    return Markup('<div class="pp-joining">{}<p class="pp-code"><span>Room code</span> <b>{}</b></p></div>').format(
        scan, format_code(code)
    )


def address_in_words(link: str) -> str:
    """The part of the learners' link that people type: without the scheme and the room, whose code stands beside it."""
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def attendance_lines(screen: Screen) -> Markup:
    """How many are here and have voted, each on a line of its own. Where each plays alone, the stage has the rest."""
    numbers = attendance(screen)[:1] if screen.alone else attendance(screen)
    return Markup("").join(Markup("<p>{}</p>").format(number) for number in numbers)


def projection(snapshot: ProjectorSnapshot, missed: Sequence[MissedGuideline], heading: str) -> Markup:
    """What the room looks at in this state. `missed` are the guidelines of the debrief, the most often missed first."""
    screen = snapshot.screen
    title = Markup('<h1 class="pp-position" data-id="{}" tabindex="-1">{}</h1>').format(heading, position_label(screen))
    if snapshot.question:
        return title + _asked(snapshot.question)
    match screen.phase:
        case Phase.LOBBY:
            return Markup('<h1 class="pp-position pp-lobby" data-id="{}" tabindex="-1">Join on your phone</h1>').format(
                heading
            )
        case Phase.ENDED:
            return title + _thanks(missed)
    return title + (_alone(screen) if screen.alone else _decision(screen))


def _asked(question: str) -> Markup:
    return Markup(
        '<figure class="pp-asked pp-shrinks"><figcaption>A question from the room</figcaption>'
        "<blockquote>“{}”</blockquote></figure>"
    ).format(question)


def _alone(screen: Screen) -> Markup:
    story = f"“{screen.title}”"
    finished = f"{screen.voted:,} started, {screen.finished:,} finished" if screen.voted else "Nobody has started yet."
    says, aside = {
        Phase.OPEN: (f"Everyone plays {story} on their own phone", finished),
        Phase.CLOSED: (f"Time’s up for {story}", finished),
        Phase.REVEALED: (f"{story} is over", "Compare your path with the best one on your phone."),
    }.get(screen.phase, (f"Next, everyone plays {story} on their own phone", ""))
    return Markup('<div class="pp-message pp-shrinks"><p class="pp-large">{}</p><p>{}</p></div>').format(says, aside)


def _thanks(missed: Sequence[MissedGuideline]) -> Markup:
    often = [each.guideline for each in missed if each.missed and each.guideline in GUIDELINE_TITLES][:MOST_GUIDELINES]
    practise = Markup("").join(
        Markup("<li><b>{}</b> {}</li>").format(GUIDELINE_TITLES[each], GUIDELINE_SENTENCES[each]) for each in often
    )
    return Markup(
        '<div class="pp-message pp-shrinks"><p class="pp-large">Thank you for taking part</p>{}'
        "<p>Your phone shows how you did.</p></div>"
    ).format(Markup("<p>What to practise:</p><ul>{}</ul>").format(practise) if practise else "")


def _decision(screen: Screen) -> Markup:
    talk = screen.phase is Phase.CLOSED and screen.vote_number == 1
    side = _answer(screen.revealed) if screen.revealed else _story(screen)
    return Markup('{}<div class="pp-sides"><section class="pp-told-side">{}</section>{}</div>').format(
        Markup('<p class="pp-talk">{}</p>').format(TALK) if talk else "", side, _options(screen)
    )


def _story(screen: Screen) -> Markup:
    """The story since the last decision, under its timeline."""
    return Markup("{}{}{}").format(
        Markup("<h2>{}</h2>").format(screen.title) if screen.title else "",
        projected_timeline(screen.situation) if screen.situation else "",
        passage_list(screen.passages[screen.since :], screen.situation),
    )


def _answer(revealed: Revealed) -> Markup:
    """Why the best option is the best, how the room moved, and what happened next. The phones show every reason."""
    prompt = revealed.prompt
    best = prompt.options[prompt.best]
    next_passages = passage_list(revealed.consequences, prompt.situation)
    return Markup("<h2>Why {} is {}</h2>{}{}{}{}").format(
        _letter(prompt.best),
        "the best option" if prompt.guideline else "right",
        Markup("<p>{}</p>").format(best.reason) if best.reason else "",
        movement_summary(revealed.movement, prompt.best),
        Markup("<h2>What happened next</h2>{}").format(next_passages) if next_passages else "",
        guideline_sentence(prompt.guideline),
    )


def _options(screen: Screen) -> Markup:
    """The options with their letters, their bars while those are shown and, once revealed, their verdicts."""
    revealed = screen.revealed
    rows = []
    for number, says in enumerate(screen.options):
        judged = marks = Markup("")
        if revealed:
            judged = option_badge(revealed.prompt.options[number])
            marks = Markup("").join(
                Markup(' <b class="pp-mark-of">{}</b>').format(mark)
                for mark in room_marks(number, revealed.prompt.best, revealed.choice)
            )
        rows.append(
            Markup('<li class="{}"><p>{}{}{}</p>{}</li>').format(
                "pp-best" if revealed and number == revealed.prompt.best else "",
                judged,
                Markup("<span>{}</span>").format(says),
                marks,
                option_bars(number, screen.bars),
            )
        )
    return Markup('<section class="pp-options-side"><h2>{}</h2><ol class="pp-lettered">{}</ol></section>').format(
        "The options" if revealed else options_heading(screen.situation), Markup("").join(rows)
    )


def _letter(number: int) -> str:
    return chr(ord("A") + number)
