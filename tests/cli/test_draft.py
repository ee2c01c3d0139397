"""`etiquette draft`: what is judged, what it prints, and what its exit code says."""

from __future__ import annotations

import io
import json
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from etiquette.cli import main
from etiquette.drafts import REMARKS, Label, MessageKind, assess_draft, last_check, suggest

GOOD = """Dear Ms Ko,

Thank you for meeting me on Monday about the clerk role. I look forward to hearing from you.

Kind regards,
Tom Reed
"""
BAD = GOOD.replace("I look", "Please tell me whether I got the job. I look")
BARE = "Dear Ms Ko, I look forward to hearing from you. Tom Reed"
KIND = ["--kind", "thank_you_email"]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A thank-you email as it should be."""
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """The same email, and it asks for the outcome."""
    path = tmp_path / "bad.txt"
    path.write_text(BAD, encoding="utf-8")
    return path


def type_in(monkeypatch: pytest.MonkeyPatch, words: str | io.BytesIO) -> None:
    """Put these words on standard input."""
    raw = io.BytesIO(words.encode()) if isinstance(words, str) else words
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw, encoding="utf-8"))


def as_json(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The objects that were printed, one a line."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_it_prints_the_verdict_and_quotes_the_words_that_matter(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", *KIND, str(bad)]) == 1
    verdict, *remarks = capsys.readouterr().out.splitlines()
    assert verdict.startswith("Pesky, credit ")
    outcome = next(line for line in remarks if line.startswith(f"  {REMARKS[Label.ASKS_OUTCOME].name}: "))
    assert "I got the job" in outcome[outcome.index("“") :]


def test_what_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bare.txt"
    path.write_text(BARE, encoding="utf-8")
    main(["draft", *KIND, str(path)])
    assert f"  missing, {REMARKS[Label.THANKS].name}: {REMARKS[Label.THANKS].missing}\n" in capsys.readouterr().out


def test_suggestions_and_the_last_check_follow(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assessment = assess_draft(BAD, MessageKind.THANK_YOU_EMAIL)
    main(["draft", *KIND, str(bad)])
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith(("  Instead of “", "  Leave out “")) for line in lines) == len(suggest(assessment))
    checks = [f"  [{'x' if check.passed else ' '}] {check.words}" for check in last_check(assessment)]
    assert lines[len(lines) - len(checks) :] == checks


def test_a_long_passage_is_quoted_by_its_beginning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "long.txt"
    path.write_text(GOOD + "We spoke about the work. " * 300, encoding="utf-8")
    main(["draft", *KIND, str(path)])
    printed = capsys.readouterr().out
    assert f"  {REMARKS[Label.OVERLONG].name}: " in printed
    assert max(len(line) for line in printed.splitlines()) < 1_500


def test_each_of_several_files_has_its_name_above_it(good: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["draft", *KIND, str(good), str(bad)])
    printed = capsys.readouterr().out
    assert printed.startswith(f"{good}\nPersistent, credit 100.")
    assert f"\n\n{bad}\nPesky, credit " in printed


def test_one_file_has_no_heading(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["draft", *KIND, str(good)])
    assert capsys.readouterr().out.startswith("Persistent, credit 100.")


@pytest.mark.parametrize("arguments", [[], ["-"], ["--file", "-"]])
def test_it_reads_standard_input(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, GOOD)
    assert main(["draft", *KIND, *arguments]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Persistent, credit 100.")
    assert printed.err == ""


def test_at_a_terminal_it_says_how_to_end_the_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.BytesIO):
        def isatty(self) -> bool:
            return True

    type_in(monkeypatch, Terminal(GOOD.encode()))
    main(["draft", *KIND])
    assert "Ctrl+D" in capsys.readouterr().err


def test_as_json_each_file_is_a_line_with_the_words_at_each_position(
    good: Path, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", *KIND, "--json", str(good), str(bad)]) == 1
    first, second = as_json(capsys)
    assert (first["file"], second["file"]) == (str(good), str(bad))
    assert (first["verdict"], second["verdict"]) == ("persistent", "pesky")
    assert (first["must_go"], second["must_go"]) == ([], ["asks_outcome"])
    assert set(second["labels"]) == {label.value for label in Label}
    assert second["labels"]["asks_outcome"] is True
    assert second["marks"]
    for each in [*second["marks"], *second["suggestions"]]:
        assert BAD[each["start"] : each["end"]] == each["text"]


def test_as_json_it_says_what_to_write_instead_and_what_was_not_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BAD + "\nOn Mon, 2 Mar 2026 at 11:00, Ada Ko <ada@ko.example> wrote:\n> Did you get the job?\n"
    path = tmp_path / "reply.txt"
    path.write_text(text, encoding="utf-8")
    assessment = assess_draft(text, MessageKind.THANK_YOU_EMAIL)
    main(["draft", *KIND, "--json", str(path)])
    (answer,) = as_json(capsys)
    assert [(each["start"], each["end"]) for each in answer["set_aside"]] == [
        (span.start, span.end) for span in assessment.set_aside
    ]
    assert [(each["words"], set(each["labels"])) for each in answer["suggestions"]] == [
        (each.words, set(each.labels)) for each in suggest(assessment)
    ]


def test_the_older_form_with_file_as_an_option_still_works(
    good: Path, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", "--file", str(bad), *KIND, "--json"]) == 1
    older = as_json(capsys)
    assert main(["draft", *KIND, "--json", str(bad)]) == 1
    assert as_json(capsys) == older
    main(["draft", "--file", str(bad), "--file", str(good), *KIND, "--json"])
    assert [each["file"] for each in as_json(capsys)] == [str(bad), str(good)]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([GOOD], 0),
        ([BARE], 0),
        ([BAD], 1),
        ([BAD, GOOD], 1),
        ([GOOD, ""], 2),
        (["", BAD], 2),
        ([BAD, "Vielen Dank für das Gespräch am Montag, ich freue mich sehr auf Ihre Antwort."], 2),
    ],
)
def test_the_exit_code_is_that_of_the_worst(texts: list[str], code: int, tmp_path: Path) -> None:
    """0: nothing must go, although something may be missing; 1: something must go; 2: one could not be judged."""
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    assert main(["draft", *KIND, *map(str, paths)]) == code


def test_its_help_says_what_the_exit_codes_mean(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["draft", "--help"])
    assert "Exits with 0 if nothing has to go" in capsys.readouterr().out


def test_line_ends_and_byte_order_marks_do_not_matter(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Positions count a line end as one character."""
    main(["draft", *KIND, "--json", str(bad)])
    plain = as_json(capsys)
    bad.write_bytes(b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode())
    main(["draft", *KIND, "--json", str(bad)])
    assert as_json(capsys) == plain


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There’s nothing to check yet."),
        (b"\xff\xfeD\0e\0a\0r\0", "This isn’t plain text in UTF-8. Save the message as a text file"),
        (b"Dear Ms Ko\0\0\0", "This isn’t plain text in UTF-8. Save the message as a text file"),
        ("Grüße".encode("latin-1"), "This isn’t plain text in UTF-8. Save the message as a text file"),
        (b"Merci pour l'entretien de lundi, j'attends vos nouvelles.", "This doesn’t look like English"),
    ],
)
def test_a_file_that_cannot_be_judged_is_named_with_the_reason_and_the_others_are_judged(
    content: bytes, sentence: str, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.doc"
    path.write_bytes(content)
    assert main(["draft", *KIND, str(path), str(good)]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"{path}: {sentence}")
    assert printed.out.startswith(f"{good}\nPersistent")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", *KIND, str(tmp_path / "none.txt"), str(tmp_path)]) == 2
    missing, folder = capsys.readouterr().err.splitlines()
    assert missing == f"{tmp_path / 'none.txt'}: No such file or directory."
    assert folder.startswith(f"{tmp_path}: This is a folder.")


def test_what_is_wrong_with_standard_input_is_said_of_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, " \n")
    assert main(["draft", *KIND]) == 2
    assert capsys.readouterr().err.startswith("standard input: There’s nothing to check yet.")


