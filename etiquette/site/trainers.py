"""The page for those who run a course: the quiz in files for their learning platform, and how to use the site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from etiquette.judge import ARTICLE, Policy
from etiquette.practice import PASS_MARK, Quiz, QuizFile, quiz_as_gift, quiz_as_moodle_xml, quiz_as_qti

HERE = Path(__file__).parent
SEED, QUESTIONS = "trainers", 20
QUIZ_FOLDER = "quiz"


@dataclass(frozen=True, slots=True)
class QuizExport:
    """A format: its title, the name of the file, what it is for, and what writes it."""

    title: str
    file_name: str
    purpose: str
    write: Callable[[Quiz], QuizFile]


EXPORTS = (
    QuizExport(
        "Moodle XML",
        "quiz-moodle.xml",
        "For Moodle. In the question bank, choose “Import”, then “Moodle XML format”.",
        quiz_as_moodle_xml,
    ),
    QuizExport(
        "GIFT",
        "quiz-gift.txt",
        "Plain text that Moodle and some other platforms import. Take it if you’d like to read or change the questions "
        "first.",
        quiz_as_gift,
    ),
    QuizExport(
        "QTI 2.1",
        "quiz-qti.zip",
        "For other platforms that import QTI packages. Upload the zip file as it is.",
        quiz_as_qti,
    ),
)

EXPORT = Markup(
    '<li><a href="{folder}/{name}" download>{title}</a> <p>{purpose}</p>'
    "<details><summary>What it can’t carry</summary><ul>{losses}</ul></details></li>"
)


def write_trainers_page(folder: Path, policy: Policy) -> None:
    """Write `trainers.html` into this folder, and the files of one quiz by this policy into its folder `quiz`.

    Raises:
        OSError: the folder cannot be written.
    """
    quiz = Quiz.draw(SEED, QUESTIONS, policy)
    (folder / QUIZ_FOLDER).mkdir(parents=True, exist_ok=True)
    items = Markup("\n").join(_write_export(each, quiz, folder / QUIZ_FOLDER) for each in EXPORTS)
    html = Markup((HERE / "trainers.html").read_text(encoding="utf-8")).format(
        style=Markup((HERE / "trainers.css").read_text(encoding="utf-8")),
        rules="the article’s rules" if policy == ARTICLE else f"these rules: {policy.title}",
        questions=QUESTIONS,
        pass_mark=PASS_MARK,
        exports=items,
    )
    (folder / "trainers.html").write_text(html, encoding="utf-8")


def _write_export(export: QuizExport, quiz: Quiz, folder: Path) -> Markup:
    """Write the file, and return its item in the page's list."""
    written = export.write(quiz)
    (folder / export.file_name).write_bytes(written.content)
    losses = Markup("").join(Markup("<li>{}</li>").format(loss) for loss in written.losses)
    return EXPORT.format(
        folder=QUIZ_FOLDER, name=export.file_name, title=export.title, purpose=export.purpose, losses=losses
    )
