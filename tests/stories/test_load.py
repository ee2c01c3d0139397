"""Scenario files: how they are read, and what authors are told about their mistakes."""

from __future__ import annotations

import contextlib
import os
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette.cli import main
from etiquette.files import PackError, library_files
from etiquette.judge import Decision, Kind, Word
from etiquette.stories import library, load_scenarios
from etiquette.stories.load import read_scenario
from tests.builders import days, hours

GOOD = textwrap.dedent("""\
    id: small
    title: A small one
    teaches: That one thanks after a week.
    practises: [thank-you]
    candidate: Ada
    job: clerk
    employer: Acme
    interview: 2026-03-03 10:00
    story: They said that they would be in touch.
    moments:
      - id: week
        at: 2026-03-10 11:00
        scene: A week has gone by.
        choices:
          - says: Thank them.
            does: thank_you_email
            then: Sent.
          - says: Wait.
            does: hold_back
    endings:
      - tells: They write.
    """)


def problems(text: str) -> list[str]:
    """The problems of this scenario, without the file name."""
    with pytest.raises(PackError) as caught:
        read_scenario(text, "p.yaml")
    return [str(problem).removeprefix("p.yaml:") for problem in caught.value.problems]


def test_a_valid_scenario_is_read() -> None:
    scenario = read_scenario(GOOD, "p.yaml")
    assert scenario.moments[0].when.time == days(7) + hours(1)
    assert [choice.action.kind for choice in scenario.moments[0].choices] == [Kind.THANK_YOU_EMAIL, Kind.HOLD_BACK]


def test_each_referee_has_a_time_and_an_offer_elsewhere_a_deadline() -> None:
    text = "references_ready: [2026-03-01 10:00, 2026-03-05 10:00]\ndeadline: 2026-03-06 12:00\nstory:"
    opening = read_scenario(GOOD.replace("story:", text), "p.yaml").opening
    assert opening.references_ready == (days(-2), days(2))
    assert opening.deadline == days(3) + hours(2)
    assert read_scenario(GOOD, "p.yaml").opening.references_ready == (days(0),)


def test_a_panel_and_a_recruiter_are_read() -> None:
    text = GOOD.replace("story:", "interviewers: 3\nthrough_recruiter: yes\nstory:")
    opening = read_scenario(text, "p.yaml").opening
    assert (opening.interviewers, opening.through_recruiter) == (3, True)
    usual = read_scenario(GOOD, "p.yaml").opening
    assert (usual.interviewers, usual.through_recruiter) == (1, False)


