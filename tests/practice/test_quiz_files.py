"""A quiz written for other programs: read back, it has every text, grade and reason, whatever is in them."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import pytest
from moodle_xml_parser.parser import parse_bytes

from etiquette.judge import AN_HOUR, Verdict
from etiquette.practice import (
    Question,
    Quiz,
    QuizFile,
    quiz_as_gift,
    quiz_as_json_lines,
    quiz_as_moodle_xml,
    quiz_as_qti,
    quiz_as_text,
)
from etiquette.practice.moodle_grades import MOODLE_GRADES, nearest_moodle_grade

NASTY = '<b>a & b</b> &amp; \\ ~ = # { } : %50% // [html] ::x:: \\n \\: #### ]]> "’'


def with_nasty_texts(question: Question) -> Question:
    """The question with texts in which every character could be taken for the format's own."""
    options = tuple(replace(option, says=f"{n} {NASTY}") for n, option in enumerate(question.options))
    return replace(question, story=f"{NASTY}\n\n{NASTY}", options=options)


PLAIN = Quiz.draw("written", 20)
QUIZZES = [PLAIN, replace(PLAIN, questions=tuple(map(with_nasty_texts, PLAIN.questions)))]
both = pytest.mark.parametrize("quiz", QUIZZES, ids=["as drawn", "nasty texts"])


def told(question: Question) -> list[str]:
    """What every format has to say of a situation: the story's paragraphs, and when it is."""
    return [*question.story.split("\n\n"), f"{question.situation.date(question.situation.now)}: Now"]


@both
def test_json_has_one_question_a_line_with_everything_that_a_program_asks_for(quiz: Quiz) -> None:
    lines = quiz_as_json_lines(quiz).content.decode().splitlines()
    for line, question in zip(lines, quiz.questions, strict=True):
        read = json.loads(line)
        assert read["id"] == question.id
        assert read["guideline"] == question.guideline
        assert read["situation"] == question.story
        assert [(each["says"], each["kind"], each["credit"]) for each in read["options"]] == [
            (option.says, option.action.kind, option.credit) for option in question.options
        ]
        assert all(each["verdict"] in set(Verdict) and each["reason"] for each in read["options"])


def test_the_timeline_in_json_tells_the_hours_the_local_time_whose_and_what() -> None:
    for line, question in zip(quiz_as_json_lines(PLAIN).content.decode().splitlines(), PLAIN.questions, strict=True):
        timeline, situation = json.loads(line)["timeline"], question.situation
        assert situation.interview is not None
        assert datetime.fromisoformat(timeline[0]["at"]) == situation.interview.replace(tzinfo=None)
        assert [each["hours"] for each in timeline] == sorted(each["hours"] for each in timeline)
        assert {each["whose"] for each in timeline} <= {"you", "they", "both"}
        (now,) = (each for each in timeline if each["what"] == "Now")
        assert now["hours"] == pytest.approx(situation.now / AN_HOUR, abs=0.001)
        assert now["at"] == situation.local_time(situation.now).isoformat(timespec="minutes")
        assert len([each for each in timeline if each["whose"] == "you"]) == len(situation.contacts)


def questions_in_gift(text: str) -> Iterator[tuple[str, str, list[tuple[str, str, str]], str]]:
    """Each question's title and text, its options as (mark, text, feedback), and its general feedback.

    Read as Moodle reads it: escapes first, then what is left of the special characters.
    """
    hidden = {f"\\{character}": chr(0xE000 + n) for n, character in enumerate("\\~=#{}:n")}
    shown = str.maketrans("".join(hidden.values()), "\\~=#{}:\n")
    for source in text.rstrip("\n").split("\n\n"):
        parts = re.split(r"(\\[\\~=#{}:n])", source)
        read = "".join(hidden.get(part, part) for part in parts)
        whole = re.fullmatch(r"::([^:]*)::([^{]*)\{(.*)####([^#]*)\}", read, re.DOTALL)
        assert whole, source
        options = re.findall(r"(=|~%[\d.]+%)([^~=#]*)#([^~=#]*)", whole[3])
        unescaped = [[part.translate(shown).strip() for part in option] for option in options]
        title, stem, feedback = (whole[n].translate(shown).strip() for n in (1, 2, 4))
        yield title, stem, [(mark, says, why) for mark, says, why in unescaped], feedback


@both
def test_gift_has_every_text_grade_and_reason(quiz: Quiz) -> None:
    read = list(questions_in_gift(quiz_as_gift(quiz).content.decode()))
    for (title, stem, options, feedback), question in zip(read, quiz.questions, strict=True):
        assert title == question.id
        assert stem.startswith("[plain]")
        assert all(part in stem for part in told(question))
        assert feedback
        for number, (mark, says, why) in enumerate(options):
            option = question.options[number]
            assert says == option.says
            verdict = option.assessment.verdict.capitalize()
            assert why == f"{verdict}, credit {option.credit} out of 100. {option.reason}"
            grade = MOODLE_GRADES[nearest_moodle_grade(question.share(number))]
            assert mark == ("=" if number == question.best else f"~%{grade}%")
        assert len(options) == len(question.options)


def test_an_arrow_does_not_turn_a_question_in_gift_into_a_matching_one() -> None:
    question = replace(PLAIN.questions[0], options=tuple(replace(o, says="a -> b") for o in PLAIN.questions[0].options))
    assert b"->" not in quiz_as_gift(replace(PLAIN, questions=(question,))).content


