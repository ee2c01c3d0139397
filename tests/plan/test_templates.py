"""The message templates for the steps of a plan."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from etiquette import Kind
from etiquette.drafts import Label, MessageKind, Tone, assess_draft
from etiquette.plan import (
    CONTACT_CHOICES,
    MEDIUM_CHOICES,
    STEP_TITLES,
    Application,
    plan,
    step_title,
    template,
    templates_for,
)
from tests.plan.test_planner import INTERVIEW, LONDON, an_application, at, event

NOW = at("12 09:00")
JUDGED_AS = {
    Kind.SEND_REFERENCES: MessageKind.REFERENCES_EMAIL,
    Kind.THANK_YOU_EMAIL: MessageKind.THANK_YOU_EMAIL,
    Kind.STATUS_EMAIL: MessageKind.STATUS_EMAIL,
    Kind.LEAVE_MESSAGE: MessageKind.VOICEMAIL,
}
ASKED, ASKED_SINCE = event("requests_references", "03 11:00"), event("requests_references", "04 09:00")
CASES = [
    *({"contact": contact} for contact in CONTACT_CHOICES),
    *({"medium": medium, "round": number} for medium in MEDIUM_CHOICES for number in (1, 2)),
    {"interviewers": 3},
    {"events": (event("invites_interview", "04 09:00"),)},
    {"events": (ASKED,), "referees_ready": (INTERVIEW, at("20 09:00"))},
    {"events": (ASKED, event("send_some_references", "04 09:00"))},
    {"events": (ASKED_SINCE,), "references_brought": True},
    {"events": (event("calls_off", "04 09:00"),)},
]
KINDS = [kind for kind in STEP_TITLES if kind is not Kind.BYPASS]


def text(kind: Kind, *events: Any, **facts: Any) -> str:
    return template(an_application(*events, **facts), kind, NOW).text


GAPS = {
    "[your name]": "Hannah Pryce",
    "[your phone number]": "07700 900123",
    "[name]": "Ms Okafor",
    "[referee’s name]": "Ruth Adeyemi",
    "[referees’ names]": "Ruth Adeyemi and Tom Reed",
    "[how they know you]": "my manager until May",
    "[email]": "r.adeyemi@school.example",
    "[phone]": "01632 960123",
    "[the people who interviewed me]": "Mr Hart and Mrs Bell",
    "[two or three days]": "Tuesday and Thursday",
}


def filled_in(message: str) -> str:
    """The message with all its gaps filled in, those about what was said with a thing that people talk about."""
    for gap, words in GAPS.items():
        message = message.replace(gap, words)
    return re.sub(r"\[something [^]]*\]", "the new payroll system", message)


def assert_good_draft(message: str, kind: MessageKind) -> None:
    assessment = assess_draft(filled_in(message), kind)
    assert (assessment.tone, assessment.credit) == (Tone.PERSISTENT, 100)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_short_and_complete_and_does_not_press(kind: Kind, case: dict[str, Any]) -> None:
    message = template(Application(INTERVIEW, LONDON, job="payroll clerk", **case), kind, NOW)
    assert len(message.text.split()) <= 80
    assert "[your name]" in message.text
    assert message.text.count("[") == message.text.count("]")
    assert "{" not in message.text + message.subject
    for words in ("got the job", "decided whether", "outcome", "successful", "chosen", "as soon as possible"):
        assert words not in message.text.lower()


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("kind", "message_kind"), JUDGED_AS.items())
def test_a_template_is_assessed_as_a_good_draft(kind: Kind, message_kind: MessageKind, case: dict[str, Any]) -> None:
    """Only the gaps are left, which the learner has to fill in."""
    application = Application(INTERVIEW, LONDON, job="payroll clerk", employer="Hallam Foods", **case)
    message = template(application, kind, NOW).text
    assert assess_draft(message, message_kind).must_go == (Label.PLACEHOLDER,)
    assert_good_draft(message, message_kind)


def test_the_last_email_after_a_long_silence_is_a_good_draft() -> None:
    message = template(an_application(), Kind.THANK_YOU_EMAIL, at("07-01 09:00")).text
    assert "if anything changes" in message
    assert_good_draft(message, MessageKind.THANK_YOU_EMAIL)


def test_thanks_fit_how_and_how_often_you_met() -> None:
    assert "Thank you for meeting me on 3 March about the payroll clerk role" in text(Kind.THANK_YOU_EMAIL)
    assert "Thank you for talking to me on 3 March" in text(Kind.THANK_YOU_EMAIL, medium="video")
    assert "Thank you for inviting me back on 3 March to talk about" in text(Kind.THANK_YOU_EMAIL, round=2)
    next_round = event("invites_interview", "04 09:00", "06 15:00")
    assert "Thank you for inviting me back on 6 March" in text(Kind.THANK_YOU_EMAIL, next_round)


def test_thanks_fit_whom_they_go_to() -> None:
    through = text(Kind.THANK_YOU_EMAIL, contact="recruiter")
    assert "looking after my application for the payroll clerk role at Hallam Foods" in through
    assert "pass on my thanks" in through
    assert text(Kind.THANK_YOU_EMAIL, contact="portal").startswith("Dear hiring team,")


def test_after_a_refusal_nobody_looks_forward_to_hearing() -> None:
    reply = text(Kind.REPLY, event("refusal", "11 09:00"))
    assert "feedback" in reply
    assert "look forward" not in reply


@pytest.mark.parametrize(
    ("what", "words", "title"),
    [
        ("offer", "Thank you very much for offering me the payroll clerk role", "Reply to their offer"),
        ("invites_interview", "Thank you for inviting me to another interview", "Reply to them"),
        ("redirects", "suggested that I write to you", "Write to the person they named"),
        ("asks", "Thank you for your message", "Reply to them"),
        ("wrote", "Thank you for letting me know", "Reply to them"),
    ],
)
def test_a_reply_fits_what_they_wrote(what: str, words: str, title: str) -> None:
    application = an_application(event(what, "11 09:00"), event("automatic", "11 10:00"))
    assert words in template(application, Kind.REPLY, NOW).text
    assert step_title(application, Kind.REPLY, NOW) == title


DATE_OF = (event("invites_interview", "04 09:00"), event("reply", "04 10:00"))


@pytest.mark.parametrize(
    ("kind", "events", "facts", "words"),
    [
        *((kind, (), {"contact": "recruiter"}, "role at Hallam Foods") for kind in (Kind.CALL, Kind.STATUS_EMAIL)),
        *(
            (kind, (event("redirects", "04 09:00"),), {}, "gave me your name")
            for kind in (Kind.CALL, Kind.THANK_YOU_EMAIL)
        ),
        (Kind.THANK_YOU_EMAIL, DATE_OF, {}, "I wondered if there was a date yet"),
        (Kind.STATUS_EMAIL, DATE_OF, {}, "a date yet for the next interview"),
        (Kind.CALL, (event("calls_off", "04 09:00"),), {}, "if there’s a date yet for the next interview"),
        (
            Kind.SEND_REFERENCES,
            (ASKED_SINCE,),
            {"references_brought": True},
            "The references you have are still correct",
        ),
        (Kind.SEND_REFERENCES, (ASKED_SINCE, event("asks", "04 09:00")), {}, "[Your answer to their question.]"),
        (Kind.REPLY, (ASKED_SINCE,), {"referees_ready": (at("20 09:00"),)}, "by Friday 20 March"),
        (Kind.INVITED_CALL, (event("invites_call", "10 15:00", "11 10:00"),), {}, "sorry I missed"),
        (Kind.MENTION_DEADLINE, (event("deadline", "11 09:00", "18 12:00"),), {}, "by 12:00 on Wednesday 18 March"),
    ],
)
def test_a_template_says_what_they_need_to_know(kind: Kind, events: Any, facts: Any, words: str) -> None:
    assert words in text(kind, *events, **facts)


def test_the_second_batch_of_a_plan_is_the_last_of_the_references() -> None:
    some = an_application(ASKED, referees_ready=(INTERVIEW, at("05 12:00")))
    first, second = plan(some, at("03 15:00")).steps[:2]
    assert "One more will follow" in template(first.application, first.kind, first.suggested).text
    assert "the last of my references" in template(second.application, second.kind, second.suggested).text


def test_a_deadline_is_named_without_an_ultimatum() -> None:
    message = text(Kind.MENTION_DEADLINE, event("deadline", "11 09:00", "18 23:59"))
    assert "I have to answer it by Wednesday 18 March" in message
    assert "I don’t want to rush you" in message


def test_references_that_are_still_to_come_are_announced() -> None:
    some = an_application(ASKED, referees_ready=(INTERVIEW, at("20 09:00")))
    assert "One more will follow" in template(some, Kind.SEND_REFERENCES, NOW).text
    assert step_title(some, Kind.SEND_REFERENCES, NOW) == "Send the references you have"
    rest = an_application(ASKED, event("send_some_references", "04 09:00"))
    assert "the last of my references" in template(rest, Kind.SEND_REFERENCES, NOW).text
    assert step_title(rest, Kind.SEND_REFERENCES, NOW) == "Send the rest of your references"


def test_an_invited_call_says_what_they_invited() -> None:
    assert "you asked me to call" in text(Kind.INVITED_CALL, event("invites_call", "04 09:00"))
    if_silent = event("call_if_silent", "03 11:00", "10 23:59")
    assert "you said I could call if I hadn’t heard from you" in text(Kind.INVITED_CALL, if_silent)


def test_without_a_job_and_an_employer_a_template_has_placeholders() -> None:
    message = template(Application(INTERVIEW, LONDON), Kind.THANK_YOU_EMAIL, NOW)
    assert "the [job] role" in message.text
    assert "at [the employer]" in message.text


def test_braces_in_a_name_are_not_a_placeholder() -> None:
    assert "{day}" in template(replace(an_application(), job="{day}"), Kind.CALL, NOW).text


def test_a_call_comes_with_a_voicemail() -> None:
    kinds = [each.kind for each in templates_for(an_application(), Kind.CALL, NOW)]
    assert kinds == [Kind.CALL, Kind.LEAVE_MESSAGE]
