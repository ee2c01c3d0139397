"""Cases: judged from the command line, one a line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from etiquette import Kind, assess
from etiquette.cases import Case, kind_called, read_case
from etiquette.cli import main
from etiquette.errors import PackError

EXAMPLES = Path(__file__).parent / "cases_example.jsonl"
CASES = [read_case(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
TOLD = Path(__file__).parent / "cases_told.jsonl"  # the verdict hangs on something that only the story says


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_examples_are_judged_as_expected(case: Case) -> None:
    assert assess(case.situation, case.action).verdict == case.expected


@pytest.mark.parametrize(
    "case", [read_case(line) for line in TOLD.read_text(encoding="utf-8").splitlines()], ids=lambda case: case.id
)
def test_what_the_story_tells_is_heeded_and_what_it_only_seems_to_tell_is_not(case: Case) -> None:
    assert assess(case.situation, case.action).verdict == case.expected


def test_the_command_prints_an_object_a_line_and_how_many_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", str(EXAMPLES)]) == 0
    printed = capsys.readouterr()
    answers = [json.loads(line) for line in printed.out.splitlines()]
    assert [answer["id"] for answer in answers] == [case.id for case in CASES]
    assert set(answers[0]) == {"id", "verdict", "credit", "guideline", "reason"}
    assert printed.err.strip() == "16 of 16 agree"


def test_a_bad_line_is_named_and_the_rest_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = EXAMPLES.read_text(encoding="utf-8").splitlines()[0]
    file = tmp_path / "cases.jsonl"
    file.write_text(
        "\n".join([good, "{oops", '{"facts": {}, "action": {"kind": "sing", "hours_after_interview": -2}}', good]),
        encoding="utf-8",
    )
    assert main(["assess", str(file)]) == 2
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert "cases.jsonl:2: this line is not JSON" in printed.err
    assert "cases.jsonl:3: action.kind: 'sing' is no action." in printed.err
    assert "cases.jsonl:3: action.hours_after_interview: '-2' should be a number of hours" in printed.err


def test_what_was_done_cannot_lie_ahead() -> None:
    line = json.dumps(
        {
            "facts": {
                "hours_since_interview": 5,
                "emails_sent": [{"kind": "thank_you", "hours_after_interview": 9}],
            },
            "action": {"kind": "wait", "hours_after_interview": 5},
        }
    )
    with pytest.raises(PackError, match="is later than now, 5 hours after the interview"):
        read_case(line)


FACTS = '"facts": {"hours_since_interview": 5'


@pytest.mark.parametrize(
    ("line", "place", "remedy"),
    [
        (FACTS + ', "emails_sent": [{"kind": "thank_you"}]}', "facts.emails_sent[0].hours_after_interview", "missing"),
        (FACTS + ', "calls_made": [{"answered": true}]}', "facts.calls_made[0].hours_after_interview", "missing"),
        (FACTS + ', "emails_sent": [3]}', "facts.emails_sent[0]: '3'", "should be a mapping"),
        ('"facts": {}', "action.hours_after_interview", "is missing; add how many hours"),
        (FACTS + ', "references_requested": 1}', "facts.references_requested: '1'", "neither yes nor no"),
        (FACTS + ', "references_brought": [true]}', "facts.references_brought: 'a list'", "single value"),
        (FACTS + ', "heard_from_employer": "perhaps"}', "facts.heard_from_employer: 'perhaps'", "neither yes nor no"),
        (FACTS + ', "timeline_given_days": [3]}', "facts.timeline_given_days: 'a list'", "single value"),
        (FACTS + ', "timeline_given": 3}', "facts.timeline_given", "Did you mean 'timeline_given_days'?"),
        (FACTS + ', "weather": "fine"}', "facts.weather", "Use one of: calls_made, emails_sent, heard_from_employer"),
        (FACTS + '}, "action": {"kind": "call", "until": 9}', "action.until: '9'", "holding back alone"),
        (FACTS + '}, "action": {"kind": "wait", "until": 2}', "action.until: '2'", "has gone by, 5 hours after"),
        (FACTS + '}, "action": {"kind": "wait", "untill": 9}', "action.untill", "Did you mean 'until'?"),
        (FACTS + '}, "action": {"hours_after_interview": 5}', "action.kind", "is missing"),
        (FACTS + '}, "action": "wait"', "action: 'wait'", "should be a mapping"),
        (FACTS + '}, "id": "\\ud800"', "this line is not JSON", "one object a line"),
    ],
)
def test_a_mistake_in_a_case_is_named_with_its_place_and_remedy(
    line: str, place: str, remedy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"action": {"kind": "wait"}, ' + line + "}\n", encoding="utf-8")
    assert main(["assess", str(file)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"cases.jsonl:1: {place}" in printed.err
    assert remedy in printed.err


def test_a_case_may_leave_things_open_carry_notes_and_come_from_any_editor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.jsonl"
    line = {
        "id": None,
        "note": "for the class",
        "situation": "One line\u2028or two.",
        "facts": {"hours_since_interview": 5, "timeline_given_days": None, "emails_sent": None},
        "action": {"kind": "wait", "until": None},
        "expected": None,
    }
    file.write_text("\ufeff" + json.dumps(line, ensure_ascii=False) + "\r\n", encoding="utf-8")
    assert main(["assess", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "patient"


@pytest.mark.parametrize(
    ("story", "kind", "facts", "says"),
    [
        (
            "The interview was on a Tuesday at ten. On Friday at three in the afternoon they emailed to ask for "
            "references; she sends them on Monday at half past nine.",
            "send_references",
            {"references_requested": True, "hours_since_interview": 143.5},
            "2 days 18 hours",
        ),
        (
            "They had said a week. On day seven they wrote that they need until day sixteen. He waits.",
            "wait",
            {"timeline_given_days": 7, "hours_since_interview": 240},
            "16 days after the interview",
        ),
        (
            "On day three and a half they wrote to ask when she could start. She replies.",
            "reply",
            {"hours_since_interview": 100},
            "16 hours ago",
        ),
        (
            "The manager told her at the door to ring on day two. She rings.",
            "call",
            {"heard_from_employer": False, "hours_since_interview": 48},
            "They asked you to call 48 hours ago",
        ),
        (
            "The manager had asked him to call, and he did. He thanked them on day seven, and rings two days later.",
            "call",
            {
                "heard_from_employer": False,
                "hours_since_interview": 220,
                "emails_sent": [{"kind": "thank_you", "hours_after_interview": 168}],
                "calls_made": [{"hours_after_interview": 48, "answered": True}],
            },
            "You emailed 52 hours ago",
        ),
    ],
)
def test_a_reason_has_the_times_of_the_story(story: str, kind: str, facts: dict[str, object], says: str) -> None:
    line = {"situation": story, "facts": {"heard_from_employer": True} | facts, "action": {"kind": kind}}
    case = read_case(json.dumps(line))
    assert says in assess(case.situation, case.action).reason


def test_a_story_of_the_greatest_length_is_read_quickly() -> None:
    facts = {"heard_from_employer": True, "references_requested": True, "hours_since_interview": 100}
    begun = time.process_time()
    for words in ("they ", "asked for a referee ", "a week and a half and ", "On Monday they wrote. ", "“call me "):
        story = (words * 2000)[:3990]
        read_case(json.dumps({"situation": story, "facts": facts, "action": {"kind": "call"}}))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("story", "kind", "hours", "verdict"),
    [
        ("Asked on Friday afternoon, he sends them first thing on Monday.", "send_references", 65, "persistent"),
        (
            "Asked on Friday, he means to send them on Monday, and does that afternoon.",
            "send_references",
            73,
            "passive",
        ),
        ("Asked for references on Friday, she sends them on Sunday evening.", "send_references", 51, "persistent"),
        ("Her old manager has not said yet whether she may name him.", "wait", 20, "patient"),
        ("Asked on Monday, he sends them on Thursday.", "send_references", 65, "passive"),
        ("One of her referees has not agreed yet, so she waits for his answer.", "wait", 5, "patient"),
        ("She is waiting for a yes from her referee.", "wait", 5, "patient"),
        (
            "Her referee had not answered until this morning. Now she sends the list.",
            "send_references",
            60,
            "persistent",
        ),
        ("Both referees have agreed. She would rather do it at the weekend.", "wait", 5, "passive"),
    ],
)
def test_what_the_facts_have_no_field_for_the_story_may_say(story: str, kind: str, hours: float, verdict: str) -> None:
    facts = {"references_requested": True, "hours_since_interview": hours}
    line = {"situation": story, "facts": facts, "action": {"kind": kind, "hours_after_interview": hours}}
    case = read_case(json.dumps(line))
    assert assess(case.situation, case.action).verdict == verdict


@pytest.mark.parametrize(
    ("story", "verdict"),
    [
        ("The manager wrote and asked him to call the next morning. He does.", "persistent"),
        ("She was told to ring on day three, and she rings.", "persistent"),
        ("Her sister says to call, so she calls.", "pesky"),
        ("She was told to ring any time, and rings to ask how it looks.", "pesky"),
        ("“Ring me on Thursday,” the owner had said. The owner said: ring me. She rings.", "persistent"),
        ("He finds a missed call from the clinic and rings back.", "persistent"),
        ("There has been no call back, so he rings.", "pesky"),
    ],
)
def test_a_call_that_the_story_says_they_asked_for_is_invited(story: str, verdict: str) -> None:
    line = {"situation": story, "facts": {}, "action": {"kind": "call", "hours_after_interview": 72}}
    case = read_case(json.dumps(line))
    assert assess(case.situation, case.action).verdict == verdict


@pytest.mark.parametrize(
    ("story", "kind", "facts", "verdict"),
    [
        ("On the fifth day they asked for references. She sends them on day eight.", "references", {}, "passive"),
        ("They emailed three days ago to ask for references; he sends them.", "references", {}, "passive"),
        ("They wrote to ask for references, and within the hour he sends them.", "references", {}, "persistent"),
        (
            "The file would not open, they write. He sends it again.",
            "references",
            {"references_sent": True},
            "persistent",
        ),
        ("They have them, they write. He sends them again.", "references", {"references_sent": True}, "pesky"),
        ("They wrote on day four to ask when she could start. She has not answered.", "wait", {}, "passive"),
        ("They wrote on day four to ask for patience.", "wait", {}, "patient"),
    ],
)
def test_when_they_were_heard_from_and_what_they_wanted(
    story: str, kind: str, facts: dict[str, bool], verdict: str
) -> None:
    known = {"heard_from_employer": True, "references_requested": kind == "references"} | facts
    line = {"situation": story, "facts": known, "action": {"kind": kind, "hours_after_interview": 192}}
    case = read_case(json.dumps(line))
    assert assess(case.situation, case.action).verdict == verdict


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("wait", Kind.HOLD_BACK),
        ("hold_back", Kind.HOLD_BACK),
        ("thank_you", Kind.THANK_YOU_EMAIL),
        ("references", Kind.SEND_REFERENCES),
        ("status", Kind.STATUS_EMAIL),
        ("call_and_leave_message", Kind.LEAVE_MESSAGE),
        ("second_call", Kind.CALL_AGAIN),
        ("linkedin_message", Kind.SOCIAL_MEDIA_MESSAGE),
        ("thank_you_gift", Kind.GIFT),
        ("visit_in_person", Kind.DROP_IN),
        ("sing", None),
    ],
)
def test_cases_may_call_things_by_other_names(name: str, kind: Kind | None) -> None:
    assert kind_called(name) is kind
