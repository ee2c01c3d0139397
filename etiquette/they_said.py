"""What the employer says in a story, and when.

Only sentences in which the employer speaks are read: what a candidate fears, hopes or is told by a friend is no word
of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from etiquette.situation import AT_THE_INTERVIEW
from etiquette.story_times import DAY, LENGTH, Weekday, day, length, times_named, weekdays

THEY = (
    r"(they|employer|interviewers?|manager|recruiter|company|office|firm|school|hospital|clinic|shop|owner|boss"
    r"|director|panel|committee|chef|foreman|secretary|personnel|receptionist|headteacher|head of \w+|principal|editor"
    r"|mrs?|ms|dr|hr)"
)
SPEAK = (
    r"(wr\w+te|writes?|(?<!an )(?<!the )(?<!their )e-?mails?|e-?mailed|asks?|asked|t\w+ld|tells?|rang|called|phoned"
    r"|repl\w+|answered|said|says?)"
)
RINGING = r"(call|ring|phone|telephone)"
REFERENCES = r"(references?|referees?)"
NO = r"(not|never|nobody|no one|none|neither|nothing|without|yet to)"
PLAINLY = rf"(?:(?!\b{NO}\b|n['’]t\b)[^.;])"  # a character of a clause that denies nothing up to there
NOT_HIS = (
    rf"(?:(?!\b(?:{NO}|he|she)\b|n['’]t\b|, but\b)[^.;])"  # the same, and in which the candidate does nothing either
)
VACANCY = r"(position|place|post|job|role|vacancy)"
SOMEBODY_ELSE = (
    r"(someone else|somebody else|(another|a different|the other|an internal|a stronger) (candidate|applicant|person)"
    r"|a colleague|an insider)"
)


def pattern(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several, which does not mind capitals."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


SENTENCE_END = re.compile(r"(?<![DM]r\.)(?<!Ms\.)(?<!Mrs\.)(?<=[.;!?])[\"”’')]*\s+")
AN_OPENING = re.compile(r"(?:Asked|Told|Promised|Turned down|Rejected)\b[^,.;]*,\s+")
A_LETTER = r"((?<!no )(?:word|news)|e-?mail|letter|message|voicemail|phone call|call|request|refusal|rejection)"
THEY_SPOKE = pattern(
    rf"\b{THEY}\b{NOT_HIS}{{0,80}}?\b{SPEAK}\b",
    r"\b(was|were|been|is|are) (asked|told|invited|promised|informed|answered|requested|e-?mailed)\b",
    r"\b(was|were|been|is|are) (turned down|rejected)\b",
    r"\b(asked|told|invited) (for|by|on|to|at|that)\b|^(asked|told|promised|turned down|rejected)\b",
    rf"\b{A_LETTER}\b{NOT_HIS}{{0,60}}?\b(comes|came|arrives|arrived|reaches|reached|lands|landed|asks|asked|wants)\b",
    rf"\b(comes|came|arrives|arrived|gets?|got|receives?|received|finds?|found) (an?|the) (\w+ )?{A_LETTER}\b",
)
WHAT_THEY_SAID = pattern(
    rf"\b(that|will|would|until|till|by|before|within|in {LENGTH}|to (decide|wait|start|come|{RINGING}))\b|[:“\"]"
)
ABOUT_REFERENCES = pattern(rf"\b{REFERENCES}\b|\bask\w* for (them|these|those)\b")
LOOKING_BACK = pattern(
    rf"\b({REFERENCES}|list|names)( that| which)? (they|he|she|the \w+)\b[^.;,]{{0,30}}\b(asked|requested|wanted)\b",
    rf"\b{REFERENCES} (asked|requested|wanted)\b|\b(sends?|sent|sending)\b[^.;]*\b(asked|requested)\b",
    r"\bwho (had been|was|were) (asked|told|invited|promised|informed)\b",
)
AND_THEN = pattern(r"(,| and| but)(?! (asks?|asked|wrote|writes|tells?|told|says?|said|wants?|wanted|requested)\b)")
BUT = pattern(r", but|;")
AT_THE_END = pattern(
    r"\b(at|in|during) the interview\b|\bat the (door|end)\b(?! of (the|that) (day|week|month))",
    r"\bon the (way out|spot)\b|\b(as|before|when) (he|she|they) (left|shook hands)\b",
)
HAD_SAID = pattern(r"\bhad (been )?(said|promised|told|given|asked|named)\b")

DECIDING = pattern(
    r"\b(decid\w+|decision|hear|know|answer\w*|contact|touch|news|time|need\w*|longer|more|wait|patien\w+|after all)\b"
)
A_NEW_DATE = pattern(
    rf"\b(?:by|until|till|before|on|for|be|after|is) (?:about )?(?:the end of )?(?P<day>{DAY})",
    rf"\b(?:within|in|be|needs?|takes?|wait|wait for|patience for) (?:about |at least )?(?P<length>{LENGTH})",
    rf"(?P<more>\banother (?:{LENGTH}|day|week|fortnight|month)\b|\b{LENGTH} (?:more|longer)\b)",
)
MORE = pattern(r" (more|further)\b")
THE_END = pattern(
    rf"\b{VACANCY}\b{PLAINLY}{{0,30}}\b(been|was|is) (now )?(filled|taken|gone)\b",
    rf"\b{VACANCY}\b{PLAINLY}{{0,20}}\b(gone|went|goes|given|offered) to {SOMEBODY_ELSE}",
    rf"\b(chose|chosen|picked|hired|appointed|took|taken|preferred|selected) {SOMEBODY_ELSE}",
    rf"\boffered (the {VACANCY} to )?{SOMEBODY_ELSE}",
    rf"\b(go|gone|went|going|decided) (with|for|on|in favou?r of) {SOMEBODY_ELSE}",
    rf"\b{SOMEBODY_ELSE} (has |had )?(got|gets|has|was given|been given) (the {VACANCY}|it)\b",
    rf"\b{SOMEBODY_ELSE} (was|has been|had been|is) (chosen|hired|appointed|selected|preferred)\b",
    r"\b(been|was|is|were) (appointed|hired|rejected|turned down|refused|unsuccessful)\b",
    r"\b(refusal|rejection)\b|\bturned (her|him|them) down\b|^(turned down|rejected)\b",
    rf"(\bnot|n['’]t) (got|get|getting|be getting) (the {VACANCY}|it)\b",
    r"(\bnot|n['’]t) (been |be )?(chosen|selected|successful)\b",
)
NOT_THE_END = pattern(rf"(\b({NO}|until|till|before|once|when|if|whether|as soon as|will)|n['’]t)\b[^,.;:]*$")
A_QUESTION = pattern(
    r"\b(asks?|asked|asking)\b(?! nothing)",
    r"\b(question|invit\w+|propos\w+|suggest\w*|wants? to know|would like (to know|her|him|them))\b",
)
A_PLEA = pattern(
    rf"\b(asks?|asked|asking)\b[^.;]*\b(wait\w*|patien\w+|bear with|hold on|time|understand\w*|not to|{REFERENCES})\b"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in which the employer speaks.

    `at` is when that was, if the story counts it from the interview or from now; `weekday` is its day of the week,
    if it is named.
    """

    text: str
    start: int
    at: timedelta | None
    weekday: Weekday | None

    @property
    def requests_references(self) -> bool:
        """Whether they ask for references."""
        return ABOUT_REFERENCES.search(self.text) is not None

    @property
    def asks(self) -> bool:
        """Whether they want an answer; who asks for time or for references wants something else."""
        return A_QUESTION.search(self.text) is not None and A_PLEA.search(self.text) is None

    @property
    def decides(self) -> bool:
        """Whether they say that it is over."""
        end = THE_END.search(self.text)
        return end is not None and NOT_THE_END.search(self.text[: end.start()]) is None

    def promises(self, at: timedelta, before: timedelta | None) -> timedelta | None:
        """The date they give, if they spoke at that time and had given another `before`."""
        said = THEY_SPOKE.search(self.text)
        if said is None or not DECIDING.search(self.text):
            return None
        for date in A_NEW_DATE.finditer(self.text, said.end()):
            if date["day"]:
                new = day(date["day"])
            else:
                more = date["more"] or MORE.search(date["length"])
                new = (max(at, before or at) if more else at) + length(date["more"] or date["length"])
            if new > at:
                return new
        return None


