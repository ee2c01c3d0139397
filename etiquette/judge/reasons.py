"""What the guidelines tell a learner. Which reason applies is decided in `guidelines`.

The format of a time in a template says how it is written: `{email:ago}` as '20 hours', `{since:anchor}` as '20 hours
since the interview' (or since they last got in touch), `{last:contact}` likewise (or since you were last in touch),
`{open:moment}` as 'Thursday 10:00', `{prompt:span}` as '24 hours'.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from etiquette.judge.situation import AT_THE_INTERVIEW, Situation, duration

GUIDELINE_TITLES = {
    "references": "References",
    "thank-you": "Thanks",
    "calling": "Calling",
    "principle": "Giving them time",
}
GUIDELINE_SENTENCES = {
    "references": "References that they asked for go out as soon as you can, before anything else.",
    "thank-you": "After a week of silence, or once the date they named has passed, one email of thanks is welcome.",
    "calling": "Two days after your email you may call, once; if nobody picks up, leave a kind message and no more.",
    "principle": "Give them time, answer when they write, and do not nag.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Templates of a sentence or two for the learner, and of how we read the article if it leaves the matter open."""

    text: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class _TemplateTime:
    """A time in a situation, to be formatted by a template."""

    situation: Situation
    time: timedelta

    def __format__(self, spec: str) -> str:
        match spec:
            case "ago":
                return self.situation.ago(self.time)
            case "anchor":
                return self._since("they last got in touch")
            case "contact":
                return self._since("you were last in touch")
            case "moment":
                return self.situation.moment(self.time)
            case "span":
                return duration(self.time)
        raise ValueError(f"the format of a time is 'ago', 'anchor', 'contact', 'moment' or 'span', not {spec!r}")

    def _since(self, event: str) -> str:
        start = "the interview" if self.time == AT_THE_INTERVIEW else event
        return f"{self.situation.ago(self.time)} since {start}"


def fill_template(template: str, situation: Situation, times: tuple[tuple[str, timedelta], ...]) -> str:
    """The text of a template, given its times by name."""
    return template.format_map({name: _TemplateTime(situation, time) for name, time in times})


# References

REFERENCES_PROMPT = Reason(
    "They asked for your references and have them {waited:span} later. That is prompt: it shows that you are "
    "reliable and that you want the job."
)
REFERENCES_WHEN_READY = Reason(
    "They have your references {waited:span} after you had them to give. That is prompt: it shows that you are "
    "reliable and that you want the job.",
    "The article says as soon as you can. What you could not do before is not held against you.",
)
REFERENCES_AFTER_THE_WEEKEND = Reason(
    "They have your references by the next working morning, {waited:span} after they could have had them. Nobody "
    "was waiting at a desk in between.",
    "The article does not speak of weekends. An email that lands before anyone is back at work is as good as "
    "prompt, so we count the next working morning.",
)
REFERENCES_IN_TIME = Reason(
    "They could have had your references {waited:span} ago. That is still in time, but within {prompt:span} would "
    "have said more about you.",
    "The article says only as soon as you can. We call {prompt:span} prompt and let the credit fall from there.",
)
REFERENCES_LATE = Reason(
    "They could have had your references {waited:span} ago, and to them a silence that long looks like second "
    "thoughts. Sending them now still beats not sending them.",
    "The article names no limit. We call it late after {late:span}, because by then somebody has noticed.",
)
REFERENCES_STILL_OWED = Reason(
    "They want your references, and could have had them {asked:ago} ago. This is the one email that is never too early."
)
REFERENCES_OVERDUE = Reason(
    "They want your references, and could have had them {asked:ago} ago. They are late already, and better sent now "
    "than tomorrow."
)
REFERENCES_COME_FIRST = Reason(
    "They want your references, and could have had them {asked:ago} ago. Send those first; anything else only "
    "reminds them of what is missing.",
    "The article does not rank the steps. We take it that nothing else can come before what they asked for.",
)
REFERENCES_DELIVERED = Reason("They have had your references for {had:ago}. A second copy is one more email to open.")
REFERENCES_NOT_READY = Reason(
    "They asked {asked:ago} ago, but your referee has not agreed yet. Pass on a person’s number only once they "
    "have said yes.",
    "The article does not speak of referees who have yet to answer. We hold that their consent comes first, and "
    "that the wait for it is not held against you.",
)
REFERENCES_UNASKED = Reason(
    "It is {since:anchor}, and nobody has asked for your references. Unasked, they are one more email to deal "
    "with, and read as a nudge.",
    "The article welcomes references that were requested. We read it that others are contact like any other.",
)

