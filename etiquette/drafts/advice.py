"""The feedback that a learner reads on a draft. `classify` finds the labels and the tone it is about."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.drafts.labels import Label, MessageKind, Tone


@dataclass(frozen=True, slots=True)
class Remark:
    """The name of a label, a sentence for drafts that have it, and one for drafts that should have it but do not."""

    name: str
    present: str
    missing: str = ""


REMARKS = {
    Label.THANKS: Remark(
        "thanks",
        "You thank them for their time, which is what this email is for.",
        "You haven’t thanked them yet. One sentence is enough: thank them for something in particular.",
    ),
    Label.LOOKS_FORWARD: Remark(
        "looking forward",
        "You say that you look forward to hearing from them, and leave it at that.",
        "Say that you look forward to hearing from them. It shows interest and doesn’t ask for anything.",
    ),
    Label.ASKS_OUTCOME: Remark(
        "asking for the outcome",
        "This asks whether you got the job. They’ll tell you as soon as they can, so take it out.",
    ),
    Label.DEMANDS: Remark(
        "pressure",
        "This puts pressure on them: a deadline, a complaint, a rival offer or a list of your attempts. Take it out.",
    ),
    Label.ACKNOWLEDGES_BUSY: Remark(
        "knowing that they’re busy",
        "You see their side, and people appreciate that.",
        "Say that you know they’re busy. People appreciate it.",
    ),
    Label.INQUIRES_STATUS: Remark(
        "asking for an update",
        "You ask about the role rather than about yourself, so they can answer.",
        "You haven’t asked for anything yet. Ask if there’s any update on the role.",
    ),
    Label.AT_CONVENIENCE: Remark(
        "no hurry",
        "You let them choose when to reply.",
        "Ask them to reply whenever it suits them.",
    ),
    Label.ATTACHES_REFERENCES: Remark(
        "references",
        "You’ve included your references.",
        "Add your references. For each, give a name, how they know you, and an email address or phone number.",
    ),
    Label.GROVELS: Remark(
        "apology or pleading",
        "This apologises or pleads too much, and makes them responsible for how you feel. Take it out.",
    ),
    Label.PRESUMES: Remark(
        "taking the job for granted",
        "This takes the job for granted, or puts other people down. Take it out.",
    ),
    Label.WRITES_AGAIN: Remark(
        "writing again",
        "You’ve written or called about this before. Once is enough, so give them time.",
    ),
    Label.OVERLONG: Remark(
        "length",
        "You’re past 200 words here, and they may only read the first fifty. Keep only what matters most.",
    ),
    Label.NAMES_ROLE: Remark(
        "the role",
        "You say which job this is about.",
        "Say which job this is about, or which day you met. They may be filling several jobs.",
    ),
    Label.IDENTIFIES_SENDER: Remark(
        "your name",
        "You say who you are.",
        "Give your name. Your address or number doesn’t tell them who you are.",
    ),
    Label.PLACEHOLDER: Remark(
        "a gap to fill in",
        "You still have to fill this in.",
    ),
    Label.CAPITALS: Remark(
        "capitals",
        "Words in capitals read as shouting. Use small letters.",
    ),
    Label.EXCLAMATIONS: Remark(
        "exclamation marks",
        "A row of exclamation marks sounds impatient. One is enough.",
    ),
}

TONE_REMARKS = {
    Tone.PERSISTENT: "This is fine as it is.",
    Tone.BORDERLINE: "It won’t annoy anybody, but it could do more for you.",
    Tone.PESKY: "Don’t use this yet. It would come across as pushy or desperate.",
}

KIND_NAMES = {
    MessageKind.THANK_YOU_EMAIL: "A thank-you email",
    MessageKind.REFERENCES_EMAIL: "An email with references",
    MessageKind.STATUS_EMAIL: "An email asking for an update",
    MessageKind.VOICEMAIL: "A voicemail",
}
