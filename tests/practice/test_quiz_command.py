"""`etiquette quiz`: the quiz on standard output or in a file, and on standard error what goes with it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etiquette.cli import main
from etiquette.files import library_files
from etiquette.practice import Quiz, QuizFile, quiz_as_gift, quiz_as_moodle_xml, quiz_as_text

SEEDED = ["quiz", "--seed", "s", "--questions", "4"]


def test_it_prints_the_quiz_as_text_unless_it_is_told_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SEEDED) == 0
    printed = capsys.readouterr()
    assert printed.out == quiz_as_text(Quiz.draw("s", 4)).content.decode()
    assert printed.err == ""


def test_without_a_seed_it_draws_a_new_quiz_and_says_how_to_draw_it_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quiz", "--questions", "2"]) == 0
    first = capsys.readouterr()
    assert first.err.startswith("To draw this quiz again: --seed ")
    assert main(["quiz", "--questions", "2", "--seed", first.err.split()[-1]]) == 0
    assert capsys.readouterr().out == first.out


def test_as_json_it_can_be_about_one_guideline_and_judged_by_another_policy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    policy = next(path for path in library_files("policies") if "thanks-within" in path.name)
    assert main([*SEEDED, "--json", "--guideline", "thank-you", "--policy", str(policy)]) == 0
    read = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [question["guideline"] for question in read] == ["thank-you"] * 4
    assert main([*SEEDED, "--json", "--guideline", "thank-you"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] != read


@pytest.mark.parametrize(("name", "write"), [("gift", quiz_as_gift), ("moodle-xml", quiz_as_moodle_xml)])
def test_for_a_platform_it_says_what_the_format_cannot_carry(
    name: str, write: Callable[[Quiz], QuizFile], capsys: pytest.CaptureFixture[str]
) -> None:
    written = write(Quiz.draw("s", 4))
    assert main([*SEEDED, "--format", name]) == 0
    printed = capsys.readouterr()
    assert printed.out.encode() == written.content
    assert printed.err.splitlines() == [f"What {name} can’t carry:", *(f"- {loss}" for loss in written.losses)]


def test_a_package_needs_a_file_to_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SEEDED, "--format", "qti2.1"]) == 2
    assert "--output" in capsys.readouterr().err
    assert main([*SEEDED, "--format", "qti2.1", "--output", str(tmp_path / "quiz.zip")]) == 0
    assert capsys.readouterr().out == ""
    assert len(zipfile.ZipFile(tmp_path / "quiz.zip").namelist()) == 5


def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quiz", "--questions", "0"]) == 2
    assert capsys.readouterr().err.startswith("No quiz: a quiz has from 1 to ")
    assert main([*SEEDED, "--output", str(tmp_path / "none" / "quiz.txt")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    (tmp_path / "policy.yaml").write_text("id: mine\n", encoding="utf-8")
    assert main([*SEEDED, "--policy", str(tmp_path / "policy.yaml")]) == 2
    assert "policy.yaml" in capsys.readouterr().err