# Thank-you

THANKS_AFTER_THE_WEEK = Reason(
    "It is {since:anchor}. One email of thanks now brings you back to mind and asks nothing of them."
)
THANKS_AFTER_THE_DATE = Reason(
    "The date they named, {until:moment}, has passed, so one email of thanks is in order. It brings you back to "
    "mind and asks nothing of them.",
    "The article allows thanks when no date was given. Where one was, we read it as taking the place of the week.",
)
THANKS_BEFORE_THE_WEEK = Reason(
    "It is {since:anchor}. Give them until {until:moment}: they have others to see and people to ask before they "
    "can decide."
)
THANKS_BEFORE_THE_DATE = Reason(
    "They named a date, {until:moment}, and it has yet to pass. Until then an email only asks whether they meant it.",
    "The article allows thanks when no date was given. Where one was, we read it as taking the place of the week, "
    "so it has to pass first.",
)
THANKS_AGAIN = Reason(
    "You thanked them {thanked:ago} ago. One email of thanks is kind; a second is a reminder in disguise."
)
THANKS_IN_ANSWER = Reason(
    "They wrote to you {heard:ago} ago, so an email of thanks is simply an answer.",
    "The article speaks of thanks after a silence. Answering somebody who wrote to you breaks no silence.",
)
THANKS_OPEN = Reason(
    "You could thank them now, once; the time for it came {opened:ago} ago. Waiting does no harm, but it does you "
    "no good either.",
    "The article says that you may. We take it at its word: not writing yet is patience.",
)
THANKS_NEVER = Reason(
    "It is {waited:span} since the interview, without a word of thanks from you. That much silence looks like "
    "lost interest.",
    "The article says that you may thank them, and not by when. We call {never:span} too late and, where the date "
    "they gave came later, {quiet:span} after it.",
)
THANKS_NEVER_BY_THEN = Reason(
    "By then it will be {waited:span} since the interview, without a word of thanks from you. That much silence "
    "looks like lost interest.",
    "The article says that you may thank them, and not by when. We call {never:span} too late and, where the date "
    "they gave came later, {quiet:span} after it.",
)
THANKS_WITHIN = Reason(
    "You thank them {waited:span} after the interview, while the conversation is still fresh to them.",
    "The article would have you wait a week. This office teaches thanks within {within:span}.",
)
THANKS_LATE = Reason(
    "You thank them {waited:span} after the interview. Within {within:span} it would have been fresher, but it is "
    "better sent than not.",
    "The article would have you wait a week. This office teaches thanks within {within:span}.",
)
THANKS_OPEN_WITHIN = Reason(
    "You have not thanked them yet, and there is still time: {within:span} from the interview.",
    "The article would have you wait a week. This office teaches thanks within {within:span}.",
)
THANKS_MISSED = Reason(
    "By then it will be {waited:span} since the interview, and thanks are best within {within:span}.",
    "The article would have you wait a week. This office teaches thanks within {within:span}.",
)

# Calling

