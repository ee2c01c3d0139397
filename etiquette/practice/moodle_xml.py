"""A quiz in Moodle's XML format for questions.

Moodle describes it at https://docs.moodle.org/en/Moodle_XML_format.
"""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from etiquette.practice.moodle_grades import MOODLE_GRADES, nearest_moodle_grade, rounding_loss
from etiquette.practice.questions import Question
from etiquette.practice.quiz import Quiz
from etiquette.practice.quiz_file import (
    PROMPT,
    QuizFile,
    losses_of_all_formats,
    option_feedback,
    question_feedback,
    timeline_lines,
)


def quiz_as_moodle_xml(quiz: Quiz) -> QuizFile:
    """The quiz as an XML document in UTF-8."""
    root = Element("quiz")
    root.extend(_question(question) for question in quiz.questions)
    ElementTree.indent(root)
    content = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    return QuizFile(content, (*losses_of_all_formats(quiz.questions), *rounding_loss(quiz.questions)))


def _question(question: Question) -> Element:
    element = Element("question", type="multichoice")
    SubElement(SubElement(element, "name"), "text").text = question.id
    _add_html(element, "questiontext", _question_html(question))
    _add_html(element, "generalfeedback", f"<p>{escape(question_feedback(question))}</p>")
    settings = {
        "defaultgrade": "1",
        "penalty": "0",
        "hidden": "0",
        "idnumber": question.id,
        "single": "true",
        "shuffleanswers": "true",
        "answernumbering": "abc",
    }
    for name, value in settings.items():
        SubElement(element, name).text = value
    for number, option in enumerate(question.options):
        grade = MOODLE_GRADES[nearest_moodle_grade(question.share(number))]
        answer = _add_html(element, "answer", f"<p>{escape(option.says)}</p>")
        answer.set("fraction", grade)
        _add_html(answer, "feedback", f"<p>{escape(option_feedback(option))}</p>")
    SubElement(SubElement(SubElement(element, "tags"), "tag"), "text").text = question.guideline
    return element


def _question_html(question: Question) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in question.story.split("\n\n"))
    events = "".join(f"<li>{escape(line)}</li>" for line in timeline_lines(question))
    return f"{paragraphs}<ul>{events}</ul><p>{escape(PROMPT)}</p>"


def _add_html(parent: Element, name: str, html: str) -> Element:
    element = SubElement(parent, name, format="html")
    SubElement(element, "text").text = html
    return element
