"""The wordings of generated questions: sentences about what has happened, and options for what to do now.

Wordings contain the placeholders of a `Candidate` and, where needed, `{when}`, `{then}` or `{now}`. An option says what
to do and may argue for it, but never says whether it is right.
"""

from __future__ import annotations

from datetime import timedelta

from etiquette.judge import Contact, Decision, Kind, Situation, Word

# What has happened

OPENINGS = (
    "{name} has had an interview at {employer} in {town}, where they want {job}.",
    "{Employer} in {town} is looking for {job}, and {name} has been to see them.",
    "{name} would like to be {job} at {employer} in {town}, and has had an interview.",
    "In {town}, {employer} has an opening for {job}. {name} was one of those invited to an interview.",
    "{Employer} in {town} needs {job}. {name} has been interviewed for it by {boss}.",
    "{name}, from {town}, applied to {employer} to work as {job}, and was asked in.",
)
INTERVIEWS = (
    "The interview with {boss} ended {when}.",
    "{boss} saw {him} to the door {when}.",
    "They finished {when}.",
    "{She} shook hands with {boss} and left {when}.",
)
NO_DATE = (
    "“We’ll be in touch,” said {boss}, and did not say when.",
    "They promised to write, and gave no date.",
    "Nobody said when {she} would hear.",
    "“You will hear from us,” they told {him} at the door. No date was mentioned.",
)
DATE_NAMED = (
    "“You’ll hear from us by {then},” said {boss}.",
    "They would decide by {then}, said {boss}, and wrote it on a card for {him}.",
)
CALL_IF_SILENT = (
    "“If you haven’t heard from us by {then}, give me a call,” said {boss}.",
    "{boss} said that {she} would hear by {then}, and should call if {she} did not.",
)
NO_CALLS = (
    "“Please don’t call us about it,” said {boss}. “The phone never stops as it is.”",
    "{boss} asked {him} not to call, because there was nobody to answer the phone.",
)
REFERENCES_ASKED = (
    "{boss} asked for {his} references. They were at home, in a folder.",
    "“And send me your references,” said {boss}, already on the stairs.",
)
REFERENCES_BROUGHT = (
    "{She} had brought {his} references on paper, and {boss} kept the sheet.",
    "The list of {his} references went across the table, into {boss}’s folder.",
)
REFERENCES_NOT_MENTIONED = ("Nobody mentioned references.", "{His} references did not come up.")
REFEREE_AWAITED = (
    "Nobody {she} has asked to be a referee has said yes so far.",
    "Only {his} old manager can speak for {his} work, and has not answered yet.",
)
REFEREES_PARTLY_READY = (
    "One of {his} referees has agreed; the other has not answered yet.",
    "{His} old manager is happy to be a referee. The other person {she} has asked is away, and has not replied.",
)
REFEREE_AGREED = (
    "Nobody on {his} list had been asked before. They all said yes {when}.",
    "Only {his} old manager can speak for {his} work, and agreed to {when}.",
)
THEY_WROTE = {
    "references": (
        "{boss} wrote {when}: could {she} send the names of two referees?",
        "A line from {boss} came {when}, asking for {his} references.",
    ),
    "call": (
        "{boss} wrote {when}: “Could you give me a ring about the hours?”",
        "An email came {when}. Would {she} ring {boss} about a starting date?",
    ),
    "arranged call": (
        "{boss} wrote {when}: “Could you call me at {then}? I have a question about your certificates.”",
        "An email came {when}. Would {she} call {boss} about the hours, at {then}?",
    ),
    "next interview": (
        "{boss} wrote {when}, inviting {him} to a second interview.",
        "An email came {when}: they would like to see {him} again.",
    ),
    "question": (
        "{boss} wrote {when} to ask from which day {she} would be free.",
        "A question came from {boss} {when}: would {she} work every other Saturday?",
    ),
    "offer": (
        "{boss} wrote {when} to offer {him} the job, and asked for an answer by {then}.",
        "A letter from {boss} came {when}: they would like {him} to have the job, and need to know by {then}.",
    ),
    "refusal": (
        "{boss} wrote {when} that the job had gone to somebody else, and thanked {him} for coming.",
        "A letter from {boss} came {when}: they had chosen another candidate, and wished {him} well.",
    ),
    "date": (
        "{boss} wrote {when} that it would take longer, and that they would decide by {then}.",
        "A line from {boss} came {when}: somebody was ill, and they now hoped to decide by {then}.",
    ),
    "news": (
        "{boss} wrote {when} that they were still seeing people and would be in touch, without saying when.",
        "A short email came {when}: there were more candidates than expected, and {she} would hear.",
    ),
}
AUTOMATIC_REPLY = (
    "An automatic reply said that {boss} was away until {then}.",
    "An automatic reply came at once: {boss} would be back at {then}.",
)
CONTACT_MADE = {
    Kind.SEND_REFERENCES: (
        "{She} emailed the references {when}.",
        "The list of referees went off by email {when}.",
    ),
    Kind.THANK_YOU_EMAIL: (
        "{She} thanked {boss} by email {when}, in four sentences.",
        "An email of thanks from {him} went off {when}.",
        "{first} sent {boss} a few lines of thanks {when}.",
    ),
    Kind.STATUS_EMAIL: (
        "{She} wrote {when} to ask, politely, how things stood.",
        "{first} sent {boss} one line {when}, to ask where the decision was.",
    ),
    Kind.CALL: ("{She} rang {when}, and nobody picked up.", "{She} rang {boss} {when}. It rang out."),
    Kind.REPLY: ("{She} replied {when} with a friendly line.", "{first} answered {when}, in two sentences."),
    Kind.LEAVE_MESSAGE: ("{She} left a short voicemail.", "{She} left a voicemail that said who was calling."),
}
CALLING_NOW = (
    "At this moment {she} is on the phone to {boss}’s office. Nobody picks up, and {she} hears a tone.",
    "{She} is calling {boss} now. It rings eight times, and then it is voicemail.",
)
CALL_ANSWERED = (
    "{She} rang {when} and got {boss}, who said that they were still at it.",
    "{She} rang {when}. {boss} was friendly, and in a hurry.",
)
SECOND_INTERVIEWS = (
    "The second interview ended {when}. Again, nobody said when {she} would hear.",
    "They met a second time, and {she} left {when}. No date was mentioned.",
)
SILENCES = (
    "Since then there has been nothing.",
    "Nothing has come from them since.",
    "That is all there has been.",
    "{She} has heard nothing since.",
)
TEMPTATIONS = (
    "{His} sister thinks that {she} is being too polite.",
    "A friend who hires people says that nobody minds a nudge. Another friend says that everybody does.",
    "{She} has the draft of an email open, and the number on a slip of paper beside it.",
    "{She} has told three people about this job, and all three keep asking.",
    "{She} has looked at {his} inbox four times since breakfast.",
    "{His} father says that in his day one went round in person.",
    "A neighbour asks how it went, and {she} notices how much {she} would like to know.",
    "{She} is on a train, with an hour to fill and a phone in {his} hand.",
    "The kettle is on. Before it boils {she} can do one thing about this job, or nothing.",
    "{She} has listed the pros and cons, and there are as many of one as of the other.",
)
PRESENT_TIMES = ("It is now {now}.", "Now it is {now}.", "By now it is {now}.")


