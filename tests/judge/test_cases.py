"""A case is one line of JSON; `etiquette assess` judges a file of cases."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from etiquette import Action, Contact, Kind, Situation, Word, assess
from etiquette.cli import main
from etiquette.files import PackError
from etiquette.judge import Case, Decision, read_case
from tests.builders import hours

EXAMPLES = Path(__file__).parent / "cases_example.jsonl"
CASES = [read_case(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
HOLD = {"kind": "hold_back"}


def a_case(**fields: Any) -> str:
    """A line of JSON: a case five hours after the interview, with these fields added or replaced."""
    return json.dumps({"id": "c1", "now": 5, "action": HOLD} | fields)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_examples_are_judged_as_expected(case: Case) -> None:
    assert assess(case.situation, case.action).verdict == case.expected


def test_every_field_becomes_the_fact_that_it_names() -> None:
    case = read_case(
        a_case(
            now=200,
            interview="2026-03-02T11:00",
            zone="Europe/London",
            references={"brought": True, "ready": [0, 12]},
            heard=[
                {"at": 0, "promises": 168, "requests_references": True},
                {"at": 190, "asks": True, "call_at": 198, "decides": "refusal", "automatic": True, "reposted": True},
                {"at": 191, "invites_call": True, "no_calls": True, "invites_interview": 300, "decides": "offer"},
            ],
            done=[
                {"kind": "thank_you_email", "at": 180},
                {"kind": "call", "at": 195, "answered": True},
            ],
            action={"kind": "hold_back", "until": 240},
            interviewers=3,
            deadline=250,
            through_recruiter=True,
            expected="patient",
        )
    )
    assert case.situation == Situation(
        now=hours(200),
        words=(
            Word(promises=hours(168), requests_references=True),
            Word(
                hours(190),
                asks=True,
                invites_call=True,
                call_at=hours(198),
                decides=Decision.REFUSAL,
                automatic=True,
                reposted=True,
            ),
            Word(
                hours(191),
                invites_call=True,
                no_calls=True,
                invites_interview=True,
                interview_at=hours(300),
                decides=Decision.OFFER,
            ),
        ),
        contacts=(Contact(Kind.THANK_YOU_EMAIL, hours(180)), Contact(Kind.CALL, hours(195), answered=True)),
        interview=datetime(2026, 3, 2, 11, tzinfo=ZoneInfo("Europe/London")),
        references_brought=True,
        references_ready=(hours(0), hours(12)),
        interviewers=3,
        deadline=hours(250),
        through_recruiter=True,
    )
    assert case.action == Action(Kind.HOLD_BACK, until=hours(240))
    assert (case.id, case.expected) == ("c1", "patient")


def test_only_id_now_and_action_are_required_and_the_rest_may_be_null() -> None:
    bare = read_case(a_case())
    assert bare.situation == Situation(hours(5))
    assert bare.expected is None
    nulls = dict.fromkeys(("interview", "zone", "references", "heard", "done", "expected", "note"))
    word = {"at": 0, "promises": None, "decides": None, "no_calls": False, "invites_interview": None}
    assert read_case(a_case(**nulls)) == bare
    assert read_case(a_case(heard=[word])).situation.words == (Word(),)


@pytest.mark.parametrize("decision", list(Decision))
def test_an_offer_and_a_refusal_are_both_decisions(decision: Decision) -> None:
    word = Word(hours(3), decides=decision)
    assert read_case(a_case(heard=[{"at": 3, "decides": decision}])).situation.decided == word


@pytest.mark.parametrize(
    ("value", "invited", "interview_at"),
    [(None, False, None), (False, False, None), (True, True, None), (90, True, hours(90)), (4.5, True, hours(4.5))],
)
def test_an_invitation_to_an_interview_may_name_its_time(
    value: object, invited: bool, interview_at: timedelta | None
) -> None:
    word = Word(hours(3), invites_interview=invited, interview_at=interview_at)
    assert read_case(a_case(heard=[{"at": 3, "invites_interview": value}])).situation.words == (word,)


def test_what_belongs_to_an_earlier_interview_lies_before_zero() -> None:
    earlier = a_case(now=170, heard=[{"at": -300}], done=[{"kind": "thank_you_email", "at": -120.5}])
    assert read_case(earlier).situation.contacts[0].at == hours(-120.5)


def test_facts_may_be_listed_in_any_order() -> None:
    heard = [{"at": 4}, {"at": 0, "promises": 48}]
    done = [{"kind": "reply", "at": 5}, {"kind": "send_references", "at": 1}]
    situation = read_case(a_case(heard=heard, done=done)).situation
    assert [word.at for word in situation.words] == [timedelta(0), hours(4)]
    assert [contact.kind for contact in situation.contacts] == [Kind.SEND_REFERENCES, Kind.REPLY]


@pytest.mark.parametrize("note", ["They have made an offer.", {"verdict": "pesky"}, ["no", 1]])
def test_a_note_is_ignored(note: object) -> None:
    assert read_case(a_case(note=note)) == read_case(a_case())


@pytest.mark.parametrize(
    ("fields", "location", "remedy"),
    [
        ({"id": None}, "id", "is missing"),
        ({"now": None}, "now", "is missing"),
        ({"now": -2}, "now: '-2'", "should be a number of hours"),
        ({"now": "soon"}, "now: 'soon'", "should be a number of hours"),
        ({"action": None}, "action.kind", "is missing"),
        ({"action": "hold_back"}, "action: 'hold_back'", "should be a mapping"),
        ({"action": {"kind": "sing"}}, "action.kind: 'sing'", "is not a valid action. Use one of: bypass, call"),
        ({"action": {"kind": "thank_you"}}, "action.kind: 'thank_you'", "Did you mean 'thank_you_email'?"),
        ({"action": {"kind": "call", "until": 9}}, "action.until: '9'", "goes with hold_back only"),
        ({"action": HOLD | {"until": 2}}, "action.until: '2'", "has already passed: it is 5 hours after the interview"),
        ({"action": HOLD | {"untill": 9}}, "action.untill", "Did you mean 'until'?"),
        ({"expected": "rude"}, "expected: 'rude'", "is not a valid verdict. Use one of: passive, patient"),
        ({"done": [{"at": 1}]}, "done[0].kind", "is missing"),
        ({"done": [{"kind": "call"}]}, "done[0].at", "is missing"),
        ({"done": [{"kind": "hold_back", "at": 1}]}, "done[0].kind: 'hold_back'", "is not a valid contact"),
        ({"done": [{"kind": "call", "at": 9}]}, "done[0].at: '9'", "is later than now, 5 hours after the interview"),
        ({"done": [{"kind": "call", "at": 1, "answer": True}]}, "done[0].answer", "Did you mean 'answered'?"),
        ({"done": [3]}, "done[0]: '3'", "should be a mapping"),
        ({"done": {"kind": "call"}}, "done: 'a mapping'", "should be a list"),
        ({"heard": [{"promises": 9}]}, "heard[0].at", "is missing"),
        ({"heard": [{"at": 6}]}, "heard[0].at: '6'", "is later than now"),
        ({"heard": [{"at": 2, "promises": 2}]}, "heard[0].promises: '2'", "is not after the moment when it was said"),
        ({"heard": [{"at": 0, "promises": [3]}]}, "heard[0].promises: 'a list'", "single value"),
        ({"heard": [{"at": 0, "asks": 1}]}, "heard[0].asks: '1'", "should be yes or no"),
        ({"heard": [{"at": 0, "decides": "maybe"}]}, "heard[0].decides: 'maybe'", "is not a valid decision"),
        ({"heard": [{"at": 0, "no_calls": 2}]}, "heard[0].no_calls: '2'", "should be yes or no"),
        ({"heard": [{"at": 4, "invites_interview": 3}]}, "heard[0].invites_interview: '3'", "is not after the moment"),
        ({"heard": [{"at": 4, "invites_interview": "x"}]}, "heard[0].invites_interview: 'x'", "a number of hours"),
        ({"heard": [{"at": 4, "call_at": 3}]}, "heard[0].call_at: '3'", "is not after the moment when it was said"),
        ({"interviewers": 0}, "interviewers: '0'", "is not a valid number of interviewers"),
        ({"references": {"ready": [0, "soon"]}}, "references.ready.1: 'soon'", "should be a number of hours"),
        ({"heard": [{"at": 0, "request_references": True}]}, "heard[0].request_references", "'requests_references'?"),
        ({"references": {"ready": -1}}, "references.ready: '-1'", "should be a number of hours"),
        ({"references": {"brougth": True}}, "references.brougth", "Did you mean 'brought'?"),
        ({"references": True}, "references: 'true'", "should be a mapping"),
        ({"interview": "9999-12-31T23:59"}, "interview: '9999-12-31T23:59'", "is not a year we can use"),
        ({"interview": "Tuesday"}, "interview: 'Tuesday'", "write it as 2026-03-03 10:00"),
        ({"zone": "Europe/London"}, "zone: 'Europe/London'", "needs 'interview' too"),
        ({"interview": "2026-03-02T11:00", "zone": "Mars/Base"}, "zone: 'Mars/Base'", "such as Europe/London"),
        ({"interview": "2026-03-02T11:00", "zone": "Europe"}, "zone: 'Europe'", "such as Europe/London"),
        ({"interview": "2026-03-02T11:00", "zone": "../x"}, "zone: '../x'", "such as Europe/London"),
        (
            {"facts": {}},
            "facts",
            "Use one of: action, deadline, done, expected, heard, id, interview, interviewers, note, now",
        ),
        ({"id": "\ud800"}, "this line is not JSON", "one object on each line"),
    ],
)
def test_a_problem_names_its_file_line_path_value_and_remedy(
    fields: dict[str, Any], location: str, remedy: str
) -> None:
    with pytest.raises(PackError) as caught:
        read_case(a_case(**fields), 7, "cases.jsonl")
    assert f"cases.jsonl:7: {location}" in str(caught.value)
    assert remedy in str(caught.value)
    assert len(caught.value.problems) == 1


def test_all_problems_of_a_line_are_reported_at_once() -> None:
    with pytest.raises(PackError) as caught:
        read_case(a_case(now=-1, heard=[{"at": "x"}], done=[{"kind": "sing", "at": 1}], weather="fine"))
    assert [problem.path for problem in caught.value.problems] == ["now", "heard[0].at", "done[0].kind", "weather"]


@pytest.mark.parametrize("line", ["", "{oops", "[" * 100_000, "3", "[]"])
def test_a_line_that_is_not_a_json_object_is_refused(line: str) -> None:
    with pytest.raises(PackError, match=r"this line is not JSON|should be a mapping"):
        read_case(line)


def test_the_command_prints_one_object_per_case_and_how_many_verdicts_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", str(EXAMPLES)]) == 0
    printed = capsys.readouterr()
    answers = [json.loads(line) for line in printed.out.splitlines()]
    assert [answer["id"] for answer in answers] == [case.id for case in CASES]
    assert set(answers[0]) == {"id", "verdict", "credit", "guideline", "reason"}
    assert printed.err.strip() == "16 of 16 agree"


def test_an_invalid_line_is_reported_and_the_rest_are_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join([a_case(), "{oops", "", a_case(now=-2), a_case()]), encoding="utf-8")
    assert main(["assess", str(file)]) == 2
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert "cases.jsonl:2: this line is not JSON" in printed.err
    assert "cases.jsonl:4: now: '-2' should be a number of hours" in printed.err


def test_a_file_of_cases_may_come_from_any_editor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may have a byte order mark, carriage returns, and Unicode line separators inside a note."""
    file = tmp_path / "cases.jsonl"
    line = json.dumps({"id": "c1", "now": 5, "action": HOLD, "note": "One line\u2028or two."}, ensure_ascii=False)
    file.write_text(f"\ufeff{line}\r\n", encoding="utf-8")
    assert main(["assess", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "patient"
