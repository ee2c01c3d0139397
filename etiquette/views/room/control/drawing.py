"""HTML for the control. It is private to the facilitator: it shows votes and verdicts before the room sees them."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.room import FacilitatorSnapshot, Phase, Revealed, SpeakerNotes, format_code, speaker_notes
from etiquette.views.controls import qr_code
from etiquette.views.room.drawing import answer_card, attendance, position_label, quantity, story_passages
from etiquette.views.room.links import RoomLinks

KEYS = Markup(
    '<details class="pp-earlier"><summary>Keys</summary><p>PageDown or Space: the next step. PageUp: one step back. A '
    "presenter’s remote control sends these too. They work here and in the projector’s window.</p></details>"
)


def control_heading(overview: FacilitatorSnapshot, code: str, heading: str, waiting: int) -> Markup:
    """Where the session is, and how many are here, have voted and have finished; `heading` is a `data-id`.

    `waiting` is the number of learners' questions that wait for an answer.
    """
    screen = overview.screen
    numbers = attendance(screen)
    if waiting:
        numbers = (*numbers, f"{quantity(waiting, 'question is', 'questions are')} waiting")
    return Markup(
        '<p class="pp-muted">{}Room <b>{}</b></p><h2 class="pp-title" data-id="{}" tabindex="-1">{}</h2>'
        '<p class="pp-numbers">{}</p>'
    ).format(
        f"{overview.name} · " if overview.name else "",
        format_code(code),
        heading,
        position_label(screen),
        " · ".join(numbers),
    )


def notes_card(overview: FacilitatorSnapshot) -> Markup:
    """The speaker notes for what is on screen."""
    if overview.screen.phase is Phase.LOBBY:
        return Markup(
            '<section class="pp-card pp-notes"><h3>Your notes</h3><p class="pp-now">Wait until everyone has joined, '
            "then begin. Only you see this page. Everyone else sees the projector and their own phone.</p></section>"
        )
    notes = speaker_notes(overview)
    if notes is None:
        return Markup("")
    return Markup(
        '<section class="pp-card pp-notes"><h3>Your notes</h3><p class="pp-now">{}</p><dl>{}</dl></section>'
    ).format(notes.now, Markup("").join(_noted(*line) for line in _lines(notes)))


def _lines(notes: SpeakerNotes) -> list[tuple[str, str, str]]:
    """A label, what stands beside it, and a reason, for each part of the notes that is there."""
    lines = [("To introduce it, say", f"“{notes.opening}”", "")] if notes.opening else []
    if notes.best:
        lines.append(("Best option", f"{notes.best.letter}. {notes.best.says}", notes.best.reason))
    if notes.mistake:
        lines.append(("Most tempting mistake", f"{notes.mistake.letter}. {notes.mistake.says}", notes.mistake.reason))
    lines.append(("Ask the room", f"“{notes.ask}”", ""))
    if notes.teaches:
        lines.append(("What this story teaches", notes.teaches, ""))
    return lines


def _noted(label: str, text: str, reason: str) -> Markup:
    why = Markup('<span class="pp-why">{}</span>').format(reason) if reason else ""
    return Markup("<div><dt>{}</dt><dd>{}{}</dd></div>").format(label, text, why)


def votes_card(overview: FacilitatorSnapshot) -> Markup:
    """Every option with its verdict and its bars, as far as there are votes, whatever the room may see."""
    screen, prompt = overview.screen, overview.prompt
    if prompt is None or screen.phase is Phase.ENDED:
        return Markup("")
    if screen.revealed:
        return answer_card(screen.revealed, overview.tallies)
    seen = "The room sees the bars, but not the verdicts." if screen.bars else "Only you see these."
    return Markup('<p class="pp-muted pp-private">{}</p>{}').format(
        seen, answer_card(Revealed(prompt, overview.movement, None, ()), overview.tallies)
    )


def story_board(overview: FacilitatorSnapshot) -> Markup:
    """The story or the question, as the room reads it."""
    screen = overview.screen
    if screen.phase in (Phase.LOBBY, Phase.ENDED):
        return Markup("")
    if screen.alone:
        return Markup("<h3>{}</h3><p>Everyone plays this story on their own phone.</p>").format(screen.title)
    heading = Markup("") if screen.title else Markup("<h3>The question</h3>")
    return heading + story_passages(screen.passages, screen.since, screen.title, screen.situation)


def join_card(code: str, links: RoomLinks) -> Markup:
    """How people join: the code, the link and, folded away, the QR code."""
    link = links.learners
    shown = Markup('<p class="pp-code"><span class="pp-muted">Code</span> <b>{}</b></p>').format(format_code(code))
    if link:
        shown += Markup(
            '<details class="pp-earlier"><summary>QR code</summary>{1}</details><p>If people aren’t in the same place, '
            "send them this link. Share your screen with the projector’s window, or leave it out: phones show "
            'everything too.</p><p class="pp-link"><a href="{0}" target="_blank" rel="noopener">{0}</a></p>'
        ).format(link, qr_code(link, f"QR code for the link {link}"))
    return Markup("<h3>How people join</h3>{}").format(shown)


def projector_card(code: str, links: RoomLinks) -> Markup:
    """How to open the projector; empty where its address is unknown."""
    if not links.projector:
        return Markup("")
    return Markup(
        '<h3>Projector</h3><p><a class="pp-open-projector" href="{}" target="etiquette-projector-{}">Open the '
        "projector</a></p><p>It opens in its own window. Drag it to the projector’s screen and press F11. The room "
        "sees only that window, never this page.</p>"
    ).format(links.projector, code)


def way_back(code: str, secret: str, links: RoomLinks) -> Markup:
    """The facilitator's own link, folded away."""
    return Markup(
        '<details class="pp-earlier"><summary>Your private link</summary><p>Keep it to yourself: anyone who '
        "has it can run this room.</p><p>Code <b>{}</b>, secret <code>{}</code></p><p>{}</p></details>"
    ).format(code, secret, links.control)
