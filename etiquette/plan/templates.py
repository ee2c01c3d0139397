"""Message templates for the steps of a plan, with [brackets] for what only the learner can fill in."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.judge import Kind
from etiquette.plan.application import Application

STEP_TITLES = {
    Kind.SEND_REFERENCES: "Send your references",
    Kind.REPLY: "Answer them",
    Kind.INVITED_CALL: "Call, as they asked",
    Kind.THANK_YOU_EMAIL: "Thank them by email",
    Kind.CALL: "Call, once",
    Kind.LEAVE_MESSAGE: "If nobody picks up, leave a message",
    Kind.STATUS_EMAIL: "Ask by email how things stand",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A message to start from. `subject` is empty for a call or a voicemail."""

    kind: Kind
    subject: str
    text: str


SUBJECTS = {
    Kind.SEND_REFERENCES: "My references, as you asked",
    Kind.REPLY: "Re: [their subject]",
    Kind.THANK_YOU_EMAIL: "Thank you for the conversation",
    Kind.STATUS_EMAIL: "My application as {job}",
}
TEXTS = {
    Kind.SEND_REFERENCES: """Dear [name],

It was good to talk to you about the position of {job}. Here are the references that you asked for:

[referee’s name], [who they are to you], [email], [phone]
[referee’s name], [who they are to you], [email], [phone]

Both know that you may get in touch. If anything is missing, I will send it straight away.

Kind regards,
[your name]
[your phone number]""",
    Kind.REPLY: """Dear [name],

Thank you for writing. [Your answer, in a sentence or two.]

I look forward to hearing from you.

Kind regards,
[your name]""",
    Kind.THANK_YOU_EMAIL: """Dear [name],

Thank you for taking the time to talk to me on {day} about the position of {job}. I enjoyed hearing about [something \
they told you], and I can see myself doing this work at {employer}.

I look forward to hearing from you.

Kind regards,
[your name]
[your phone number]""",
    Kind.STATUS_EMAIL: """Dear [name],

I know that you have a great deal on your hands, so only a short question: how do things stand with the position of \
{job}, for which I came to see you on {day}? There is no hurry; a line when it suits you is all I hope for.

Kind regards,
[your name]
[your phone number]""",
    Kind.CALL: """Good morning, this is [your name]. We met on {day} about the position of {job}. Is this a good \
moment, or may I ring when it suits you better?

[If it is:] Thank you. I only wanted to ask how things stand with the position. [Listen. Thank them. Ring off.]""",
    Kind.INVITED_CALL: """Good morning, this is [your name], about the position of {job}. You had asked me to call \
about [what they wanted]. Is this a good moment?""",
    Kind.LEAVE_MESSAGE: """Good morning, this is [your name]. We met on {day} about the position of {job}. I wanted \
to ask how things stand with it. I know how busy you are, so please get back to me whenever it suits you, on [your \
phone number]. Thank you, and goodbye.""",
}


def templates_for(application: Application, kind: Kind) -> tuple[Template, ...]:
    """The templates for one step. A call has two: what to say, and the message to leave if nobody picks up."""
    kinds = (kind, Kind.LEAVE_MESSAGE) if kind is Kind.CALL else (kind,)
    return tuple(template(application, each) for each in kinds)


def template(application: Application, kind: Kind) -> Template:
    """The template for a kind of step, with the job, the employer and the day filled in as far as they are known.

    Raises:
        KeyError: No plan has a step of this kind.
    """
    interview = application.interview
    values = {
        "job": application.job or "[the job]",
        "employer": application.employer or "[the employer]",
        "day": f"{interview.day} {interview:%B}",
    }
    subject = SUBJECTS.get(kind, "").format_map(values)
    return Template(kind, subject, TEXTS[kind].format_map(values))