def hear(story: str, now: timedelta) -> tuple[Said, ...]:
    """What the employer says, in the order of the story."""
    found = []
    before = AT_THE_INTERVIEW
    days = weekdays(story)
    for start, sentence in sentences(story):
        if said := THEY_SPOKE.search(sentence):
            content = WHAT_THEY_SAID.search(sentence, said.end())
            head = sentence[: content.start()] if content else sentence
            at = _when(head, said.start(), now, before)
            if at is not None or not LOOKING_BACK.search(sentence):
                found.append(Said(sentence, start, at, _weekday(days, start, len(head), said.start())))
        before = max([before, *(at for _, at in times_named(sentence, now, before))])
    return tuple(found)


def sentences(story: str) -> Iterator[tuple[int, str]]:
    """Its sentences, and where each begins; what a first word such as 'Asked' opens is one of its own."""
    start = 0
    for end in (*(match.end() for match in SENTENCE_END.finditer(story)), len(story)):
        sentence = story[start:end]
        opening = AN_OPENING.match(sentence)
        if opening:
            yield start, sentence[: opening.end()]
            yield start + opening.end(), sentence[opening.end() :]
        else:
            yield start, sentence
        start = end


def _when(head: str, said: int, now: timedelta, before: timedelta) -> timedelta | None:
    """The time that stands nearest before the verb or, without one, first after it in its clause."""
    if AT_THE_END.search(head, max((but.end() for but in BUT.finditer(head, 0, said)), default=0)):
        return AT_THE_INTERVIEW
    named = list(times_named(head, now, before))
    then = AND_THEN.search(head, said)
    earlier = [] if LOOKING_BACK.search(head) else [at for start, at in named if start < said]
    later = [at for start, at in named if said <= start < (then.start() if then else len(head))]
    if earlier or later:
        return earlier[-1] if earlier else later[0]
    return AT_THE_INTERVIEW if HAD_SAID.search(head) else None


def _weekday(days: list[Weekday], start: int, length: int, said: int) -> Weekday | None:
    """The day of the week that stands nearest to the verb."""
    named = [each for each in days if start <= each.start < start + length]
    return min(named, key=lambda each: abs(each.start - start - said), default=None)