def email_topic(word: Word) -> str:
    """The key in `THEY_WROTE` for this email from the employer."""
    if word.decides:
        return "offer" if word.decides is Decision.OFFER else "refusal"
    if word.invites_interview:
        return "next interview"
    if word.requests_references:
        return "references"
    if word.invites_call:
        return "call" if word.call_at is None else "arranged call"
    if word.asks:
        return "question"
    return "news" if word.promises is None else "date"


def contact_wordings(contact: Contact, now: timedelta) -> tuple[str, ...]:
    """Sentences that tell of this contact."""
    if contact.kind is Kind.CALL and contact.at == now:
        return CALLING_NOW
    return CALL_ANSWERED if contact.answered else CONTACT_MADE[contact.kind]


# What the candidate could do now

SEND_WHEN_ASKED = (
    "Email the list of referees now.",
    "Sit down for ten minutes and email the references, with a line on who each of them is.",
    "Write to {boss} now with the references: names, numbers, and how {she} knows each of them.",
)
SEND_SOME = (
    "Email one reference now, and say that the other will follow.",
    "Send {boss} the name that {she} has. Half a list is something to begin with.",
)
SEND_UNASKED = (
    "Send the references along, so that they are there.",
    "Email {boss} three references. It shows that there is nothing to hide.",
    "Offer a list of referees by email, so that {boss} has everything in one place and can get on with it.",
)
SEND_AGAIN = (
    "Email the references again, in case the first list was mislaid.",
    "Write the list up properly, with a line on each referee, and send {boss} this better version of it.",
)
SEND_BEFORE_CONSENT = (
    "Send the list now, without waiting for a yes.",
    "Email the names. People who have been friends for years will not mind.",
)
THANK = (
    "Thank {boss} by email, in a few lines.",
    "Write to thank {boss}, and say that {she} looks forward to hearing from them.",
    "Send an email of thanks that mentions one thing they talked about, and asks for nothing.",
    "Email {boss} to say thank you for the time, and that {she} keeps thinking about the conversation.",
)
THANK_AGAIN = (
    "Thank {boss} once more by email.",
    "Write another line of thanks, this time about what {she} has read of them since.",
    "Send a second note of thanks. The first was short, and there was more to say about why the work appeals.",
)
STATUS = (
    "Ask by email how things stand.",
    "Write to {boss} to ask, politely, where the decision has got to.",
    "Send one line to ask whether there is any news, and add that there is no hurry at all on {his} side.",
)
STATUS_AGAIN = (
    "Ask once more by email how things stand.",
    "Write again about the status, and mention the earlier email in case it was missed.",
)
ASK_OUTCOME = (
    "Ask by email whether {she} has got the job.",
    "Thank {boss} warmly, and ask in the last line whether the job is filled.",
    "Write to say how much {she} wants the job, and ask for a plain yes or no, so that {she} can plan.",
)
CALL = (
    "Ring {boss}.",
    "Call {boss} and ask, in half a minute, how things stand. A voice is harder to overlook than an email.",
    "Pick up the phone and ask how the decision is going, saying first that {she} knows how busy they must be.",
)
CALL_AGAIN = (
    "Ring again.",
    "Ring {boss} once more. By now there may be something to hear.",
    "Ring a second time, and say at once that it will not take longer than a minute.",
)
LEAVE_MESSAGE = (
    "Leave a voicemail saying who called, and that any time will do.",
    "Leave a voicemail: {his} name, that {she} wonders how the decision is going, and that there is no hurry.",
)
LEAVE_MESSAGE_LATER = (
    "Leave a short voicemail after all.",
    "Leave a voicemail now, so that {boss} knows about the missed call: {his} name, and that there is no hurry.",
)
CALL_AS_ASKED = (
    "Ring {boss}.",
    "Ring {boss}, who asked {him} to.",
    "Call {boss} now, and keep to what {boss} asked for. It need not take longer than two minutes.",
)
REPLY = (
    "Reply to the email.",
    "Answer {boss} in two or three lines.",
    "Write back to what {boss} wrote, briefly and kindly, without bringing up anything else.",
)
PROMISE_REFERENCES = (
    "Reply that the list is coming.",
    "Write back that the references will follow by the end of the week, once they are nicely laid out.",
)
DROP_IN = (
    "Look in at {employer}.",
    "Go round in person, and just say hello at the front desk.",
    "Drop in at {employer} on the way home. It is hardly a detour, and a face is remembered longer than a name.",
)
MESSAGE_PRIVATELY = (
    "Send {boss} a message on a private account.",
    "Find {boss} on social media and write something friendly there, away from the crowded inbox.",
)
GIFT = (
    "Have a small present delivered.",
    "Send {boss} a box of something good, with a card and nothing that could be taken for a question.",
)
BYPASS = (
    "Write to the director, who has the last word.",
    "Ask somebody else at {employer} how it looks. {boss} has enough to do without another email.",
)
HOLD_BACK = (
    "Let it rest, and get on with the week.",
    "Close the laptop and leave {boss} to it.",
    "Put the phone in a drawer. If they have something to say, they know where to write.",
    "Hold back. They are likely to have a great many other things on the table just now.",
    "Wait. Whatever there is to do about it can be done later, and very little of it is helped by being done today.",
)
HOLD_BACK_UNTIL = (
    "Leave it until {then} and do something else.",
    "Come back to it on {then}, when there is more time.",
    "Take until {then} to think about how to put it. A good email is worth more than a quick one.",
)


