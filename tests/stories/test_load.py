"""Scenario and policy files: how they are read, and what authors are told about their mistakes."""

from __future__ import annotations

import contextlib
import json
import os
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette.cli import main
from etiquette.files import PackError, library_files
from etiquette.judge import ARTICLE, Kind, Thresholds, policies
from etiquette.judge.policy_file import read_policy
from etiquette.stories import library, load_scenario, load_scenarios
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
            "16: moments[0].choices[0].does: 'thankyou_email' is no action. Did you mean 'thank_you_email'?",
        ),
        ("id: week", "id: The Week", "11: moments[0].id: 'The Week' is no id;"),
        ("id: week", "id: small", "11: moments[0].id: 'small' is taken already, on line 1; choose another."),
        ("id: week", "id: call", "11: moments[0].id: 'call' is the name of an action; choose another."),
        ("does: hold_back", "does: hold_back\n        until: 2026-03-10 11:00", "is not after the moment itself"),
        ("does: thank_you_email", "does: thank_you_email\n        until: 2026-03-11 11:00", "is for hold_back"),
        (
            "endings:",
            "events:\n  - {id: e, at: 2026-03-05 10:00, tells: x, promises: 2026-03-04 10:00}\nendings:",
            "21: events[0].promises: '2026-03-04 10:00' is not after the event itself.",
        ),
        (
            "at: 2026-03-10 11:00",
            "at: 2026-02-30 11:00",
            "12: moments[0].at: '2026-02-30 11:00' is no date and time; write it as 2026-03-03 10:00.",
        ),
        (
            "at: 2026-03-10 11:00",
            "at: 2026-03-02 11:00",
            "12: moments[0].at: '2026-03-02 11:00' is not after the interview, 2026-03-03 10:00.",
        ),
        ("at: 2026-03-10 11:00", "after: nothing", "names nothing that can happen in 'nothing'"),
        ("at: 2026-03-10 11:00", "wait: 3", "counts from something that happened; add 'after:'."),
        ("practises: [thank-you]", "practises: [thanks]", "names no guideline in 'thanks'. Did you mean 'thank-you'?"),
        (
            "does: hold_back",
            "does: hold_back\n        answered: yes",
            "answered: 'yes' is for calls; hold_back is none.",
        ),
        ("then: Sent.", "expect: good", "17: moments[0].choices[0].expect: 'good' is no verdict. Use one of: passive,"),
        ("then: Sent.", "then: Sent.\n        then: Twice.", "18: 'then' is given twice; keep one of them."),
        (
            "moments:",
            "moments: none\nmoment:",
            "10: moments: 'none' should be a list; in YAML, begin each item with a hyphen.",
        ),
        ("- says: Thank them.", "- [Thank, them]\n      - says: Thank them.", "'a list' should be a mapping"),
        ("job: clerk", "job: !!python/object/apply:os.system [id]", "6: 'tag:yaml.org,2002:python/object/apply:os"),
        ("job: clerk", "job: &a clerk", "6: anchors and aliases (& and *) are not used in packs; write it out."),
        ("job: clerk", "job: *a", "6: anchors and aliases"),
        ("job: clerk", "job: {a: {b: " + "{c: " * 30 + "}" * 32, "6: is nested more than 20 deep."),
        ("job: clerk", "job: 'clerk", "is not YAML:"),
        ("job: clerk", "job: clerk\n---\njob: other", "7: a pack is one document; take out the '---'."),
        ("job: clerk", "job: clerk\n? [a]\n: b", "a name should be a plain word"),
        ("job: clerk", f"job: {'x' * 90}", "6: job: 'xxxxxxxxxxxxxxx"),
    ],
)
def test_each_mistake_is_reported_with_line_path_value_and_remedy(old: str, new: str, message: str) -> None:
    assert old in GOOD
    found = problems(GOOD.replace(old, new, 1))
    assert any(message in problem for problem in found), found


@pytest.mark.parametrize("text", ["", "just words", "- a\n- list", "42", "\x00", "{", "\t- x"])
def test_text_that_is_not_a_mapping_is_one_problem(text: str) -> None:
    assert len(problems(text)) == 1


def test_all_problems_of_a_file_are_reported_at_once() -> None:
    broken = GOOD.replace("title:", "titel:").replace("does: hold_back", "does: nap").replace("id: week", "id: A B")
    assert len(problems(broken)) == 4


