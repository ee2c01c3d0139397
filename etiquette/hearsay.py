"""What the story of a case says that its facts have no field for.

A reader of plain sentences, and a modest one: it looks for what people say in few ways, and where the story is silent
the facts stand as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from etiquette.situation import A_DAY, AT_THE_INTERVIEW, Kind
from etiquette.story_times import DAY, FRIDAY, LENGTH, between, length, passed, times_named, wall_clock, weekdays
from etiquette.they_said import NO, PLAINLY, REFERENCES, RINGING, THEY, VACANCY, Said, hear, pattern, sentences

SPOKEN = r"(says?|said|wr\w+te|writes|e-?mails?|e-?mailed|texts?|texted)"
AS_ASKED = r"as (they |he |she |the \w+ )?(had |has )?(asked|told|requested|suggested|arranged|agreed)"
NOBODY = r"(?! (no\b|nobody|no one|only|off))"

SINCE_THE_REQUEST = pattern(
    rf"(?P<since>{LENGTH}) after (?:(?:the|their|that) (?:\w+ )?(?:request|call)|being asked|they asked)\b"
)
COUNTED = pattern(rf"\bon {DAY}|{LENGTH} after the interview\b")
FROM_THE_START = r"(from the (start|beginning|first)|all along|at the interview|at the (door|end))"
WANTED_ALREADY = pattern(
    rf"\b{REFERENCES}\b[^.;]{{0,40}}\b{FROM_THE_START}\b|\b{FROM_THE_START}\b[^.;]{{0,40}}\b{REFERENCES}\b"
)
ASKED_AGAIN = pattern(
    r"\b(ask|want|need|request)\w*\b[^.;]*\bagain\b",
    r"\b(re-?send|send (it|them|the list) (again|once more))\b",
    r"\b(would|will|did|does|could|can)(n['’]t| not) (be )?open\w*\b",
    r"\bnever (arrived|came|reached)\b",
)
AN_ANSWER = pattern(
    r"\b(repl(ies|ied|y)|answers|answered|writes? back|wrote back|respond(s|ed)|accepts|accepted)\b",
    r"\b(gives?|gave|sent|sends) (them |an |her |his |the )+answer\b",
)
NOT_AN_ANSWER = pattern(rf"(\b({NO}|{THEY}|for a)|n['’]t)\b[^.;,]{{0,20}}$")
AT_ONCE = pattern(
    r"\bwithin (the|an|\w+) (hour|minutes)\b|\b(at once|straight away|right away|immediately)\b",
    r"\b(the same|that( very| same)?) (hour|day|morning|afternoon|evening|night)\b",
)

A_REFEREE = (
    r"\b(?:referees?|last of them|(?:people|person) (?:\w+ ){0,4}named?"
    r"|(?:former|old|last|previous|recent) (?:head )?"
    r"(?:manager|boss|employer|supervisor|colleague|teacher|tutor|foreman|head|chef))\b"
)
CONSENT = r"(?:agree\w*|said|say|says|saying|consent\w*|answer\w*|repl\w+|respond\w*|confirm\w*)"
NO_YES_YET = pattern(
    rf"{A_REFEREE}(?:, who\b)?[^.;,]{{0,40}}(?:\bnot|n['’]t|\byet to|\bstill to|\bonly)\b[^.;,]{{0,30}}\b{CONSENT}\b",
    rf"\b(?:neither|none|not one|not all|only one) of\b[^.;]{{0,30}}{A_REFEREE}[^.;]{{0,40}}\b{CONSENT}\b",
    rf"{A_REFEREE}[^.;]{{0,60}}\b(?:agreed|answered|replied|said yes|consented)\b[^.;]{{0,10}}\bonly\b",
    rf"{A_REFEREE}[^.;]{{0,60}}\b(?:until (?:today|now|this morning)|only (?:now|then|today|this morning))\b",
    rf"\bno (?:answer|reply|yes|word)(?: yet| so far)? from (?:\w+ ){{0,3}}{A_REFEREE}",
    rf"{A_REFEREE}[^.;]{{0,60}}\bno (?:answer|reply|yes|word)(?: yet| so far)\b",
    rf"\b(?:wait|hear)\w* (?:\w+ ){{0,5}}(?:from|of) (?:\w+ ){{0,2}}{A_REFEREE}",
    rf"\bwait\w* (?:for|on) (?:\w+ ){{0,2}}{A_REFEREE}",
)
A_YES_JUST_NOW = pattern(
    rf"\b(within (the hour|an hour|minutes)|moments|the (hour|minute|moment)|as soon as|straight after"
    rf"|(minutes|hour|moments) after)\b[^.;]{{0,40}}"
    rf"{A_REFEREE}[^.;,]{{0,20}}\b{CONSENT}\b"
)
A_DAY_OF_CONSENT = pattern(rf"\b{CONSENT}\b[^.;,]{{0,30}}?(?P<when>\bon {DAY}|\byesterday\b|{LENGTH} ago\b)")
CUT_OFF = pattern(
    r"\b(power|electricity|internet|network|phone line|mobile signal)\b[^.;]{0,40}\b(out|down|off|cut|failed|gone)\b",
    r"\b(no|without|without any|took down the) (power|electricity|internet|network|signal)\b",
    r"\bcut off by\b|\b(in|taken to|out of) hospital\b",
)
BACK_ONLY_NOW = pattern(
    r"\b(the (hour|minute|moment)|as soon as|only now|now that|until (today|this morning|now))\b",
    r"\b(came|comes|is) (back|out of hospital) (only )?(today|this morning|now)\b",
)

INVITED_TO_CALL = pattern(
    rf"\b(was|were|been|is|are) (asked|told|invited) to {RINGING}\b{NOBODY}",
    rf"\b{THEY}\b{PLAINLY}{{0,60}}\b(ask|invit|tell|told|request|want)\w*\b{PLAINLY}{{0,30}}\bto {RINGING}\b{NOBODY}",
    rf"\b{SPOKEN}\b{PLAINLY}{{0,40}}[:,“\"‘']\s*(please |do |just )*(give (me|us) a )?{RINGING}\b",
    rf"[“\"‘'](please |do |just )*(give (me|us) a )?{RINGING}\b[^”\"]{{0,60}}[”\"’'],? ({SPOKEN} )?(the )?\b{THEY}\b",
    rf"\b(arranged|agreed) that (?!they\b|the\b)\w+ (would|should|will) {RINGING}\b",
    rf"\b{RINGING}\w*\b[^.;]{{0,30}}\b{AS_ASKED}",
    rf"\bas (they|he|she|the \w+) (had |has )?asked\b[^.;]{{0,20}}\b({RINGING}\w*|rang)\b",
    rf"^as (asked|requested|arranged|agreed),[^.;]{{0,20}}\b{RINGING}s\b",
    rf"\b{SPOKEN}\b{PLAINLY}{{0,80}}\bgive (me|us) a {RINGING}\b",
    r"\bmissed call from\b",
    r"\b(rings|calls|phones)( (them|her|him|the \w+))? back\b",
    r"\breturns (their|the|her|his)( \w+)? call\b",
)
A_KINDNESS = pattern(r"\bany ?time\b", r"\bwhenever\b")
BY_POST = pattern(r"\b(wr\w+te|writes|e-?mails?|e-?mailed|texts?|texted)\b", r"\bmissed call\b", r"\bback\b")
CALLED_ALREADY = pattern(
    r"\b(rang|called|phoned|telephoned|returned)\b", r"\b(and|which|as) (he|she|they) did\b|\bdid so\b"
)


SPEAKS = frozenset({Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL, Kind.CALL, Kind.LEAVE_MESSAGE})  # in words of one's own
ASKS_THE_OUTCOME = pattern(
    rf"\b(ask|demand|enquir|inquir|want)\w*\b{PLAINLY}{{0,40}}\b(whether|if|who)\b{PLAINLY}{{0,20}}"
    rf"(\b(got|has|have|won|gets?|gained|been given)\b( got)? (the {VACANCY}|it)\b"
    r"|\b(been|was|were|is) (chosen|hired|appointed|selected|successful|accepted|picked)\b)",
    rf"\b(whether|if) the {VACANCY} (is|was) (his|hers|theirs|mine)\b",
    rf"\b(tell|let) me (know )?(if|whether) I{PLAINLY}{{0,12}}\b(got|get|have) (the {VACANCY}|it)\b",
    rf"\bdid I get (the {VACANCY}|it)\b|\bhave I (been (chosen|hired|appointed|selected)|got (the {VACANCY}|it))\b",
    r"\bdemand\w* (to know|an answer|a decision)\b",
)
SOMEBODY = r"(friend|mother|father|sister|brother|wife|husband|partner|neighbour|flatmate|everyone|everybody)"
NOT_ASKED = pattern(rf"(\b({NO}|{THEY}|{SOMEBODY})|n['’]t)\b[^.;,]{{0,20}}$")
RINGS_AGAIN = pattern(
    rf"\b({RINGING}s?|rang|called|phoned) (again|back|once more|a second time)\b{PLAINLY}{{0,30}}\bmessage\b"
)


@dataclass(frozen=True, slots=True)
class Story:
    """The story of one case. `now` is when its action is taken."""

    text: str
    now: timedelta

    # What the employer said

    @property
    def told(self) -> tuple[Said, ...]:
        """What they said after the interview, in order, each with its time.

        The last of it was said just now, unless the story knows better. What came before and has no time belongs to
        the interview.
        """
        said = hear(self.text, self.now)
        if not said:
            return ()
        timed = [replace(each, at=self._on_its_weekday(each)) if each.at is None else each for each in said]
        last = said[-1]
        if last.at is None:
            before = max((each.at for each in timed[:-1] if each.at), default=None)
            guesses = (self._since(last.start), timed[-1].at, before)
            timed[-1] = replace(last, at=next((at for at in guesses if at is not None), self.now))
        return tuple(sorted((each for each in timed if each.at), key=lambda each: each.at or AT_THE_INTERVIEW))

    @property
    def heard(self) -> timedelta:
        """When the employer last got in touch; just now, unless the story says otherwise."""
        told = self.told
        at = told[-1].at if told else self._since(0)
        return self.now if at is None else at

    def _since(self, start: int) -> timedelta | None:
        """When that was, if the story says how much later this is."""
        since = passed(self.text[start:])
        if since is None or AT_ONCE.search(self.text):
            return None
        return max(AT_THE_INTERVIEW, self.now - since)

    def _on_its_weekday(self, said: Said) -> timedelta | None:
        today = weekdays(self.text)[-1:]
        if said.weekday is None or said.weekday == today[0]:
            return None
        return max(AT_THE_INTERVIEW, self.now - between(said.weekday, today[0]))

    @property
    def request(self) -> timedelta | None:
        """When they asked for references, if the story says that it was after the interview."""
        if since := SINCE_THE_REQUEST.search(self.text):
            return max(AT_THE_INTERVIEW, self.now - length(since["since"]))
        return next((said.at for said in self.told if said.requests_references), None)

    @property
    def dated_request(self) -> timedelta | None:
        """The same, only where the story counts its day from the interview."""
        said = (each for each in hear(self.text, self.now) if each.requests_references and COUNTED.search(each.text))
        return next((each.at for each in said if each.at), None)

    @property
    def tells_of_the_request(self) -> bool:
        """Whether it says how they asked for references."""
        said = any(said.requests_references for said in hear(self.text, self.now))
        return said or WANTED_ALREADY.search(self.text) is not None

    @property
    def asked_again(self) -> bool:
        """Whether they want the references a second time."""
        return ASKED_AGAIN.search(self.text) is not None

    @property
    def is_an_answer(self) -> bool:
        """Whether what they wrote has been answered, or is answered by what is done now."""
        answers = (each for each in AN_ANSWER.finditer(self.text))
        mine = any(not NOT_AN_ANSWER.search(self.text[: answer.start()]) for answer in answers)
        return mine or AT_ONCE.search(self.text) is not None

    # References

    def interview(self, asked: timedelta) -> datetime | None:
        """When the interview was by the wall clock, if the references were asked for on a Friday or a weekend."""
        days = weekdays(self.text)
        if not days:
            return None
        requests = [said.weekday for said in hear(self.text, self.now) if said.requests_references and said.weekday]
        first = requests[0] if requests else days[0]
        if first.day < FRIDAY:
            return None
        then = wall_clock(first, days[-1] if days[-1] != first else None, self.now - asked)
        return then - asked if then else None

    def references_ready(self, kind: Kind) -> timedelta:
        """When they came into the candidate's hands: later than asked, if that was out of them."""
        sends = kind is Kind.SEND_REFERENCES
        late = NO_YES_YET.search(self.text)
        if sends and (A_YES_JUST_NOW.search(self.text) or (late and AT_ONCE.search(self.text))):
            return self.now
        if late:
            if not sends:
                return self.now + A_DAY
            consent = A_DAY_OF_CONSENT.search(self.text)
            times = times_named(consent["when"], self.now, AT_THE_INTERVIEW) if consent else iter(())
            return next((at for _, at in times), self.now)
        if sends and CUT_OFF.search(self.text) and BACK_ONLY_NOW.search(self.text):
            return self.now
        return AT_THE_INTERVIEW

    # What the candidate does

    def kind(self, named: Kind, *, called: bool) -> Kind:
        """The kind of what is done, which the case calls so; `called` says that there was a call before."""
        if named in SPEAKS and self._asks_the_outcome:
            return Kind.EMAIL_ASKING_OUTCOME
        if named is Kind.LEAVE_MESSAGE and called and RINGS_AGAIN.search(self.text):
            return Kind.CALL_AGAIN
        return named

    @property
    def _asks_the_outcome(self) -> bool:
        asks = ASKS_THE_OUTCOME.finditer(self.text)
        return any(not NOT_ASKED.search(self.text[: each.start()]) for each in asks)

    # Calls

    @property
    def invited(self) -> bool:
        """Whether they asked for a call; a kindness such as 'any time' is no invitation."""
        return self._invitation is not None

    @property
    def invited_before(self) -> bool:
        """Whether a call that was made before was the one that they had asked for."""
        invitation = self._invitation
        return invitation is not None and CALLED_ALREADY.search(invitation[1]) is not None

    @property
    def invited_at(self) -> timedelta | None:
        """When they asked for the call; None if the story does not say."""
        invitation = self._invitation
        if invitation is None:
            return None
        start, sentence = invitation
        said = next((each for each in hear(self.text, self.now) if each.start == start), None)
        if said and said.at is not None:
            return said.at
        return None if BY_POST.search(sentence) else AT_THE_INTERVIEW

    @property
    def _invitation(self) -> tuple[int, str] | None:
        for start, sentence in sentences(self.text):
            if INVITED_TO_CALL.search(sentence) and not A_KINDNESS.search(sentence):
                return start, sentence
        return None