def option_wordings(kind: Kind, s: Situation) -> tuple[str, ...]:
    """Wordings of an option of this kind; none if the action is impossible in this situation."""
    if s.offer:
        return AFTER_AN_OFFER.get(kind, ())
    if s.refusal:
        return AFTER_A_REFUSAL.get(kind, ())
    match kind:
        case Kind.SEND_REFERENCES if s.references_owed_since is not None:
            return SEND_SOME if s.references_awaited else SEND_WHEN_ASKED
        case Kind.SEND_REFERENCES if s.references_delivered:
            return SEND_AGAIN
        case Kind.SEND_REFERENCES:
            return SEND_BEFORE_CONSENT if s.references_awaited else SEND_UNASKED
        case Kind.THANK_YOU_EMAIL:
            return THANK_AGAIN if s.latest(Kind.THANK_YOU_EMAIL) else THANK
        case Kind.STATUS_EMAIL:
            return STATUS_AGAIN if s.latest(Kind.STATUS_EMAIL) else STATUS
        case Kind.CALL if s.invitation is None:
            return () if s.last_call else CALL
        case Kind.CALL_AGAIN if s.last_call:
            return CALL_AGAIN
        case Kind.LEAVE_MESSAGE if s.last_call and not s.last_call.answered and not s.latest(Kind.LEAVE_MESSAGE):
            return LEAVE_MESSAGE if s.last_call.at == s.now else LEAVE_MESSAGE_LATER
        case Kind.INVITED_CALL if s.invitation is not None:
            return CALL_AS_ASKED
        case Kind.REPLY if s.unanswered and not s.invitation:
            return PROMISE_REFERENCES if s.unanswered.requests_references else REPLY
    return ALWAYS_POSSIBLE.get(kind, ())


