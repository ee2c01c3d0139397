"""What the story of a case says that its facts have no field for.

A reader of plain sentences, and a modest one: it looks for six things that people say in few ways, and where the
story is silent the facts stand as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from etiquette.situation import A_DAY, AN_HOUR, AT_THE_INTERVIEW, Kind

NUMBERS = (
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
)
COUNTED = {word: number for number, words in enumerate(NUMBERS, start=1) for word in words} | {
    "a": 1,
    "an": 1,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
}

THEY = (
    r"(they|employer|interviewer|manager|recruiter|company|office|firm|school|hospital|clinic|shop|owner|boss|director"
    r"|mrs?|ms|dr|hr)"
)
RINGING = r"(call|ring|phone|telephone)"
AS_ASKED = r"as (they |he |she |the \w+ )?(had |has )?(asked|told|requested|suggested|arranged|agreed)"
WROTE = r"(says?|said|wr\w+te|writes|emails?|emailed|texts?|texted)"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


ON_A_DAY = _pattern(
    r"\bon (?:day (?P<day>\w+)|the (?P<nth>\w+) day)\b",
    r"\b(?P<number>\w+) (?P<unit>hour|day)s? after the interview\b",
)
AGO = _pattern(
    r"\b(?P<number>\w+) (?P<unit>hour|day)s? (?:ago|earlier|later|after (?:they|the request|that|the email))\b",
    r"\b(?P<yesterday>yesterday|the day before|the next day|the day after)\b",
)
THEY_SPOKE = _pattern(
    rf"\b{THEY}\b[^.;]*\b(wr\w+te|writes|emails?|emailed|asks?|asked|t\w+ld|rang|called|phoned|repl\w+|said|says)\b",
    r"\b(was|were|been|is|are) (asked|told|invited|promised|informed|answered)\b",
    r"\b(asked|told|invited) (for|by|on|to|at)\b|^asked\b",
)
A_WEEKEND_ONLY = _pattern(
    r"\bFriday\b.*\b(Saturday|Sunday|weekend|Monday(?! (afternoon|evening|night)))\b(?!.*\bthat (afternoon|evening)\b)"
)
A_REFEREE = _pattern(
    r"\b(referees?|last of them)\b|\bmay (name|be named)\b|\bto (name|be named)\b",
    r"\b(former|old|last|previous|recent) (manager|boss|employer|supervisor|colleague|teacher|tutor|foreman|head)\b",
)
NO_YES_YET = _pattern(
    r"(\bnot|n['’]t|\bneither|\bnone|\byet to|\bstill to|\bonly)\b[^.;]{0,30}"
    r"\b(agree\w*|said|say|consent\w*|answer\w*|repl\w+|respond\w*|confirm\w*)\b",
    r"\b(agreed|answered|replied|said yes)\b[^.;]{0,30}\bonly\b|\bonly (now|then|today|this morning)\b",
    r"\bno (answer|reply|yes|word)( yet| so far)\b",
    r"\b(wait\w*|hear\w*|reply|answer|yes|consent|permission)\b[^.;]*\b(from|for|of)\b[^.;]*\breferees?\b",
)
INVITED_TO_CALL = _pattern(
    rf"\b(was|were|been) (asked|told|invited) to {RINGING}\b",
    rf"\b{THEY}\b[^.;]{{0,60}}\b(ask|invit|tell|told|request)\w*\b[^.;]{{0,30}}\bto {RINGING}\b",
    rf"\b{WROTE}\b[^.;]{{0,40}}[:,“\"‘']\s*(please |do |just )*(give (me|us) a )?{RINGING}\b",
    rf"\b{RINGING}\w*\b[^.;]{{0,30}}\b{AS_ASKED}",
    rf"\bas (they|he|she|the \w+) (had |has )?asked\b[^.;]{{0,20}}\b({RINGING}\w*|rang)\b",
    rf"^as (asked|requested|arranged|agreed),[^.;]{{0,20}}\b{RINGING}s\b",
    rf"\b{WROTE}\b[^.;]*\bgive (me|us) a {RINGING}\b",
    r"\bmissed call from\b",
    r"\b(rings|calls|phones)( (them|her|him|the \w+))? back\b",
    r"\breturns (their|the|her|his)( \w+)? call\b",
)
A_KINDNESS = _pattern(r"\bany ?time\b", r"\bwhenever\b")
CALLED_ALREADY = _pattern(r"\b(rang|called|phoned|telephoned|returned)\b")
ASKED_AGAIN = _pattern(
    r"\b(ask|want|need|request)\w*\b[^.;]*\bagain\b",
    r"\b(re-?send|send (it|them|the list) (again|once more))\b",
    r"\b(would|will|did|does|could|can)(n['’]t| not) (be )?open\w*\b",
    r"\bnever (arrived|came|reached)\b",
)
A_QUESTION = _pattern(
    r"\b(asks?|asked|asking)\b(?! nothing)(?! (for|to be|him for|her for|them for)\b[^.;]*\b(reference|patien|time))",
    r"\b(question|invit\w+|propos\w+|suggest\w*|wants? to know|would like (to know|her|him|them))\b",
)
THE_END = _pattern(
    r"\b(been|was|is) (filled|appointed|rejected|turned down|refused|unsuccessful|hired|taken)\b",
    r"\b(someone|somebody) else\b|\banother candidate\b|\b(a refusal|a rejection|turned (her|him|them) down)\b",
    r"\b(not|n['’]t) (got|get|getting) (the|it)\b",
)
AN_ANSWER = _pattern(
    r"(?<!not )(?<!yet )\b(repl(y|ies|ied)|answers?|answered|writes? back|wrote back|respond(s|ed)?)\b"
)
AT_ONCE = _pattern(r"\bwithin (the|an|\w+) (hour|minutes)\b", r"\bat once\b", r"\bthe same (day|evening|afternoon)\b")


@dataclass(frozen=True, slots=True)
class Story:
    """The story of one case. `now` is when its action is taken."""

    text: str
    now: timedelta

    def heard(self) -> timedelta:
        """When the employer last got in touch; just now, unless it says otherwise."""
        for sentence in re.split(r"(?<=[.;!?])\s+", self.text):
            if THEY_SPOKE.search(sentence) and (named := self._on_a_day(sentence)) is not None:
                return named
        ago = AGO.search(self.text)
        if ago is None or AT_ONCE.search(self.text):
            return self.now
        passed = A_DAY if ago["yesterday"] else _count(ago["number"]) * _unit(ago["unit"])
        return max(AT_THE_INTERVIEW, self.now - passed)

    def _on_a_day(self, sentence: str) -> timedelta | None:
        named = ON_A_DAY.search(sentence)
        if named is None:
            return None
        at = _count(named["day"] or named["nth"] or named["number"]) * _unit(named["unit"])
        return at if AT_THE_INTERVIEW < at <= self.now else None

    @property
    def over_a_weekend(self) -> bool:
        """Whether a Friday's request was answered on the Monday, and not late on it."""
        return A_WEEKEND_ONLY.search(self.text) is not None

    @property
    def referee_undecided(self) -> bool:
        """Whether somebody has yet to say that they may be named, or had until now."""
        return A_REFEREE.search(self.text) is not None and NO_YES_YET.search(self.text) is not None

    def invited(self, kind: Kind) -> bool:
        """Whether this call is one that they asked for; a kindness such as 'any time' is no invitation."""
        return kind in (Kind.CALL, Kind.CALL_AGAIN) and self._invitation is not None and not self.invited_before

    @property
    def invited_before(self) -> bool:
        """Whether a call that has been made already was one that they had asked for."""
        sentence = self._invitation
        return sentence is not None and CALLED_ALREADY.search(sentence) is not None

    @property
    def _invitation(self) -> str | None:
        for sentence in re.split(r"(?<=[.;!?])\s+", self.text):
            if INVITED_TO_CALL.search(sentence) and not A_KINDNESS.search(sentence):
                return sentence
        return None

    @property
    def asked_again(self) -> bool:
        """Whether they want the references a second time."""
        return ASKED_AGAIN.search(self.text) is not None

    @property
    def question_open(self) -> bool:
        """Whether they asked for something that has had no answer."""
        return A_QUESTION.search(self.text) is not None and AN_ANSWER.search(self.text) is None

    @property
    def ended(self) -> bool:
        """Whether they said that it is over."""
        return THE_END.search(self.text) is not None

    @property
    def is_an_answer(self) -> bool:
        """Whether what is done now answers what they wrote."""
        return AN_ANSWER.search(self.text) is not None or AT_ONCE.search(self.text) is not None


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else COUNTED.get(word.lower(), 0)


def _unit(word: str | None) -> timedelta:
    return AN_HOUR if word == "hour" else A_DAY
