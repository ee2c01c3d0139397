"""The feedback that a learner reads on a draft. `classify` finds the labels and the tone it is about."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.drafts.classify import Label, MessageKind, Tone


@dataclass(frozen=True, slots=True)
class Remark:
    """The name of a label, a sentence for drafts that have it, and one for drafts that should have it and do not."""

    name: str
    present: str
    missing: str = ""


REMARKS = {
    Label.THANKS: Remark(
        "thanks",
        "You thank them for their time, which is what this email is for.",
        "There is no thanks in it yet. One sentence will do, and best for something in particular.",
    ),
    Label.LOOKS_FORWARD: Remark(
        "looking forward",
        "You say that you would like to hear from them, and leave it at that.",
        "Say that you look forward to hearing from them. It shows interest and asks for nothing.",
    ),
    Label.ASKS_OUTCOME: Remark(
        "asking for the outcome",
        "This asks whether you got the job. If they could say, they would have; take it out.",
    ),
    Label.DEMANDS: Remark(
        "pressure",
        "This leans on them: a deadline, a reproach, a rival or a count of your attempts. Take it out.",
    ),
    Label.ACKNOWLEDGES_BUSY: Remark(
        "knowing that they are busy",
        "You show that you know what else is on their desk.",
        "Say that you know they are busy. Everybody likes to have it noticed.",
    ),
    Label.INQUIRES_STATUS: Remark(
        "asking how things stand",
        "You ask about the position and not about yourself, which they can answer.",
        "It does not ask anything yet. Ask how things stand with the position.",
    ),
    Label.AT_CONVENIENCE: Remark(
        "at their convenience",
        "You leave it to them when to answer.",
        "Leave the time of the answer to them: when it suits them, and no sooner.",
    ),
    Label.ATTACHES_REFERENCES: Remark(
        "references",
        "The references are in it.",
        "The references are not in it: a name, who that is to you, and an address or a number for each.",
    ),
    Label.GROVELS: Remark(
        "apology or pleading",
        "This apologises or pleads more than it need. It makes them responsible for how you feel; take it out.",
    ),
    Label.OVERLONG: Remark(
        "length",
        "It runs past 200 words. They will read the first fifty; choose which.",
    ),
    Label.NAMES_ROLE: Remark(
        "the role",
        "You say which job it is about.",
        "Say which job, or which day you met. They may have filled three posts this week.",
    ),
    Label.IDENTIFIES_SENDER: Remark(
        "your name",
        "You say who you are.",
        "Say who you are. An address on a screen is not a name.",
    ),
}

TONE_REMARKS = {
    Tone.PERSISTENT: "This can go as it is.",
    Tone.BORDERLINE: "Nobody would mind it much, but it does you less good than it could.",
    Tone.PESKY: "Better not send this. It asks of them what they cannot give.",
}

KIND_NAMES = {
    MessageKind.THANK_YOU_EMAIL: "A thank-you email",
    MessageKind.REFERENCES_EMAIL: "An email with references",
    MessageKind.STATUS_EMAIL: "An email that asks how things stand",
    MessageKind.VOICEMAIL: "A voicemail",
}