@both
def test_moodle_xml_has_every_text_grade_and_reason(quiz: Quiz) -> None:
    """Read by a parser that others wrote, which resolves the entities of the HTML in it too."""
    read = parse_bytes(quiz_as_moodle_xml(quiz).content)["multichoice"]
    for found, question in zip(read, quiz.questions, strict=True):
        assert (found.name, found.single, found.shuffle_answers, found.default_grade) == (question.id, True, True, 1)
        assert found.general_feedback
        assert all(f">{part}<" in found.text_pre_parse for part in told(question))
        for number, (option, asked) in enumerate(zip(found.options, question.options, strict=True)):
            assert option.answer == f"<p>{asked.says}</p>"
            assert option.feedback.endswith(f"{asked.reason}</p>")
            assert option.score_fraction == pytest.approx(nearest_moodle_grade(question.share(number)), abs=0.001)


@both
def test_html_in_moodle_xml_is_escaped(quiz: Quiz) -> None:
    root = ElementTree.fromstring(quiz_as_moodle_xml(quiz).content)
    for found, question in zip(root.findall("question"), quiz.questions, strict=True):
        texts = [each.findtext("text", "") for each in found.findall("answer")]
        assert texts == [f"<p>{html.escape(option.says)}</p>" for option in question.options]
        assert found.findtext("idnumber") == question.id


QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGING = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


@both
def test_a_qti_package_has_a_manifest_and_a_file_for_each_question(quiz: Quiz) -> None:
    with zipfile.ZipFile(io.BytesIO(quiz_as_qti(quiz).content)) as package:
        assert package.testzip() is None
        manifest, *items = package.namelist()
        assert manifest == "imsmanifest.xml"
        resources = ElementTree.fromstring(package.read(manifest)).findall(f".//{PACKAGING}resource")
        assert [each.get("href") for each in resources] == items
        assert {each.get("type") for each in resources} == {"imsqti_item_xmlv2p1"}
        for resource, question in zip(resources, quiz.questions, strict=True):
            item = ElementTree.fromstring(package.read(resource.get("href", "")))
            assert item.get("identifier") == resource.get("identifier") == f"item-{question.id}"


@both
def test_a_qti_item_has_every_text_grade_and_reason(quiz: Quiz) -> None:
    with zipfile.ZipFile(io.BytesIO(quiz_as_qti(quiz).content)) as package:
        for path, question in zip(package.namelist()[1:], quiz.questions, strict=True):
            item = ElementTree.fromstring(package.read(path))
            choices = item.findall(f".//{QTI}simpleChoice")
            names = [each.get("identifier", "") for each in choices]
            assert [each.text for each in choices] == [option.says for option in question.options]
            body = [each.text for each in item.iter() if each.tag in (f"{QTI}p", f"{QTI}li")]
            assert all(part in body for part in told(question))
            assert item.findtext(f".//{QTI}correctResponse/{QTI}value") == names[question.best]
            mapped = {each.get("mapKey"): each.get("mappedValue") for each in item.iter(f"{QTI}mapEntry")}
            assert {name: float(mapped[name] or "nan") for name in names} == {
                name: question.share(number) / 100 for number, name in enumerate(names)
            }
            feedback = {each.get("identifier"): each for each in item.findall(f"{QTI}modalFeedback")}
            for name, option in zip(names, question.options, strict=True):
                assert option.reason in (feedback[name].findtext(f"{QTI}p") or "")


@pytest.mark.parametrize("write", [quiz_as_gift, quiz_as_moodle_xml, quiz_as_qti, quiz_as_json_lines, quiz_as_text])
def test_the_same_quiz_is_the_same_file(write: Callable[[Quiz], QuizFile]) -> None:
    assert write(PLAIN) == write(Quiz.draw("written", 20))


@pytest.mark.parametrize(
    ("share", "grade"), [(100, "100"), (84, "83.33333"), (65, "66.66667"), (47, "50"), (45, "50"), (2, "0"), (3, "5")]
)
def test_a_grade_that_moodle_does_not_know_becomes_the_nearest_that_it_does(share: int, grade: str) -> None:
    assert MOODLE_GRADES[nearest_moodle_grade(share)] == grade


def test_what_a_format_cannot_carry_is_said() -> None:
    shares = [question.share(number) for question in PLAIN.questions for number in range(len(question.options))]
    rounded = [share for share in shares if nearest_moodle_grade(share) != share]
    assert rounded
    for written in (quiz_as_gift(PLAIN), quiz_as_moodle_xml(PLAIN)):
        assert any(f"{len(rounded)} of {len(shares)} options were rounded" in loss for loss in written.losses)
    assert any("modal feedback" in loss for loss in quiz_as_qti(PLAIN).losses)
    for written in (quiz_as_gift(PLAIN), quiz_as_moodle_xml(PLAIN), quiz_as_qti(PLAIN)):
        assert any("timeline" in loss for loss in written.losses)
    assert quiz_as_json_lines(PLAIN).losses == quiz_as_text(PLAIN).losses == ()


def test_the_text_has_all_questions_before_the_first_answer() -> None:
    text = quiz_as_text(PLAIN).content.decode()
    questions, answers = text.split("\nAnswers\n")
    assert all(len(line) <= 80 for line in text.splitlines())
    for number, question in enumerate(PLAIN.questions, start=1):
        assert f"Question {number}\n" in questions
        best = "abcd"[question.best]
        assert f"Question {number}: {best})" in answers
        for option in question.options:
            assert " ".join(option.says.split()) in " ".join(questions.split())
            assert option.reason not in " ".join(questions.split())
            assert option.reason in " ".join(answers.split())
