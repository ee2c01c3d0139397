"""What a draft can do, and what a message of each kind should and should not do."""

from __future__ import annotations

from enum import StrEnum


class MessageKind(StrEnum):
    """The kind of message. A draft of a voicemail is the text to be spoken."""

    THANK_YOU_EMAIL = "thank_you_email"
    REFERENCES_EMAIL = "references_email"
    STATUS_EMAIL = "status_email"
    VOICEMAIL = "voicemail"


class Label(StrEnum):
    """Something that a draft can do, welcome or not."""

    THANKS = "thanks"
    LOOKS_FORWARD = "looks_forward"
    ASKS_OUTCOME = "asks_outcome"
    DEMANDS = "demands_or_pressures"
    ACKNOWLEDGES_BUSY = "acknowledges_busy"
    INQUIRES_STATUS = "inquires_status"
    AT_CONVENIENCE = "at_convenience"
    ATTACHES_REFERENCES = "attaches_references"
    GROVELS = "apologetic_desperate"
    PRESUMES = "presumes"
    WRITES_AGAIN = "writes_again"
    OVERLONG = "overlong"
    NAMES_ROLE = "names_role_or_interview"
    IDENTIFIES_SENDER = "identifies_sender"
    PLACEHOLDER = "placeholder"
    CAPITALS = "capitals"
    EXCLAMATIONS = "exclamations"


class Tone(StrEnum):
    """How a draft comes across: ready to send, better rewritten, or better not sent."""

    PERSISTENT = "persistent"
    BORDERLINE = "borderline"
    PESKY = "pesky"


ASKS_WELL = (Label.INQUIRES_STATUS, Label.ACKNOWLEDGES_BUSY, Label.AT_CONVENIENCE)
ESSENTIAL: dict[MessageKind, tuple[Label, ...]] = {
    MessageKind.THANK_YOU_EMAIL: (Label.THANKS,),
    MessageKind.REFERENCES_EMAIL: (Label.ATTACHES_REFERENCES,),
    MessageKind.STATUS_EMAIL: ASKS_WELL,
    MessageKind.VOICEMAIL: ASKS_WELL,
}
"""What a message of each kind is for. Without it, no draft is ready."""
WANTED: dict[MessageKind, tuple[Label, ...]] = {
    MessageKind.THANK_YOU_EMAIL: (Label.THANKS, Label.LOOKS_FORWARD, Label.NAMES_ROLE, Label.IDENTIFIES_SENDER),
    MessageKind.REFERENCES_EMAIL: (Label.ATTACHES_REFERENCES, Label.NAMES_ROLE, Label.IDENTIFIES_SENDER),
    MessageKind.STATUS_EMAIL: (*ASKS_WELL, Label.NAMES_ROLE, Label.IDENTIFIES_SENDER),
    MessageKind.VOICEMAIL: (*ASKS_WELL, Label.NAMES_ROLE, Label.IDENTIFIES_SENDER),
}
"""What a message of each kind should have."""
FAULTS = (
    Label.ASKS_OUTCOME,
    Label.DEMANDS,
    Label.GROVELS,
    Label.PRESUMES,
    Label.WRITES_AGAIN,
    Label.OVERLONG,
    Label.PLACEHOLDER,
    Label.CAPITALS,
    Label.EXCLAMATIONS,
)
UNWANTED: dict[MessageKind, tuple[Label, ...]] = {
    MessageKind.THANK_YOU_EMAIL: (*FAULTS, Label.INQUIRES_STATUS),
    MessageKind.REFERENCES_EMAIL: FAULTS,
    MessageKind.STATUS_EMAIL: FAULTS,
    MessageKind.VOICEMAIL: FAULTS,
}
"""What a message of each kind must not have."""