ALWAYS_POSSIBLE = {
    Kind.EMAIL_ASKING_OUTCOME: ASK_OUTCOME,
    Kind.DROP_IN: DROP_IN,
    Kind.SOCIAL_MEDIA_MESSAGE: MESSAGE_PRIVATELY,
    Kind.GIFT: GIFT,
    Kind.BYPASS: BYPASS,
    Kind.HOLD_BACK: HOLD_BACK,
}
AFTER_AN_OFFER = {
    Kind.REPLY: ("Reply with {his} decision.", "Write to {boss}, and say yes or no."),
    Kind.THANK_YOU_EMAIL: ("Thank {boss} warmly, and keep the yes or no for later.",),
    Kind.MENTION_DEADLINE: ("Tell {boss} that another employer is waiting for an answer, although none is.",),
    Kind.BYPASS: ("Ask the director for better terms.", "Write to the person above {boss}, who decides about pay."),
    Kind.GIFT: GIFT,
    Kind.HOLD_BACK: HOLD_BACK[:3],
}
AFTER_A_REFUSAL = {
    Kind.REPLY: ("Reply in two lines, and wish them well.", "Write back to thank {boss} for letting {him} know."),
    Kind.EMAIL_ASKING_OUTCOME: ("Ask by email whether the decision is final.", "Write to ask {boss} to think again."),
    Kind.STATUS_EMAIL: ("Email {boss} that {she} is still free, and ask to hear if the other candidate drops out.",),
    Kind.CALL: ("Ring {boss}.", "Ring {boss}, and ask what it was that spoke against {him}."),
    Kind.BYPASS: ("Write to the director, who has the last word.", "Ask the person above {boss} to look at it again."),
    Kind.DROP_IN: DROP_IN[1:],
    Kind.GIFT: GIFT,
    Kind.HOLD_BACK: HOLD_BACK,
}
