"""The form of My interview: the entries as typed, and the choices it offers.

`parse_form` (in `form_parser`) turns entries into an application, `form_of` an application into entries.
"""

from __future__ import annotations

from dataclasses import dataclass

ROUND_CHOICES = {"1": "The first", "2": "The second", "3": "The third or later"}
MEDIUM_CHOICES = {"person": "In person", "video": "By video", "phone": "By phone"}
CONTACT_CHOICES = {
    "interviewer": "Someone who interviewed me",
    "hr": "Someone in HR",
    "recruiter": "A recruiter or an agency",
    "portal": "Nobody: I only have a portal or a no-reply address",
}
REFERENCES_CHOICES = {
    "no": "They didn’t ask for any",
    "asked": "They asked me to send them",
    "brought": "They already have them",
}
REFEREES_CHOICES = {
    "ready": "All my referees have agreed",
    "some": "Some have agreed, and I’m waiting for the rest",
    "none": "I’m still waiting for all of them",
}
INTERVIEWERS_CHOICES = {"1": "One", "2": "Two", "3": "Three", "4": "Four", "5": "Five", "6": "Six or more"}
NO_CALLS_CHOICES = {"no": "No", "yes": "Yes"}

BY_THEM = {
    "wrote": "They got in touch, but didn’t ask me anything",
    "promises": "They said when I’d hear, or gave a new date",
    "asks": "They asked me something",
    "requests_references": "They asked me to send or confirm my references",
    "invites_call": "They asked me to call, or I missed their call",
    "call_if_silent": "They said I could call if I hadn’t heard by a certain date",
    "silence_refuses": "They said that silence after a certain date means no",
    "no_calls": "They asked me not to call",
    "redirects": "They told me to write to somebody else",
    "invites_interview": "They invited me to another interview, or changed its date",
    "calls_off": "They cancelled or postponed the next interview",
    "offer": "They offered me the job",
    "refusal": "They turned me down",
    "automatic": "I got an automatic reply",
    "reposted": "They advertised the job again",
}
BY_ME = {
    "send_references": "I sent or confirmed my references",
    "send_some_references": "I sent some of my references",
    "thank_you_email": "I thanked them by email",
    "reply": "I replied to them",
    "accept_offer": "I accepted their offer",
    "decline_offer": "I declined their offer",
    "thank_for_offer": "I thanked them for the offer and asked for time",
    "call": "I called but nobody answered",
    "call_and_message": "I called and left a voicemail",
    "call_answered": "I called and we spoke",
    "invited_call": "I called as they asked, but nobody answered",
    "invited_call_answered": "I called as they asked, and we spoke",
    "status_email": "I emailed to ask for an update",
    "email_asking_outcome": "I emailed to ask whether I got the job",
    "mention_deadline": "I told them about the deadline for my other offer",
    "drop_in": "I dropped in without an appointment",
    "social_media_message": "I messaged somebody’s private account",
    "gift": "I sent a card or a gift",
    "bypass": "I contacted somebody else there",
}
BY_OTHERS = {"deadline": "I got an offer from another employer"}
ROW_CHOICES = BY_THEM | BY_ME | BY_OTHERS

# The second date of a row: its label, for the kinds of row that have one.
THEN_LABELS = {
    "promises": "What they said about hearing back",
    "invites_call": "When they want the call, if they said",
    "call_if_silent": "The date they gave",
    "silence_refuses": "No answer by this date means no",
    "invites_interview": "When that interview will end, if they said",
    "calls_off": "When the new interview will end, if they said",
    "offer": "When they need my answer, if they said",
    "automatic": "When they’ll be back, if it says",
    "deadline": "When I have to answer it",
}
THEN_REQUIRED = frozenset({"deadline"})
MOST_ROWS = 24


@dataclass(frozen=True, slots=True)
class FormRow:
    """One thing that has happened, as typed. `what` is a key of ROW_CHOICES.

    `day` and `time` are in the learner's own time zone. `then` is the second date of this kind of row (THEN_LABELS), in
    words or digits, in the employer's time zone (for a deadline elsewhere, in the learner's).
    """

    what: str
    day: str = ""
    time: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class FormEntries:
    """The whole form as typed.

    `id` is random and identifies the calendar events of the application. `day` and `time` are the end of the interview
    in the employer's time zone, `place` is the city, the country or the name of that zone, and `home` is the browser's
    time zone, which the form does not show. `hearing` is what the employer said about hearing back, in their words.
    `referees_day` is when the remaining referees are expected to agree.
    """

    id: str = ""
    job: str = ""
    employer: str = ""
    round: str = "1"
    medium: str = "person"
    contact: str = "interviewer"
    day: str = ""
    time: str = ""
    place: str = ""
    home: str = ""
    hearing: str = ""
    references: str = "no"
    referees: str = "ready"
    referees_day: str = ""
    interviewers: str = "1"
    no_calls: str = "no"
    rows: tuple[FormRow, ...] = ()
