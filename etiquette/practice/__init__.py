"""Practice: the quiz and its generated questions, the lessons, and a learner's progress.

Questions are drawn at random from situation templates, and the policy determines which option is best. A `Progress` is
a set of records, from which best grades and due reviews are computed. `quiz_as_gift` and its like write a quiz for
other programs.
"""

from etiquette.practice.audit import QuizReport, check_questions
from etiquette.practice.gift import quiz_as_gift
from etiquette.practice.jobs import employer_of
from etiquette.practice.lessons import Cell, Lesson, lesson_on, lessons
from etiquette.practice.moodle_xml import quiz_as_moodle_xml
from etiquette.practice.outcome import Outcome
from etiquette.practice.progress import (
    LARGEST_PROGRESS,
    PROGRESS_TOO_LARGE,
    REVIEW_INTERVALS,
    Activity,
    Gain,
    NextStep,
    Progress,
    ProgressError,
    Review,
    merge,
    missed_topic,
)
from etiquette.practice.progress_folder import ProgressFolder
from etiquette.practice.qti import quiz_as_qti
from etiquette.practice.questions import MOST_OPTIONS, Option, Question
from etiquette.practice.quiz import (
    QUIZ_LENGTHS,
    Answer,
    GuidelineResult,
    Quiz,
    QuizDebrief,
    Sitting,
    Sureness,
)
from etiquette.practice.quiz_file import QuizFile
from etiquette.practice.quiz_json import quiz_as_json_lines
from etiquette.practice.quiz_text import quiz_as_text
from etiquette.practice.records import (
    PASS_MARK,
    Judged,
    Learned,
    Mode,
    Played,
    QuizTaken,
    Topic,
    format_timestamp,
    parse_timestamp,
)
from etiquette.practice.resume import (
    DRAFT_ITEM,
    QUIZ_ITEM,
    UNFINISHED,
    QuizPoint,
    ResumePoint,
    StoryPoint,
    latest_resume_point,
    resume_point_from_json,
    resume_point_to_json,
    story_item,
    time_of_resume_point,
)
from etiquette.practice.shortened import compact_json, shortened
from etiquette.practice.times_in_words import number_in_words

__all__ = [
    "DRAFT_ITEM",
    "LARGEST_PROGRESS",
    "MOST_OPTIONS",
    "PASS_MARK",
    "PROGRESS_TOO_LARGE",
    "QUIZ_ITEM",
    "QUIZ_LENGTHS",
    "REVIEW_INTERVALS",
    "UNFINISHED",
    "Activity",
    "Answer",
    "Cell",
    "Gain",
    "GuidelineResult",
    "Judged",
    "Learned",
    "Lesson",
    "Mode",
    "NextStep",
    "Option",
    "Outcome",
    "Played",
    "Progress",
    "ProgressError",
    "ProgressFolder",
    "Question",
    "Quiz",
    "QuizDebrief",
    "QuizFile",
    "QuizPoint",
    "QuizReport",
    "QuizTaken",
    "ResumePoint",
    "Review",
    "Sitting",
    "StoryPoint",
    "Sureness",
    "Topic",
    "check_questions",
    "compact_json",
    "employer_of",
    "format_timestamp",
    "latest_resume_point",
    "lesson_on",
    "lessons",
    "merge",
    "missed_topic",
    "number_in_words",
    "parse_timestamp",
    "quiz_as_gift",
    "quiz_as_json_lines",
    "quiz_as_moodle_xml",
    "quiz_as_qti",
    "quiz_as_text",
    "resume_point_from_json",
    "resume_point_to_json",
    "shortened",
    "story_item",
    "time_of_resume_point",
]
