"""What the parts of a session are called, and what happens in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES, Policy
from etiquette.practice import Option, Question, Quiz, employer_of
from etiquette.room import Agenda, AgendaPart, FreeQuestion, JudgedQuestion, Play, Prompt, PromptOption
from etiquette.stories import Scenario
from etiquette.views.controls import paragraphs
from etiquette.views.room.preparation.options_text import options_text
from etiquette.views.room.preparation.story_outline import story_outline

LONGEST_TITLE = 80


def part_title(part: AgendaPart) -> str:
    """The title of a part, on one line."""
    match part:
        case Quiz():
            if len(part.questions) == 1:
                return _question_title(part.questions[0])
            about = f" on {GUIDELINE_TITLES[part.guideline].lower()}" if part.guideline else ""
            return f"{len(part.questions)} questions{about}"
        case FreeQuestion() | JudgedQuestion():
            asks = " ".join(part.asks.split())
            return f"Your question: {asks if len(asks) <= LONGEST_TITLE else asks[: LONGEST_TITLE - 1] + '…'}"
        case Play():
            return part.scenario.title


def _question_title(question: Question) -> str:
    """A generated question by its employer and its guideline: 'The care home: references'."""
    guideline = GUIDELINE_TITLES[question.guideline]
    employer = employer_of(question.story)
    return f"{employer[0].upper()}{employer[1:]}: {guideline[0].lower()}{guideline[1:]}" if employer else guideline


def part_kind(part: AgendaPart) -> str:
    """How a part is played, as a sentence."""
    match part:
        case Quiz() | FreeQuestion() | JudgedQuestion():
            return "The room votes twice."
        case Play(together=True):
            return "The room plays it together."
        case Play():
            return "Each person plays it alone."


def part_about(part: AgendaPart) -> str:
    """What a story teaches, or how a single question begins; empty for others."""
    match part:
        case Play():
            return part.scenario.teaches
        case Quiz(questions=(question,)):
            return question.story.partition("\n\n")[0]
        case _:
            return ""


def part_details(part: AgendaPart, policy: Policy) -> Markup:
    """What happens in a part, folded away."""
    match part:
        case Play():
            outline = story_outline(part.scenario, policy)
            return folded("What happens in it", Markup("{}{}").format(story_opening(part.scenario), outline))
        case Quiz():
            texts = [question_text(Prompt.of_question(question)) for question in part.questions]
            if len(texts) == 1:  # `part_about` has its first paragraph
                question = replace(part.questions[0], story=part.questions[0].story.partition("\n\n")[2])
                texts = [question_text(Prompt.of_question(question))]
        case FreeQuestion():
            texts = [question_text(Prompt.of_free_question(part))]
        case JudgedQuestion():
            texts = [question_text(Prompt.of_question(part.question(policy)))]
    return folded("Read the question" if len(texts) == 1 else "Read the questions", Markup("<hr>").join(texts))


def folded(summary: str, content: Markup) -> Markup:
    """This content, behind a summary that opens it."""
    return Markup('<details class="pp-earlier"><summary>{}</summary>{}</details>').format(summary, content)


def story_opening(scenario: Scenario) -> Markup:
    """Who a story is about, what it practises, and how it begins."""
    practises = ", ".join(GUIDELINE_TITLES[guideline].lower() for guideline in scenario.practises)
    return Markup('<p class="pp-muted">{}, {} · practises {}</p>{}').format(
        scenario.job[0].upper() + scenario.job[1:], scenario.employer, practises, paragraphs(scenario.story)
    )


def question_text(prompt: Prompt) -> Markup:
    """A question with its options, the verdict on each, and the best one marked."""
    story = Markup("").join(paragraphs(passage.text) for passage in prompt.passages)
    return Markup("{}{}").format(story, options_text(prompt.options, prompt.best))


def judged_options(options: Sequence[Option]) -> Markup:
    """What the judge says about each option that a facilitator has entered."""
    prompted = [PromptOption(each.says, each.credit, each.reason, each.action, each.assessment) for each in options]
    return options_text(prompted, None, with_reasons=True)


def session_summary(agenda: Agenda) -> str:
    """What is in a session: '4 questions, “Nobody picks up” together, “The quiet week” alone'."""
    questions = sum(not isinstance(item, Play) for item in agenda.items)
    plays = [
        f"“{part.scenario.title}” {'together' if part.together else 'alone'}"
        for part in agenda.parts
        if isinstance(part, Play)
    ]
    counted = [f"{questions} question{'s' * (questions != 1)}"] if questions else []
    return ", ".join([*counted, *plays])


def about_minutes(count: int) -> str:
    """'about 12 minutes'."""
    return f"about {count} minutes" if count != 1 else "about a minute"