def test_what_the_employer_says_is_read() -> None:
    said = "call_at: 2026-03-06 10:00, interview_at: 2026-03-20 10:00, no_calls: yes, decides: offer, reposted: yes"
    text = GOOD.replace("endings:", f"events:\n  - {{id: e, at: 2026-03-05 10:00, tells: x, {said}}}\nendings:")
    word = read_scenario(text, "p.yaml").events[0].word
    assert word == Word(
        invites_call=True,
        call_at=days(3),
        invites_interview=True,
        interview_at=days(17),
        no_calls=True,
        decides=Decision.OFFER,
        reposted=True,
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: A small one", "title: [a, list]", "2: title: 'a list' should be a single value."),
        ("title: A small one", "titel: A small one", "2: titel: unknown field. Did you mean 'title'?"),
        ("title: A small one", "title: ''", "2: title: is empty; write a sentence."),
        ("title: A small one", "title: '  '", "2: title: '' is empty; write a sentence."),
        ("title: A small one", 'title: "a\\u0007b"', "control characters"),
        (
            "does: thank_you_email",
            "does: thankyou_email",
            "16: moments[0].choices[0].does: 'thankyou_email' is not a valid action. Did you mean 'thank_you_email'?",
        ),
        ("story:", "interviewers: 0\nstory:", "9: interviewers: '0' is not a valid number of interviewers."),
        ("id: week", "id: The Week", "11: moments[0].id: 'The Week' is not a valid id;"),
        ("id: week", "id: small", "11: moments[0].id: 'small' is already used on line 1; choose another id."),
        ("id: week", "id: call", "11: moments[0].id: 'call' is the name of an action; choose another id."),
        ("does: hold_back", "does: hold_back\n        until: 2026-03-10 11:00", "should be later than the moment"),
        ("does: thank_you_email", "does: thank_you_email\n        until: 2026-03-11 11:00", "is only for hold_back"),
        (
            "endings:",
            "events:\n  - {id: e, at: 2026-03-05 10:00, tells: x, promises: 2026-03-04 10:00}\nendings:",
            "21: events[0].promises: '2026-03-04 10:00' should be later than the event itself.",
        ),
        (
            "at: 2026-03-10 11:00",
            "at: 2026-02-30 11:00",
            "12: moments[0].at: '2026-02-30 11:00' is not a date and time; write it as 2026-03-03 10:00.",
        ),
        (
            "at: 2026-03-10 11:00",
            "at: 2026-03-02 11:00",
            "12: moments[0].at: '2026-03-02 11:00' should be later than the interview, 2026-03-03 10:00.",
        ),
        (
            "endings:",
            "events:\n  - {id: e, at: 2026-03-05 10:00, tells: x, call_at: 2026-03-04 10:00}\nendings:",
            "21: events[0].call_at: '2026-03-04 10:00' should be later than the event itself.",
        ),
        (
            "- tells: They",
            "- ends: happily\n    tells: They",
            "21: endings[0].ends: 'happily' is not a valid way to end. Use one of",
        ),
        ("- tells: They", "- standing: 85\n    tells: They", "21: endings[0].standing: '85' is not a valid standing."),
        ("story:", "references_ready: [soon]\nstory:", "9: references_ready.0: 'soon' is not a date and time;"),
        ("at: 2026-03-10 11:00", "after: nothing", "should name an id or an action; 'nothing' is neither."),
        ("at: 2026-03-10 11:00", "wait: 3", "counts from another event; add 'after:' to name it."),
        ("practises: [thank-you]", "practises: [thanks]", "'thanks' is not one. Did you mean 'thank-you'?"),
        (
            "does: hold_back",
            "does: hold_back\n        answered: yes",
            "answered: 'yes' is only for calls; hold_back is not a call.",
        ),
        ("then: Sent.", "expect: good", "17: moments[0].choices[0].expect: 'good' is not a valid verdict. Use one of"),
        (
            "moments:",
            "moments: none\nmoment:",
            "10: moments: 'none' should be a list; in YAML, start each item with a hyphen.",
        ),
        ("- says: Thank them.", "- [Thank, them]\n      - says: Thank them.", "'a list' should be a mapping"),
        ("job: clerk", f"job: {'x' * 90}", "6: job: 'xxxxxxxxxxxxxxx"),
    ],
)
def test_each_mistake_is_reported_with_line_path_value_and_remedy(old: str, new: str, message: str) -> None:
    assert old in GOOD
    found = problems(GOOD.replace(old, new, 1))
    assert any(message in problem for problem in found), found


def test_all_problems_of_a_file_are_reported_at_once() -> None:
    broken = GOOD.replace("title:", "titel:").replace("does: hold_back", "does: nap").replace("id: week", "id: A B")
    assert len(problems(broken)) == 4


def test_an_id_used_twice_names_both_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(GOOD, encoding="utf-8")
    two.write_text(GOOD, encoding="utf-8")
    with pytest.raises(PackError, match=r"two\.yaml:1: id: 'small' is also the id of .*one\.yaml"):
        load_scenarios([one, two])


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{" * 5000, b"a: &a [*a, *a]\n", b"- " * 3000])
def test_the_command_reports_an_invalid_file_in_one_line_and_exits_with_2(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    assert main(["check", str(file)]) == 2
    printed = capsys.readouterr()
    assert not printed.out
    assert "bad.yaml:" in printed.err
    assert "Traceback" not in printed.err


def test_the_command_exits_with_2_for_a_file_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "none.yaml")]) == 2
    assert "cannot be read: No such file" in capsys.readouterr().err
    assert main(["check", str(tmp_path)]) == 2
    assert main(["check", os.devnull]) == 2
    assert "is not a file" in capsys.readouterr().err


@given(some.data())
@settings(max_examples=300, deadline=None)
def test_any_corrupted_scenario_raises_nothing_but_a_pack_error(data: some.DataObject) -> None:
    lines = GOOD.splitlines()
    line = data.draw(some.integers(0, len(lines) - 1))
    lines[line] = data.draw(some.sampled_from([lines[line][:8], lines[line] + ":", "x", "  - ", lines[line] * 2, ""]))
    with contextlib.suppress(PackError):
        read_scenario("\n".join(lines), "p.yaml")


def test_the_library_is_in_the_order_of_its_files() -> None:
    files = [Path(scenario.file).name for scenario in library().values()]
    assert files == sorted(files)
    assert len(files) == len(library_files("scenarios"))