def test_as_json_a_file_that_cannot_be_judged_has_an_error(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", *KIND, "--json", str(tmp_path), str(good)]) == 2
    printed = capsys.readouterr()
    failed, judged = map(json.loads, printed.out.splitlines())
    assert set(failed) == {"file", "error"}
    assert printed.err == f"{failed['file']}: {failed['error']}\n"
    assert judged["verdict"] == "persistent"


def test_an_email_is_recognised_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = EmailMessage()
    message["Subject"] = "Did I get the job?"
    message.set_content(GOOD)
    path = tmp_path / "Thanks.EML"
    path.write_bytes(bytes(message))
    assert main(["draft", *KIND, str(path)]) == 0
    assert capsys.readouterr().out.startswith("Persistent, credit 100.")


def test_a_damaged_email_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cut.eml"
    path.write_bytes(b"Subject: Thanks\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nThank you for\n")
    assert main(["draft", *KIND, str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: This email is damaged")


def test_a_kind_that_there_is_not_is_refused_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["draft", "--kind", "letter"])
    assert ended.value.code == 2
    printed = capsys.readouterr().err
    assert "invalid choice: 'letter'" in printed
    assert "MessageKind" not in printed


def test_control_c_ends_it_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
            raise KeyboardInterrupt

    type_in(monkeypatch, Interrupted())
    assert main(["draft", *KIND]) == 130
    assert capsys.readouterr() == ("", "")
