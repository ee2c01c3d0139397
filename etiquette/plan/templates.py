"""Message templates for the steps of a plan. Only the learner can fill in the [brackets]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from etiquette.judge import AN_HOUR, AT_THE_INTERVIEW, Kind, Situation
from etiquette.plan.application import Application
from etiquette.plan.form import BY_THEM
from etiquette.plan.local_time import elapsed, later

STEP_TITLES = {
    Kind.SEND_REFERENCES: "Send your references",
    Kind.REPLY: "Reply to them",
    Kind.INVITED_CALL: "Call them, as they asked",
    Kind.MENTION_DEADLINE: "Tell them about your deadline",
    Kind.THANK_YOU_EMAIL: "Thank them by email",
    Kind.CALL: "Call, once",
    Kind.LEAVE_MESSAGE: "If nobody answers, leave a voicemail",
    Kind.STATUS_EMAIL: "Ask for an update by email",
    Kind.BYPASS: "Go round the recruiter to the employer",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A message to start from. `subject` is empty for a call or a voicemail."""

    kind: Kind
    subject: str
    text: str


ROLE = "the {job} role{at_employer}"
DATE_ASKED = {"invites_interview", "calls_off"}  # after these, a silence is about the date of the next interview
INDIRECT = ("recruiter", "hr")  # contacts who were not at the interview
SUBJECTS = {
    Kind.SEND_REFERENCES: f"References for {ROLE}",
    Kind.REPLY: "Re: [their subject]",
    Kind.MENTION_DEADLINE: f"My application for {ROLE}",
    Kind.THANK_YOU_EMAIL: "{topic}",
    Kind.STATUS_EMAIL: f"My application for {ROLE}",
}
LOOK_FORWARD = "\n\nI look forward to hearing from you."
FREE = "I’m free on [two or three days], and I can be flexible."
SIGNED = "\n\nKind regards,\n[your name]\n[your phone number]"
THANKS = f"""Thank you for {{meeting}} on {{day}} {{about}} {ROLE}. I enjoyed hearing about [something they told \
you], and I can see myself doing this work at {{employer}}.{LOOK_FORWARD}"""
THANKS_THROUGH = f"""{{through}}Thank you for looking after my application for {ROLE}. I enjoyed my interview on \
{{day}}, especially hearing about [something you talked about]. Please pass on my thanks to [the people who \
interviewed me].{LOOK_FORWARD}"""
ASK_FOR_THE_DATE = f"""Thank you for your message about another interview for {ROLE}. I’m still very interested, and \
I wondered if there was a date yet. {FREE}{LOOK_FORWARD}"""
LAST_THANKS = f"""Thank you for {{meeting}} on {{day}} {{about}} {ROLE}. I enjoyed hearing about [something they \
told you].

I’m still interested, and I look forward to hearing from you if anything changes."""
STATUS = f"""{{through}}I wondered if there was {{news}} {ROLE}{{interviewed}}. I know how busy you are, so please \
reply whenever it suits you.

I’m still very interested, and I look forward to hearing from you."""
DEADLINE = f"""I’m still very interested in {ROLE} that I interviewed for on {{day}}. Another employer has made \
me an offer, and I have to answer it by {{deadline}}.

I don’t want to rush you, but if you know more before then, I’d be glad to hear from you."""
REFERENCES = f"""{{thanks}} {{answer}}As you asked, here are my references for {ROLE}:

[referee’s name], [how they know you], [email], [phone]
[referee’s name], [how they know you], [email], [phone]

They’re happy for you to get in touch. {{more}}Please let me know if you need anything else."""
REST_OF_REFERENCES = f"""As promised, here is the last of my references for {ROLE}:

[referee’s name], [how they know you], [email], [phone]

They’re happy for you to get in touch. Please let me know if you need anything else."""
CONFIRMED_REFERENCES = f"""Thank you for getting in touch about {ROLE}. The references you have are still correct:

[referees’ names]

They’re happy for you to get in touch. Please let me know if you need anything else."""
CALL = f"""Hello, this is [your name]. I interviewed for {ROLE} on {{day}}. {{through}}Is this a good moment?

[If it is:] Thank you. I wanted to ask {{question}}. [Listen, thank them, and say goodbye.]"""
INVITED_CALL = f"""Hello, this is [your name]. I interviewed for {ROLE} on {{day}}, and you {{invited}}. {{sorry}}Is \
this a good moment?"""
VOICEMAIL = f"""Hello, this is [your name]. I interviewed for {ROLE} on {{day}}. {{through}}I was wondering \
{{question}}. I know how busy you are, so please call me back whenever it suits you, on [your phone number]. Thank \
you, and goodbye."""
REPLIES = {
    "offer": f"""Thank you very much for offering me {ROLE}.

[To accept:] I’m delighted to accept, and I look forward to starting.
[To decline:] After careful thought, I’ve decided not to accept. I’m grateful for your time, and wish you all the best.
[To ask for time:] I’d like to think it over. Could I give you my answer by [day]?""",
    "requests_references": """Thank you for getting in touch. I’ll send you my references as soon as my referees have \
agreed, which should be by {ready}.""",
    "calls_off": f"""Thank you for letting me know. I’m still very interested in {ROLE}. {FREE}{LOOK_FORWARD}""",
    "refusal": f"""Thank you for letting me know, and for your time. I enjoyed learning about {ROLE}. If you have a \
moment, I’d be grateful for any feedback that would help me next time.

I wish you and your team all the best.""",
    "invites_interview": f"""Thank you for inviting me to another interview for {ROLE}. [The time you suggest \
works well for me. / I’m free on …]

I look forward to speaking to you again.""",
    "redirects": f"""[The person I was in touch with] suggested that I write to you about {ROLE} that I interviewed \
for on {{day}}. [Your question, in a sentence.] Please reply whenever it suits you.{LOOK_FORWARD}""",
    "invites_call": f"""Thank you for asking me to call. I tried on [day], but nobody answered. You can reach me on \
[your phone number] [when], or I’m happy to reply by email.{LOOK_FORWARD}""",
    "asks": f"Thank you for your message. [Your answer, in a sentence or two.]{LOOK_FORWARD}",
}
REPLY = f"Thank you for letting me know. [Add a sentence if you need to.]{LOOK_FORWARD}"
TEXTS = {
    Kind.SEND_REFERENCES: REFERENCES,
    Kind.THANK_YOU_EMAIL: THANKS,
    Kind.STATUS_EMAIL: STATUS,
    Kind.MENTION_DEADLINE: DEADLINE,
    Kind.CALL: CALL,
    Kind.INVITED_CALL: INVITED_CALL,
    Kind.LEAVE_MESSAGE: VOICEMAIL,
}
LONG_SILENCE, LAST_MINUTE = timedelta(days=90), time(23, 59)


