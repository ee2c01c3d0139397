"""Reads from a draft what its replacement sentences need: the role, the day of the interview, the sender, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from etiquette.drafts.assessment import DraftAssessment
from etiquette.drafts.contact import contact_details
from etiquette.drafts.labels import Label
from etiquette.drafts.replacements import FIELDS
from etiquette.drafts.role import ARTICLES
from etiquette.drafts.sender import SAYS_WHO, is_name
from etiquette.drafts.tokens import gathered, is_known, sentences

WORD = re.compile(r"[\w’'&/-]+")
NOUNS = ("role", "position", "job", "post", "vacancy", "opening", "interview")
BEFORE_A_ROLE = frozenset({"about", "for", "re", "regarding", "of"})
FOR_A_ROLE = re.compile(
    r"\b(?:role|position|job|post|vacancy|interview|interviewed|applied|application|calling|ringing|writing)\s+"
    r"(?:of|as|for|about)\s+(?:(?:the|an?|your)\s+)?(?=((?:[\w’'-]+ ){0,3}[\w’'-]+))",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\b(?:(?:we|I|you) (?:met|spoke|talked|interviewed)|was interviewed|came (?:in|to see)|had (?:my|an|the) interview"
    r"|(?:meeting|seeing|having|interviewing|talking to|speaking to|speaking with) me)\b[^.!?\n]{0,60}?"
    r"\bon ((?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|the \d{1,2}(?:st|nd|rd|th)|"
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)))\b"
)
CLAUSE = re.compile(r"[,.:;\n]")
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Context:
    """What a draft says about itself; an empty text where it does not say.

    `job` is 'planner' if the draft is about the planner role, and `day`, when they met, follows the word 'on'.
    """

    job: str
    day: str
    sender: str
    contact: str

    @property
    def fields(self) -> dict[str, str]:
        """The known values of the fields of a replacement sentence. `role` is always known."""
        role = f"the {self.job} role" if self.job else "the role"
        known = {"role": role, "day": self.day, "sender": self.sender, "contact": self.contact}
        return {name: value for name, value in known.items() if value}

    def fill(self, wording: str) -> str:
        """A wording with its fields filled in. What the draft does not say is left out."""
        return wording.format(**dict.fromkeys(FIELDS, "") | self.fields)


def read_context(assessment: DraftAssessment, text: str) -> Context:
    """The context of an assessed draft; `text` is the part of it that was assessed."""
    day = DAY.search(text)
    contacts = contact_details(text)
    return Context(
        _job(text),
        day.group(1) if day else "",
        _sender(assessment),
        text[contacts[0].start : contacts[0].end] if contacts else "",
    )


def _job(text: str) -> str:
    """The words between an article, or the beginning of a clause, and a noun such as 'role'."""
    words = list(WORD.finditer(text))
    for place, word in enumerate(words):
        if word.group().lower() not in NOUNS:
            continue
        for back in range(place - 1, max(-1, place - MOST_WORDS - 2), -1):
            named = text[words[back + 1].start() : word.start()]
            article = words[back].group().lower() in ARTICLES
            if article or CLAUSE.search(text, words[back].end(), words[back + 1].start()):
                before = words[back - 1].group().lower() if article and back else ""
                if _is_job(named, before in BEFORE_A_ROLE and word.group().lower() != "interview"):
                    return _in_small_letters(named if article else named[0].lower() + named[1:])
                break
    for match in FOR_A_ROLE.finditer(text):
        following = match.group(1).split()
        for end in range(len(following), 0, -1):
            if _is_job(" ".join(following[:end]), False):
                return _in_small_letters(" ".join(following[:end]))
    return ""


def _is_job(named: str, is_about_it: bool) -> bool:
    """Whether these words name a job: the last is a trade or, where the draft says what it is about, no empty word."""
    words = named.lower().split()
    empty = gathered("jobs.txt")["EMPTY"]
    if not words or not re.fullmatch(r"[\w’'&/\s-]+", named) or "\n\n" in named or empty.intersection(words):
        return False
    return is_about_it or words[-1] in gathered("jobs.txt")["TRADES"]


def _in_small_letters(named: str) -> str:
    words = named.split()
    return " ".join(word.lower() if word.isupper() and len(word) > 3 else word for word in words)


def _sender(assessment: DraftAssessment) -> str:
    for mark in assessment.marks:
        if mark.label is Label.IDENTIFIES_SENDER:
            signed = assessment.text[mark.start : mark.end]
            words = SAYS_WHO.sub("", signed).split()
            while words and not is_name(words[0]):
                words.pop(0)
            known = (is_known(word) for sentence in sentences(signed) for word in sentence.words)
            shouted = signed.isupper() and any(known)  # 'I REALLY LIKED IT' is no name
            name = " ".join(takewhile(is_name, words)).strip(" ,.!")
            if name and "[" not in signed and not shouted:
                return name
    return ""