CALL_IN_TIME = Reason(
    "You emailed {email:ago} ago and they have had time to read it. You may call, once; if nobody picks up, they "
    "are busy."
)
CALL_AFTER_REFERENCES = Reason(
    "You emailed your references {email:ago} ago and have left them in peace since. You may call, once.",
    "The article asks for an email before a call and does not say which. From the day on which a thank-you would "
    "be due, we let the one with your references count.",
)
CALL_TOO_SOON = Reason("You emailed {email:ago} ago; give them until {until:moment} before you pick up the phone.")
CALL_AFTER_EARLY_EMAIL = Reason(
    "You emailed {email:ago} ago, before its time, so it does not open the door to a call until {until:moment}.",
    "The article does not say what an email sent too early is worth. We count it only from the day on which it "
    "would have been welcome.",
)
CALL_BEFORE_THE_DATE = Reason(
    "They named a date, {until:moment}, and it has yet to pass. Until then a call can only be answered with “as "
    "we told you”.",
    "The article does not speak of calling before a date they gave. We read a date as asking you to wait for it.",
)
CALL_BEFORE_THE_WEEK = Reason(
    "You emailed {email:ago} ago, but it is only {since:anchor}. A call can wait until {until:moment}.",
    "The article asks for an email and two days. We hold that the quiet week comes first, or there would be no "
    "point in waiting to thank them.",
)
CALL_BEFORE_EMAIL_IS_DUE = Reason(
    "An email of thanks comes before a call: it can be answered when it suits, a ringing phone cannot. Thanks are "
    "due {due:moment}, and a call not before {until:moment}."
)
CALL_BEFORE_EMAIL = Reason(
    "An email of thanks comes before a call: it can be answered when it suits, a ringing phone cannot. Thank them "
    "now, and call from {until:moment} at the earliest."
)
CALL_AGAIN_UNANSWERED = Reason(
    "You called {call:ago} ago. No answer meant that they were busy, not that you should try again: one call is "
    "all you have."
)
CALL_AGAIN_ANSWERED = Reason(
    "You spoke to them {call:ago} ago. That was your one call, and they know that you are waiting."
)
CALL_REPEATEDLY = Reason(
    "You called {call:ago} ago. Ringing again does not make them less busy; it makes them remember you for the "
    "wrong thing. One call is all you have, answered or not."
)
CALL_NOT_THE_FIRST = Reason(
    "It is {since:anchor}, and this would not be your first call. Ringing again does not make them less busy. One "
    "call is all you have, answered or not."
)
CALL_INVITED = Reason(
    "They asked you to call {invited:ago} ago, and you do. It is an answer, and it does not use up the one call "
    "of your own.",
    "The article speaks of calls that nobody asked for. We do not count one that the employer invited.",
)
CALL_OPEN = Reason(
    "You emailed {email:ago} ago and could call now, once. You need not; nobody ever lost a job by not ringing.",
    "The article says that you may. We take it at its word: not calling is patience.",
)
MESSAGE_LEFT = Reason(
    "Nobody picked up {call:ago} ago, so you say who you are, that you would like to know how things stand, that "
    "you know they are busy, and that any time will do. It belongs to that call."
)
MESSAGE_ON_THAT_CALL = Reason(
    "The call {call:ago} ago should not have been made, and a kind message does not mend it.",
    "The article lets you leave a message when a call goes unanswered. We judge the two as one.",
)
MESSAGE_NEEDS_ANOTHER_CALL = Reason(
    "You called {call:ago} ago. To leave a message now you would have to ring again, and you have had your call.",
    "The article lets you leave a message when a call goes unanswered. We read that as the same call, not a later one.",
)
MESSAGE_OPEN = Reason(
    "Nobody picked up {call:ago} ago, and you ring off without a word. That is polite enough; a short message "
    "would have told them who it was.",
    "The article says that you can leave a message, not that you must.",
)

# The principle