def step_title(application: Application, kind: Kind, at: datetime) -> str:
    """What a step at that time is called for this application."""
    situation = application.situation(at)
    heard = _last_heard(application, situation)
    match kind:
        case Kind.THANK_YOU_EMAIL if heard in DATE_ASKED and not (
            heard == "invites_interview" and situation.unanswered
        ):
            return "Ask about the date of the interview"
        case Kind.THANK_YOU_EMAIL if heard == "invites_interview":
            return "Thank them for the invitation"
        case Kind.THANK_YOU_EMAIL if application.interviewers > 1:
            return "Thank each of them by email"
        case Kind.SEND_REFERENCES if situation.references_awaited:
            return "Send the references you have"
        case Kind.SEND_REFERENCES if any(application.latest("send_some_references")):
            return "Send the rest of your references"
        case Kind.SEND_REFERENCES if situation.references_delivered_at is not None:
            return "Confirm your references"
        case Kind.REPLY if heard == "requests_references":
            return "Tell them when to expect your references"
        case Kind.REPLY if heard == "offer":
            return "Reply to their offer"
        case Kind.REPLY if heard == "refusal":
            return "Thank them for letting you know"
        case Kind.REPLY if heard == "invites_call":
            return "Write to them instead of calling"
        case Kind.REPLY if heard == "redirects":
            return "Write to the person they named"
        case Kind.STATUS_EMAIL if application.contact == "recruiter":
            return "Ask the recruiter for an update by email"
    return STEP_TITLES[kind]


def not_yet_title(application: Application, kind: Kind, at: datetime) -> str:
    """What a step that would be wrong at that time is called."""
    if kind is Kind.SEND_REFERENCES:
        return STEP_TITLES[kind]
    return "Call them" if kind is Kind.CALL else step_title(application, kind, at)


