"""The facts of a question with a situation, in the words that a learner reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from etiquette.plan import ROW_CHOICES, THEN_LABELS, THEN_REQUIRED, FormEntries, FormRow, parse_form
from etiquette.room import draft_story
from etiquette.room.judged_story import HAPPENED, job_in_words

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
ENTRIES = FormEntries(job="Nurse", employer="St Mary’s", day="2026-03-03", time="11:00", place="London")


def story(*rows: FormRow, **entries: str) -> list[str]:
    """The paragraphs of the story of these entries."""
    application = parse_form(replace(ENTRIES, rows=rows, **entries), NOW)
    return draft_story(application, NOW).split("\n\n")


def row(what: str, then: str = "") -> FormRow:
    """Something that happened on Thursday 5 March at 9:00."""
    return FormRow(what, "2026-03-05", "9:00", then)


@pytest.mark.parametrize(
    ("hearing", "said"),
    [
        ("within a week", "They said you’d hear within a week."),
        ("Within a week.", "They said you’d hear within a week."),
        ("by Friday 13 March", "They said you’d hear by Friday 13 March."),
        ("Friday 13 March", "They said you’d hear by Friday 13 March."),
        ("2026-03-13", "They said you’d hear by Friday 13 March."),
        ("in two to three weeks", "They said you’d hear in two to three weeks."),
        ("two weeks", "They said you’d hear within two weeks."),
        ("a few days", "They said you’d hear within a few days."),
        ("next week", "They said you’d hear next week."),
        ("end of next week", "They said you’d hear by the end of next week."),
        ("the end of March", "They said you’d hear by the end of March."),
        ("soon", "They said you’d hear soon."),
        ("We’ll be in touch", "They told you: “We’ll be in touch.”"),
        ("we will call you by Friday", "They told you: “We will call you by Friday.”"),
        ("in touch soon", "They said this about hearing back: “in touch soon”."),
        ("", ""),
    ],
)
def test_what_they_said_about_hearing_back_becomes_a_sentence(hearing: str, said: str) -> None:
    interview, *_ = story(hearing=hearing)
    opening = "You had an interview for a job as a nurse at St Mary’s. It ended on Tuesday 3 March at 11:00."
    assert interview == f"{opening} {said}".strip()


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (row("wrote"), "they got in touch, but didn’t ask you anything."),
        (row("promises", "by next Friday"), "they said you’d hear by next Friday."),
        (row("promises"), "they got in touch, but didn’t say when you’d hear."),
        (row("requests_references"), "they asked you to send your references."),
        (row("invites_call"), "they asked you to call them."),
        (row("invites_call", "Monday 9 March"), "they asked you to call them at 09:00 on Monday 9 March."),
        (row("call_if_silent", "Friday 13 March"), "they said you could call if you hadn’t heard by Friday 13 March."),
        (
            row("silence_refuses", "Friday 13 March"),
            "they said that if you heard nothing by Friday 13 March, the answer was no.",
        ),
        (row("no_calls"), "they asked you not to call."),
        (
            row("invites_interview", "Monday 16 March at 15:00"),
            "they invited you to another interview, which would end at 15:00 on Monday 16 March.",
        ),
        (
            row("invites_interview", "Monday 16 March"),
            "they invited you to another interview, which would be on Monday 16 March.",
        ),
        (row("calls_off"), "they called off the next interview."),
        (row("offer", "Friday 27 March"), "they offered you the job, and asked for an answer by Friday 27 March."),
        (row("refusal"), "they turned you down."),
        (row("automatic"), "you got an automatic reply."),
        (row("call_and_message"), "you called and left a voicemail."),
        (row("email_asking_outcome"), "you emailed to ask whether you’d got the job."),
        (
            row("deadline", "Friday 27 March"),
            "you got an offer from another employer, which you have to answer by Friday 27 March.",
        ),
    ],
)
def test_what_has_happened_since_becomes_a_sentence(event: FormRow, sentence: str) -> None:
    _, happened, present = story(event)
    assert happened == f"On Thursday 5 March at 09:00, {sentence}"
    assert present == "It’s now Friday 20 March at 12:00."


@pytest.mark.parametrize("what", ROW_CHOICES)
@pytest.mark.parametrize("then", ["", "by Friday 27 March", "2026-03-27 14:00"])
def test_every_kind_of_row_makes_one_sentence_without_the_words_of_the_form(what: str, then: str) -> None:
    then = then or "2026-03-27" * (what in THEN_REQUIRED)
    _, happened, _ = story(row(what, then if what in THEN_LABELS else ""))
    assert happened.endswith(".")
    assert happened.count(". ") == 0
    assert "{" not in happened
    assert " I " not in happened
    assert ", or " not in happened
    assert what in HAPPENED


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"round": "2"}, "You had your second interview for a job as a nurse at St Mary’s."),
        ({"medium": "video"}, "You had an interview by video for a job as a nurse at St Mary’s."),
        ({"interviewers": "3"}, "Three people interviewed you."),
        ({"references": "brought"}, "They already have your references."),
        ({"references": "asked"}, "They asked you to send your references."),
        ({"no_calls": "yes"}, "They asked you not to call."),
        ({"contact": "recruiter"}, "Your only contact is a recruiter."),
        (
            {"references": "asked", "referees": "some", "referees_day": "2026-03-23"},
            "You expect the rest to agree by Monday 23 March.",
        ),
        ({"job": "", "employer": ""}, "You had an interview. It ended on"),
    ],
)
def test_every_other_fact_of_the_form_is_told(entries: dict[str, str], sentence: str) -> None:
    assert sentence in story(**entries)[0]


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("Nurse", "a job as a nurse"),
        ("an engineer", "a job as an engineer"),
        ("Senior Data Analyst", "a job as a senior data analyst"),
        ("HR Manager", "a job as an HR manager"),
        ("SEO analyst", "a job as an SEO analyst"),
        ("University lecturer", "a job as a university lecturer"),
        ("Usher", "a job as an usher"),
        ("French Teacher", "a job as a French teacher"),
        ("Head of Marketing", "a job as head of marketing"),
        ("Marketing", "a job in marketing"),
        ("Summer internship", "a summer internship"),
        ("IT", "a job in IT"),
    ],
)
def test_a_job_has_the_right_article(job: str, words: str) -> None:
    assert job_in_words(job) == words