def test_a_title_that_looks_like_another_yaml_type_stays_text() -> None:
    for title in ("NO", "1e3", "2026-03-03", "~ish", "0x10"):
        assert read_scenario(GOOD.replace("A small one", title), "p.yaml").title == title


def test_the_same_structure_is_read_from_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON is YAML too, and it is read even without PyYAML, as in a browser."""
    import sys

    as_json = json.dumps(
        {
            "id": "small",
            "title": "A small one",
            "teaches": "That one thanks after a week.",
            "practises": ["thank-you"],
            "candidate": "Ada",
            "job": "clerk",
            "employer": "Acme",
            "interview": "2026-03-03 10:00",
            "story": "They said that they would be in touch.",
            "moments": [
                {
                    "id": "week",
                    "at": "2026-03-10 11:00",
                    "scene": "A week has gone by.",
                    "choices": [
                        {"says": "Thank them.", "does": "thank_you_email", "then": "Sent."},
                        {"says": "Wait.", "does": "hold_back"},
                    ],
                }
            ],
            "endings": [{"tells": "They write."}],
        }
    )
    with_yaml = read_scenario(as_json, "p.json")
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.delitem(sys.modules, "etiquette.files.yaml_tree")
    without_yaml = read_scenario(as_json, "p.json")
    assert without_yaml.version == read_scenario(as_json, "p.json").version
    assert [m.scene for m in without_yaml.moments] == [m.scene for m in with_yaml.moments]
    with pytest.raises(PackError, match="PyYAML is not installed"):
        read_scenario(GOOD, "p.yaml")


def test_a_huge_file_is_rejected_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        os.truncate(file.fileno(), 50 * 2**20)
    with pytest.raises(PackError, match="52,428,800 bytes long"):
        load_scenario(huge)


def test_text_that_is_not_utf8_is_rejected_with_its_line(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(GOOD.replace("Acme", "Acmé").encode("latin-1"))
    with pytest.raises(PackError, match=r"latin\.yaml:7: is not UTF-8"):
        load_scenario(latin)


def test_an_id_used_twice_names_both_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(GOOD, encoding="utf-8")
    two.write_text(GOOD, encoding="utf-8")
    with pytest.raises(PackError, match=r"two\.yaml:1: id: 'small' is the id of .*one\.yaml too"):
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
    assert "is no file" in capsys.readouterr().err


@given(some.text(max_size=400))
@settings(max_examples=300)
def test_any_text_raises_nothing_but_a_pack_error(text: str) -> None:
    with pytest.raises(PackError):
        read_scenario(text, "p.yaml")


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


def test_the_shipped_article_policy_equals_the_built_in_one() -> None:
    assert policies()["article"] == ARTICLE


def test_verdicts_follow_from_the_policy() -> None:
    from etiquette import Action, assess
    from tests.builders import a_situation

    within_a_day = policies()["thanks-within-a-day"]
    evening = a_situation(5)
    assert assess(evening, Action(Kind.THANK_YOU_EMAIL)).verdict == "pesky"
    assert assess(evening, Action(Kind.THANK_YOU_EMAIL), within_a_day).credit == 100
    assert assess(evening, Action(Kind.HOLD_BACK), within_a_day).credit == 70
    assert assess(a_situation(30), Action(Kind.HOLD_BACK), within_a_day).verdict == "passive"
    assert "24 hours" in assess(evening, Action(Kind.THANK_YOU_EMAIL), within_a_day).reading


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "id: x\ntitle: X\nsource: me\nthresholds:\n  quite: 3",
            "thresholds.quite: unknown field. Did you mean 'quiet'?",
        ),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  quiet: -3", "'-3' should be a number of hours from 1 to 100000."),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  quiet: nan", "'nan' should be a number of hours"),
        ("id: x\ntitle: X\nthresholds: {}", "source: is missing"),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  references_late: 500", "should lie between"),
    ],
)
def test_an_invalid_policy_is_rejected(text: str, message: str) -> None:
    with pytest.raises(PackError) as caught:
        read_policy(text, "p.yaml")
    assert message in str(caught.value)


def test_a_policy_may_leave_out_the_thresholds_it_does_not_change() -> None:
    policy = read_policy("id: x\ntitle: X\nsource: me\nthresholds:\n  quiet: 72\n", "p.yaml")
    assert policy.thresholds == Thresholds(quiet=hours(72))