def templates_for(application: Application, kind: Kind, at: datetime) -> tuple[Template, ...]:
    """The templates for one step at that time. A call has two: what to say, and the voicemail if nobody answers."""
    kinds = (kind, Kind.LEAVE_MESSAGE) if kind is Kind.CALL else (kind,)
    return tuple(template(application, each, at) for each in kinds)


def template(application: Application, kind: Kind, at: datetime) -> Template:
    """The template for a kind of step at that time, with what is known about the application filled in.

    Raises:
        KeyError: No plan has a step of this kind.
        ValueError: Something in the application has not happened yet at that time.
    """
    situation = application.situation(at)
    day = later(application.interview, situation.round_began)
    again = application.round > 1 or situation.round_began > AT_THE_INTERVIEW
    deadline = later(application.interview, situation.deadline or AT_THE_INTERVIEW).astimezone(application.home)
    invited = next(application.latest("invites_call", "call_if_silent"), None)
    if_silent = invited is not None and invited.what == "call_if_silent"
    call_at = situation.invitation.call_at if situation.invitation else None
    missed = call_at is not None and situation.now > call_at + AN_HOUR
    heard = _last_heard(application, situation)
    asks_date, redirected = heard in DATE_ASKED, any(application.latest("redirects"))
    with_employer = application.contact == "recruiter" and application.employer
    meeting = "inviting me back" if again else "meeting me" if application.medium == "person" else "talking to me"
    on_day = f"{day.day} {day:%B}"
    values = {
        "job": application.job or "[job]",
        "employer": application.employer or "[the employer]",
        "at_employer": f" at {application.employer}" if with_employer else "",
        "day": on_day,
        "deadline": ("" if deadline.time() == LAST_MINUTE else f"{deadline:%H:%M} on ") + _date(deadline),
        "ready": _date(later(application.interview, situation.references_complete_at)),
        "topic": "The date of my next interview" if asks_date else "Thank you for the interview",
        "question": "if there’s a date yet for the next interview" if asks_date else "how the decision is going",
        "news": "a date yet for the next interview for" if asks_date else "any update on",
        "interviewed": "" if asks_date else f" that I interviewed for on {on_day}",
        "through": "[The person I was in touch with] gave me your name. " if redirected else "",
        "thanks": f"I enjoyed my interview on {on_day}."
        if redirected or application.contact in INDIRECT
        else f"Thank you for {meeting} on {on_day}.",
        "answer": "[Your answer to their question.] " if situation.answer_owed else "",
        "more": "One more will follow as soon as [referee’s name] has agreed. " if situation.references_awaited else "",
        "sorry": "I’m sorry I missed the time you gave me. " if missed else "",
        "meeting": meeting,
        "about": "to talk about" if again else "about",
        "invited": "said I could call if I hadn’t heard from you" if if_silent else "asked me to call",
    }
    subject, text = (
        each.format_map(values) for each in (SUBJECTS.get(kind, ""), _text(application, situation, kind, heard))
    )
    if subject:
        greeting = "Dear hiring team" if application.contact == "portal" else "Dear [name]"
        text = f"{greeting},\n\n{text}{SIGNED}"
    return Template(kind, subject, text)


def _text(application: Application, situation: Situation, kind: Kind, heard: str) -> str:
    match kind:
        case Kind.THANK_YOU_EMAIL if heard in DATE_ASKED:
            return ASK_FOR_THE_DATE
        case Kind.THANK_YOU_EMAIL if application.contact in INDIRECT or any(application.latest("redirects")):
            return THANKS_THROUGH
        case Kind.THANK_YOU_EMAIL if situation.now - situation.round_began > LONG_SILENCE:
            return LAST_THANKS
        case Kind.REPLY:
            return REPLIES.get(heard, REPLY)
        case Kind.SEND_REFERENCES if situation.references_awaited:
            return REFERENCES
        case Kind.SEND_REFERENCES if any(application.latest("send_some_references")):
            return REST_OF_REFERENCES
        case Kind.SEND_REFERENCES if situation.references_delivered_at is not None:
            return CONFIRMED_REFERENCES
    return TEXTS[kind]


def _date(when: datetime) -> str:
    return f"{when:%A} {when.day} {when:%B}"


def _last_heard(application: Application, situation: Situation) -> str:
    """The kind of event by which a person was last in touch since the latest interview."""
    for event in application.latest(*BY_THEM.keys() - {"automatic", "reposted"}):
        return event.what if elapsed(application.interview, event.at) > situation.round_began else ""
    return ""