REPLY_TO_THEM = Reason("They got in touch {heard:ago} ago. An answer is never a nuisance.")
NOTHING_TO_REPLY_TO = Reason(
    "It is {since:anchor}, and there is nothing of theirs left to answer. This would be an email out of the blue."
)
ASKING_THE_OUTCOME = Reason(
    "It is {since:anchor}, and if they could tell you more, they would have. Asking whether you got the job only "
    "puts them on the spot, and is never the question to ask."
)
DROPPING_IN = Reason(
    "It is {since:anchor}, and turning up takes their time unasked, in front of whoever is there.",
    "The article does not mention visits. If a second phone call is too much, a visit is more so.",
)
WRITING_PRIVATELY = Reason(
    "It is {since:anchor}. A private account is for when they are not at work; keep to the address they gave you.",
    "The article does not mention social media. We read its “do not nag” as reaching people only where they "
    "expect to be reached.",
)
SENDING_A_GIFT = Reason(
    "It is {since:anchor}. However small, a gift asks for something back, and in many places it has to be "
    "declared or returned.",
    "The article does not mention gifts. We read it that interest is shown in words, and in few of them.",
)
STATUS_IN_TIME = Reason(
    "They have had their time, and it is {last:contact}. One polite question about the "
    "status is reasonable; thanks alone would have asked less of them.",
    "The article has a call that asks for the status, and no such email. We allow one, once a thank-you would be due.",
)
STATUS_AFTER_THANKS = Reason(
    "They have had their time, and it is {last:contact}. One polite question about the "
    "status is reasonable now, and one is all there is.",
    "The article has a call that asks for the status, and no such email. We allow one, once a thank-you would be due.",
)
STATUS_TOO_SOON = Reason(
    "It is {last:contact}. A question about the status can wait until {until:moment}; sooner, it is a nudge.",
    "The article has a call that asks for the status, and no such email. We allow one, once a thank-you would be "
    "due and {pause:span} after your last contact.",
)
STATUS_AGAIN = Reason(
    "You asked how things stood {status:ago} ago. The question is with them; asking twice is nagging.",
    "The article has a call that asks for the status, and no such email. We allow one, and one is enough.",
)
THEY_HAVE_DECIDED = Reason(
    "They told you {decided:ago} ago how it ended. There is nothing left to follow up, and people remember who "
    "let them close a door kindly."
)
ANSWER_OWED = Reason(
    "They asked {heard:ago} ago and are waiting for your answer. When somebody is waiting for you, patience is "
    "only slowness."
)
ANSWER_FIRST = Reason(
    "They asked {heard:ago} ago and are waiting for your answer. Give them that first; anything else reads as if "
    "you had not listened.",
    "The article does not rank the steps. We take it that nothing comes before an answer they are waiting for.",
)
DECISION_MADE = Reason("They told you {decided:ago} ago how it ended. Letting it rest is all that is left to do well.")
WAIT_FOR_YOUR_REFEREE = Reason(
    "They asked for your references {asked:ago} ago, and your referee has not said yes. That is out of your hands.",
    "The article says as soon as you can. What you cannot do yet is not held against you.",
)
WAIT_FOR_THE_DATE = Reason(
    "They named a date. Holding back until it has passed, {until:moment}, is taking them at their word."
)
LET_THE_DATE_COME = Reason(
    "They have until {until:moment}, and most of the wait is behind you. A date is not late before it has passed."
)
WAIT_TILL_THEY_ARE_BACK = Reason(
    "Their notice says {until:moment}. Whatever arrives before then lies under everything else that did.",
    "The article does not speak of notices of absence. We give somebody who is away until the day it names.",
)
WHILE_THEY_ARE_AWAY = Reason(
    "Their notice says {until:moment}. Before then nobody can answer you, so there is nothing to hurry.",
    "The article does not speak of notices of absence. We give somebody who is away until the day it names.",
)
GIVE_THEM_TIME = Reason(
    "It is {since:anchor}, and they have others to see and a day’s work besides. Nothing is open to you before "
    "{until:moment}."
)
LET_THE_WEEK_END = Reason(
    "You have waited {since:ago}, and the wait ends {until:moment}. Until then no news is only no news."
)
LEAVE_IT_WITH_THEM = Reason(
    "You called {call:ago} ago, and that was your call. What happens next is theirs, and leaving it with them is "
    "the kind thing to do."
)
WAIT_AFTER_CONTACT = Reason("You were last in touch {last:ago} ago. Let it do its work.")
