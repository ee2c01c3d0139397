"""A quiz as a package in QTI 2.1, the 1EdTech standard that many learning platforms read."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

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

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
ITEM_SCHEMA = f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
PACKAGE_SCHEMA = f"{PACKAGING} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
TIMESTAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold, so that the same quiz is the same file
READABLE = 0o644 << 16
LOSSES = (
    "Feedback is modal feedback, which a platform may leave out. The guideline is written below each reason, because "
    "a question has no feedback of its own.",
    "The package contains only the questions, so add them to a test on your platform.",
)


def quiz_as_qti(quiz: Quiz) -> QuizFile:
    """The quiz as a zip file: a manifest, and one file for each question."""
    files = {"imsmanifest.xml": _manifest(quiz)}
    files |= {_path(question): _item(question) for question in quiz.questions}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for path, element in files.items():
            entry = zipfile.ZipInfo(path, TIMESTAMP)
            entry.create_system, entry.external_attr = 3, READABLE  # as on Unix, wherever it is written
            package.writestr(entry, _document(element))
    return QuizFile(packed.getvalue(), (*losses_of_all_formats(quiz.questions), *LOSSES))


def _document(element: Element) -> bytes:
    ElementTree.indent(element)
    document: bytes = ElementTree.tostring(element, encoding="UTF-8", xml_declaration=True)
    return document + b"\n"


def _identifier(question: Question) -> str:
    return f"item-{question.id}"


def _path(question: Question) -> str:
    return f"items/{question.id}.xml"


def _manifest(quiz: Quiz) -> Element:
    manifest = Element("manifest", {"xmlns": PACKAGING, LOCATION: PACKAGE_SCHEMA, "identifier": f"quiz-{quiz.version}"})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    for question in quiz.questions:
        path = _path(question)
        resource = SubElement(
            resources, "resource", identifier=_identifier(question), type="imsqti_item_xmlv2p1", href=path
        )
        SubElement(resource, "file", href=path)
    return manifest


def _item(question: Question) -> Element:
    item = Element(
        "assessmentItem",
        {
            "xmlns": QTI,
            LOCATION: ITEM_SCHEMA,
            "identifier": _identifier(question),
            "title": question.id,
            "adaptive": "false",
            "timeDependent": "false",
        },
    )
    _declare(item, question)
    body = SubElement(item, "itemBody")
    for part in question.story.split("\n\n"):
        SubElement(body, "p").text = part
    events = SubElement(body, "ul")
    for line in timeline_lines(question):
        SubElement(events, "li").text = line
    choices = SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1")
    SubElement(choices, "prompt").text = PROMPT
    for number, option in enumerate(question.options):
        SubElement(choices, "simpleChoice", identifier=_choice(number)).text = option.says
    _process(item)
    for number, option in enumerate(question.options):
        feedback = SubElement(
            item, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=_choice(number), showHide="show"
        )
        SubElement(feedback, "p").text = option_feedback(option)
        SubElement(feedback, "p").text = question_feedback(question)
    return item


def _choice(number: int) -> str:
    return f"choice-{number + 1}"


def _declare(item: Element, question: Question) -> None:
    """The response with the score of each choice, and the outcomes."""
    response = SubElement(
        item, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="identifier"
    )
    SubElement(SubElement(response, "correctResponse"), "value").text = _choice(question.best)
    mapping = SubElement(response, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
    for number in range(len(question.options)):
        share = f"{question.share(number) / 100:g}"
        SubElement(mapping, "mapEntry", mapKey=_choice(number), mappedValue=share)
    for name, value in (("SCORE", "0"), ("MAXSCORE", "1")):
        outcome = SubElement(item, "outcomeDeclaration", identifier=name, cardinality="single", baseType="float")
        SubElement(SubElement(outcome, "defaultValue"), "value").text = value
    SubElement(item, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")


def _process(item: Element) -> None:
    """An answer sets the score and chooses the feedback; without one, there is neither."""
    condition = SubElement(SubElement(item, "responseProcessing"), "responseCondition")
    answered = SubElement(condition, "responseIf")
    SubElement(SubElement(SubElement(answered, "not"), "isNull"), "variable", identifier="RESPONSE")
    score = SubElement(answered, "setOutcomeValue", identifier="SCORE")
    SubElement(score, "mapResponse", identifier="RESPONSE")
    feedback = SubElement(answered, "setOutcomeValue", identifier="FEEDBACK")
    SubElement(feedback, "variable", identifier="RESPONSE")
