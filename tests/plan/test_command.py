"""`etiquette plan`: a saved application's plan as text and as a calendar file."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from etiquette.cli import main
from etiquette.plan import ApplicationEvent, plan, plan_text
from tests.plan.test_planner import NEW_YORK, an_application, at, event


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """An application with a call arranged for Friday 6 March at 10:00, and a question the day before."""
    path = tmp_path / "application.json"
    path.write_text(an_application(event("invites_call", "04 15:00", "06 10:00")).to_json(), encoding="utf-8")
    return path


def test_it_prints_the_plan_with_each_date_and_its_reason(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(saved), "--now", "2026-03-05T09:00"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("payroll clerk at Hallam Foods, planned on Thu 5 March 2026, 09:00\n\nNow\n  Nothing.\n")
    assert "Later\n  Call them, as they asked: Fri 6 March 2026, 10:00\n    They asked you to call" in printed


def test_times_are_in_both_zones_and_dates_that_they_gave_are_named() -> None:
    offer = ApplicationEvent("offer", at("09 10:00", NEW_YORK), at("13 17:00", NEW_YORK))
    printed = plan_text(plan(an_application(offer, interview=at("03 11:00", NEW_YORK)), at("10 12:00")))
    assert "Reply to their offer: Thu 12 March 2026, 09:00 their time (13:00 yours)\n" in printed
    assert "They want your answer by Fri 13 March 2026, 17:00 their time (21:00 yours)." in printed


def test_the_last_minute_of_a_day_is_the_end_of_it() -> None:
    events = (event("offer", "09 10:00", "13 23:59"),)
    printed = plan_text(plan(an_application(*events), at("10 12:00")))
    assert "They want your answer by the end of Fri 13 March 2026." in printed
    assert "23:59" not in printed


def test_what_is_not_right_yet_has_a_date_or_none() -> None:
    printed = plan_text(plan(an_application(event("thank_you_email", "10 11:00")), at("10 18:00")))
    assert "Not yet\n  Call them: not before Thu 12 March 2026, 11:00\n    You emailed" in printed
    assert "Not at all\n  Thank them by email\n    You thanked them" in printed


def test_what_may_be_left_out_is_marked() -> None:
    assert "Thank them for letting you know (if you like)" in plan_text(
        plan(an_application(event("refusal", "11 09:00")), at("11 12:00"))
    )


def test_it_writes_a_calendar_file_too(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    assert main(["plan", str(saved), "--now", "2026-03-05T09:00", "--ics", str(target)]) == 0
    call, thanks = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert (call["uid"], thanks["uid"]) == tuple(
        f"id-{name}@persistent-or-pesky" for name in ("invited_call", "thank_you_email")
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("{}", "so it can’t be opened."), ("\xff", "so it can’t be opened."), ("[" * 10**5, "far too large")],
)
def test_an_unusable_file_is_refused_with_a_sentence(
    content: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="latin-1")
    assert main(["plan", str(path)]) == 2
    assert sentence in capsys.readouterr().err


def test_a_missing_file_and_a_folder_that_is_not_there_are_named(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(tmp_path / "nothing.json")]) == 2
    assert "nothing.json: No such file" in capsys.readouterr().err
    assert main(["plan", str(saved), "--now", "2026-03-05T09:00", "--ics", str(tmp_path / "no" / "plan.ics")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_a_time_before_something_in_the_file_is_refused(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(saved), "--now", "2026-03-04T09:00"]) == 2
    assert "later, on Wed 4 March 2026, 15:00" in capsys.readouterr().err


def test_a_time_that_is_none_is_refused_with_an_example(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["plan", str(saved), "--now", "noon"])
    assert ended.value.code == 2
    assert "write it as 2026-03-11T09:00, not noon" in capsys.readouterr().err


def test_without_an_id_there_is_a_plan_and_no_calendar_file(tmp_path: Path) -> None:
    path = tmp_path / "application.json"
    path.write_text(an_application().to_json().replace('"id": "id"', '"id": ""'), encoding="utf-8")
    assert main(["plan", str(path), "--now", "2026-03-05T09:00"]) == 0
    assert main(["plan", str(path), "--now", "2026-03-05T09:00", "--ics", str(tmp_path / "plan.ics")]) == 2
