"""What the guidelines tell a learner. Which reason applies is decided in `guidelines`.

The format of a time in a template says how it is written: `{email:ago}` as '20 hours', `{since:anchor}` as '20 hours
since the interview' (or since they last got in touch), `{last:contact}` likewise (or since you were last in touch),
`{open:moment}` as 'Thursday 10:00', `{meeting:day}` as 'on Thursday', `{prompt:span}` as '24 hours'.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from etiquette.judge.lengths import spoken
from etiquette.judge.situation import Situation

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
    """Templates of a sentence or two for the learner, and of how we read the article if it leaves the matter open.

    `also` says the same in other words, for a quiz that never repeats a sentence.
    """

    text: str
    reading: str = ""
    also: tuple[str, ...] = ()


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
            case "day":
                return self.situation.day(self.time)
            case "span":
                return spoken(self.time)
        raise ValueError(f"the format of a time is 'ago', 'anchor', 'contact', 'moment', 'day' or 'span', not {spec!r}")

    def _since(self, event: str) -> str:
        start = "the interview" if self.time == self.situation.round_began else event
        return f"{self.situation.ago(self.time)} since {start}"


def fill_template(template: str, situation: Situation, times: tuple[tuple[str, timedelta], ...]) -> str:
    """The text of a template, given its times by name."""
    return template.format_map({name: _TemplateTime(situation, time) for name, time in times})


# References

REFERENCES_PROMPT = Reason(
    "They asked for your references and have them {waited:span} later. That’s prompt: it shows that you’re reliable "
    "and that you want the job."
)
REFERENCES_WHEN_READY = Reason(
    "They have your references {waited:span} after you could send them. That’s prompt: it shows that you’re reliable "
    "and that you want the job.",
    "The article says as soon as you can. We don’t hold against you what you couldn’t do before.",
)
REFERENCES_AFTER_THE_WEEKEND = Reason(
    "They have your references by noon on the next working day, {waited:span} after you could send them. That’s "
    "prompt.",
    "The article doesn’t mention weekends. If they ask on a Friday afternoon, at a weekend or on a public holiday, "
    "we allow until noon on the next working day. A request on a Friday morning still has all of Friday.",
)
REFERENCES_SOME = Reason(
    "They asked for your references {asked:ago} ago. You send what you have and tell them the rest will follow: that "
    "shows them you’re on it.",
    "The article doesn’t say what to do while a referee hasn’t agreed yet. We say: send the others now, and the last "
    "one when you have it.",
)
REFERENCES_IN_TIME = Reason(
    "You could have sent your references {waited:span} ago. That’s still acceptable, but sooner would have said more "
    "about you.",
    "The article says only as soon as you can. We call {references_prompt:span} prompt and let the credit fall from "
    "there.",
)
REFERENCES_LATE = Reason(
    "You could have sent your references {waited:span} ago, and they will have noticed. Sending them now is late, "
    "and still better than not sending them.",
    "The article names no limit. We call {references_late:span} late, or noon on the next working day if that comes "
    "later.",
)
REFERENCES_STILL_OWED = Reason(
    "They asked for your references {asked:ago} ago. This is the one email that’s never too early."
)
REFERENCES_CAN_WAIT = Reason(
    "Nobody works there at the weekend or on a holiday, so your references can wait until {until:moment}. Sending them "
    "now is still welcome.",
    "The article doesn’t mention weekends. If they ask on a Friday afternoon, at a weekend or on a public holiday, we "
    "allow until noon on the next working day. A request on a Friday morning still has all of Friday.",
)
REFERENCES_OVERDUE = Reason(
    "They asked for your references, and you could have sent them {asked:ago} ago. They’re late already: send them now."
)
REFERENCES_COME_FIRST = Reason(
    "They asked for your references, and you could have sent them {asked:ago} ago. Send those first; anything else "
    "only reminds them of what’s missing.",
    "The article doesn’t rank the steps. We say nothing else comes before what they asked for.",
)
REFERENCES_DELIVERED = Reason("They’ve had your references for {had:ago}. A second copy is one more email to open.")
REFERENCES_NOT_READY = Reason(
    "They asked {asked:ago} ago, but your referee hasn’t agreed yet. Don’t pass on anybody’s number before they’ve "
    "said yes.",
    "The article doesn’t mention referees who haven’t answered. We say their consent comes first, and we don’t hold "
    "the wait against you.",
)
REFERENCES_UNASKED = Reason(
    "Nobody has asked for your references. They’d be one more email to deal with, and they’d read as a nudge.",
    "The article welcomes references they asked for. We treat any other references as unasked contact.",
)

# Thank-you

THANKS_AFTER_THE_WEEK = Reason("It’s {since:anchor}. One email of thanks reminds them of you and asks nothing of them.")
THANKS_AFTER_THE_DATE = Reason(
    "The date they gave, {until:moment}, has passed, so one email of thanks is welcome. It reminds them of you and "
    "asks nothing of them.",
    "The article allows thanks when no date was given. If they gave one, we let it replace the week.",
)
THANKS_AFTER_THEY_RETURN = Reason(
    "They’ve been back since {until:moment}, so one email of thanks is welcome. It reminds them of you and asks "
    "nothing of them.",
    "The article doesn’t mention out-of-office replies. We wait until the day they name.",
)
THANKS_OVERDUE = Reason(
    "It’s {waited:span} since the interview, so your thanks come late. Late thanks are better than none, and this is "
    "still a good email to send.",
    "The article says that you may thank them, and not by when. After {thank_you_late:span}, or a week after their "
    "date if that’s later, we call thanks late: they earn a little less each day.",
)
LAST_EMAIL = Reason(
    "It’s {since:anchor}. After so long, their silence is the answer; one last polite email does no harm.",
    "The article doesn’t say when to give up. After {silence_answers:span} without a word we take the silence for "
    "the answer, and allow one last email.",
)
LAST_EMAIL_SENT = Reason(
    "You sent your last email {last:ago} ago, after a long silence. Another one won’t change their answer.",
    "The article doesn’t say when to give up. After {silence_answers:span} without a word we take the silence for "
    "the answer, and allow one last email.",
)
THANKS_BEFORE_THE_WEEK = Reason(
    "It’s {since:anchor}. Give them until {until:moment}: they have other people to see and colleagues to ask before "
    "they can decide."
)
THANKS_BEFORE_THE_DATE = Reason(
    "They gave a date, {until:moment}, and it hasn’t passed yet. Until then, an email only asks whether they meant it.",
    "The article allows thanks when no date was given. If they gave one, we let it replace the week, so it has to "
    "pass first.",
)
THANKS_AGAIN = Reason("You thanked them {thanked:ago} ago. One thank-you is kind; a second one is a reminder.")
THANKS_TO_EACH = Reason(
    "You thanked the first of them {thanked:ago} ago. You met several people, so one short email to each, sent "
    "together, counts as one thank-you.",
    "The article knows one interviewer. If you met several, we count the thank-yous you send within an hour as one.",
)
THANKS_TO_EACH_TOO_SOON = Reason(
    "You thanked the first of them {thanked:ago} ago. That was too soon, and so is this one.",
    "The article knows one interviewer. If you met several, we count the thank-yous you send within an hour as one.",
)
THANKS_IN_ANSWER = Reason(
    "They wrote to you {heard:ago} ago, so your thanks are simply a reply.",
    "The article is about thanks after a silence. Thanking somebody who has just written to you is a reply, and "
    "earns what a reply earns.",
)
THANKS_AFTER_REFUSAL = Reason(
    "They turned you down {heard:ago} ago. A short email of thanks, perhaps with a request for feedback, leaves a "
    "good memory.",
    "The article ends before the answer. After a refusal we allow one short email, soon after it, and find it "
    "sensible.",
)
THANKS_FOR_OFFER = Reason(
    "They made you an offer {heard:ago} ago. Thanking them while you think about it is kind; they still need your "
    "answer.",
    "The article ends before the offer. We find it sensible to thank them, and owe them a reply by the date they gave.",
)
THANKS_OPEN = Reason(
    "You may thank them now, once. You don’t have to: waiting is fine, too.",
    "The article says that you may. We take it at its word: not writing yet is patience.",
)
THANKS_MISSING = Reason(
    "It’s {waited:span} since the interview, and you haven’t thanked them. So long a silence looks like lost interest.",
    "The article says that you may thank them, and not by when. We call {thank_you_late:span} late or, if the date "
    "they gave came later, {quiet:span} after it.",
)
THANKS_MISSING_BY_THEN = Reason(
    "By then it will be {waited:span} since the interview, and you won’t have thanked them. So long a silence looks "
    "like lost interest.",
    "The article says that you may thank them, and not by when. We call {thank_you_late:span} late or, if the date "
    "they gave came later, {quiet:span} after it.",
)
THANKS_WITHIN = Reason(
    "You thank them {waited:span} after the interview, while they still remember the conversation.",
    "The article would have you wait a week. This office teaches thanks within {thank_you_within:span}.",
)
THANKS_LATE = Reason(
    "You thank them {waited:span} after the interview. Within {thank_you_within:span} would have been better, but "
    "it’s better to send it than not.",
    "The article would have you wait a week. This office teaches thanks within {thank_you_within:span}.",
)
THANKS_OPEN_WITHIN = Reason(
    "You haven’t thanked them yet, and there is still time: {thank_you_within:span} from the interview.",
    "The article would have you wait a week. This office teaches thanks within {thank_you_within:span}.",
)
THANKS_MISSED_BY_THEN = Reason(
    "By then it will be {waited:span} since the interview, and thanks are best within {thank_you_within:span}.",
    "The article would have you wait a week. This office teaches thanks within {thank_you_within:span}.",
)
THANKS_MISSED = Reason(
    "It’s {waited:span} since the interview, and thanks are best within {thank_you_within:span}.",
    "The article would have you wait a week. This office teaches thanks within {thank_you_within:span}.",
)

# Calling

CALL_IN_TIME = Reason(
    "You emailed {email:ago} ago and they’ve had time to read it. You may call, once; if nobody answers, they’re busy."
)
CALL_AFTER_REFERENCES = Reason(
    "You emailed your references {email:ago} ago and they’ve had time to read them. You may call, once.",
    "The article asks for an email before a call and doesn’t say which. From the day a thank-you would be due, we "
    "let the one with your references count.",
)
CALL_TOO_SOON = Reason("You emailed {email:ago} ago. Give them until {until:moment} before you pick up the phone.")
CALL_OUT_OF_HOURS = Reason(
    "It’s {now:moment}, and nobody there is at work. Call in working hours, from {until:moment}.",
    "The article doesn’t mention the time of day. We say: in working hours, Monday to Friday, by their clock.",
)
CALL_AFTER_EARLY_EMAIL = Reason(
    "You emailed {email:ago} ago, before it was due, so a call can’t follow it until {until:moment}.",
    "The article doesn’t say what an email sent too early is worth. We count it only from the day on which it would "
    "have been welcome.",
)
CALL_BEFORE_THE_DATE = Reason(
    "They gave a date, {date:moment}, and it hasn’t passed yet. Until then they can only answer “as we told you”.",
    "The article doesn’t mention calling before a date they gave. We read a date as asking you to wait for it.",
)
CALL_BEFORE_THE_WEEK = Reason(
    "It’s only {since:anchor}. A call can wait until {until:moment}.",
    "The article asks for an email and two days. We say the quiet week comes first, or there would be no point in "
    "waiting to thank them.",
)
CALL_BEFORE_EMAIL_IS_DUE = Reason(
    "An email of thanks comes before a call: they can answer it when it suits them. Thanks are due {due:moment}, and "
    "a call some time after them, not before {until:moment}.",
)
CALL_BEFORE_EMAIL = Reason(
    "An email of thanks comes before a call: they can answer it when it suits them. Thank them now, and call from "
    "{until:moment} at the earliest."
)
CALL_AGAIN_UNANSWERED = Reason(
    "You called {call:ago} ago. No answer meant that they were busy, not that you should try again: you have one call."
)
CALL_AGAIN_ANSWERED = Reason("You spoke to them {call:ago} ago. That was your one call, and they know you’re waiting.")
CALL_REPEATEDLY = Reason(
    "You called {call:ago} ago. Calling again doesn’t make them less busy; it makes them remember you for the wrong "
    "reason. You have one call, whether they answer it or not."
)
CALL_NOT_THE_FIRST = Reason(
    "Calling again doesn’t make them less busy. You have one call, whether they answer it or not.",
)
CALL_RULED_OUT = Reason(
    "They asked you not to call. Write instead, or wait.",
    "The article allows one call. If they ask you not to call, that settles it.",
)
CALL_AFTER_SILENCE = Reason(
    "It’s {since:anchor}. After so long, their silence is the answer, and a call only makes somebody say it aloud.",
    "The article doesn’t say when to give up. After {silence_answers:span} without a word we take the silence for "
    "the answer.",
)
CALL_TOO_LATE = Reason(
    "An email of thanks comes before a call, and by the time a call could follow it, their silence would be the "
    "answer.",
    "The article doesn’t say when to give up. After {silence_answers:span} without a word we take the silence for "
    "the answer.",
)
CALL_INVITED = Reason(
    "They asked you to call {invited:ago} ago, and you do. It’s an answer, and doesn’t use up your own one call.",
    "The article is about calls that nobody asked for. We don’t count one they invited.",
)
CALL_INVITED_LATER = Reason(
    "They asked you to call {invited:ago} ago. You’re still welcome to, though sooner would have been better.",
    "The article is about calls that nobody asked for. An invitation to call is for the time they gave or the days "
    "after it; in the end we treat the call as one of your own.",
)
CALL_INVITED_LATE = Reason(
    "They’ve been expecting your call for {due:ago}. It’s late, and still better than not calling.",
    "The article is about calls that nobody asked for. A call they’re waiting for is an answer you owe them.",
)
CALL_INVITED_AGAIN = Reason(
    "They asked you to call, and nobody answered {call:ago} ago. One more try, on another working day, is fine.",
    "The article says that no answer means they’re busy. If they invited the call, we let you try once more on the "
    "next working day.",
)
CALL_INVITED_AGAIN_TOO_SOON = Reason(
    "Nobody answered {call:ago} ago, so they’re busy. Try once more on the next working day, from {until:moment}.",
    "The article says that no answer means they’re busy. If they invited the call, we let you try once more on the "
    "next working day.",
)
CALL_INVITED_TOO_SOON = Reason(
    "They asked you to call, but not yet: from {until:moment}.",
    "The article is about calls that nobody asked for. An invitation to call is for the time they gave.",
)
CALL_OPEN = Reason(
    "You emailed {email:ago} ago and could call now, once. You don’t have to.",
    "The article says that you may. We take it at its word: not calling is patience.",
)
MESSAGE_LEFT = Reason(
    "Nobody answered {call:ago} ago, so you leave a voicemail: who you are, why you called, that you know they’re "
    "busy, and that any time will do. It belongs to that call.",
)
MESSAGE_ON_THAT_CALL = Reason(
    "You shouldn’t have made that call, and a kind voicemail doesn’t mend it.",
    "The article lets you leave a message when nobody answers. We judge the call and its message as one.",
)
MESSAGE_NEEDS_ANOTHER_CALL = Reason(
    "You called {call:ago} ago. To leave a message now, you’d have to call again.",
    "The article lets you leave a message when nobody answers. We read that as part of the same call, not a later one.",
)
MESSAGE_OPEN = Reason(
    "Nobody answered {call:ago} ago, and you hang up without a message. That’s polite enough; a short voicemail would "
    "have told them who called.",
    "The article says that you can leave a message, not that you must.",
)

# The principle

REPLY_TO_THEM = Reason("They got in touch {heard:ago} ago. A reply is never a nuisance.")
REPLY_LATER = Reason(
    "They got in touch {heard:ago} ago. A reply is still welcome, though sooner would have been better.",
    "The article doesn’t say how soon to reply. We expect a reply within {reply_prompt:span}, and let the credit "
    "fall from there.",
)
REPLY_LATE = Reason(
    "They’ve been waiting for your reply for {due:ago}. It’s late, and still better than none.",
    "The article doesn’t say how soon to reply. We expect a reply within {reply_prompt:span}, or by the date they "
    "gave.",
)
REPLY_INSTEAD_OF_CALL = Reason(
    "They expected your call {due:ago} ago. An email that says when you’ll call is better than nothing.",
    "The article is about calls that nobody asked for. A call they’re waiting for is an answer you owe them, and an "
    "email is second best.",
)
REPLY_TOO_LATE = Reason(
    "They got in touch {heard:ago} ago and asked nothing. By now a reply is an email out of the blue.",
    "The article doesn’t say for how long you can reply. We call it a reply for {reply_lost:span}; after that it’s "
    "contact of your own.",
)
REPLY_TO_REFUSAL = Reason(
    "They turned you down {heard:ago} ago. A short reply, perhaps with a request for feedback, leaves a good memory.",
    "The article ends before the answer. After a refusal we allow one short email, soon after it, and find it "
    "sensible.",
)
REPLY_TO_OFFER = Reason("They made you an offer {heard:ago} ago, and you give them your answer in time.")
NOTHING_TO_REPLY_TO = Reason(
    "You have nothing to reply to, so this would be an email out of the blue.",
)
ASKING_THE_OUTCOME = Reason(
    "If they could tell you more, they would have. Asking whether you got the job puts them on the spot; it’s never "
    "the question to ask."
)
DROPPING_IN = Reason(
    "Turning up unasked takes their time, in front of everybody who happens to be there.",
    "The article doesn’t mention visits. If a second phone call is too much, so is a visit.",
)
WRITING_PRIVATELY = Reason(
    "A private account is for when they’re not at work. Use the address they gave you.",
    "The article doesn’t mention social media. We read its “do not nag” as reaching people only where they expect to "
    "be reached.",
)
SENDING_A_GIFT = Reason(
    "However small, a gift asks for something in return, and many employers have to declare it or send it back.",
    "The article doesn’t mention gifts. We say that you show interest in words, and in few of them.",
)
GOING_ROUND = Reason(
    "Writing to somebody else, or higher up, goes behind the back of the person you deal with.",
    "The article doesn’t say whom to contact. We say: the person you deal with, until they name somebody else.",
)
GOING_PAST_THE_RECRUITER = Reason(
    "You came through a recruiter, so ask the recruiter. Going past them embarrasses both sides.",
    "The article doesn’t mention recruiters. If one brought you together, we say every question goes through them.",
)
DEADLINE_MENTIONED = Reason(
    "You have an offer to answer by {deadline:moment}. Saying so once, without an ultimatum, helps them to help you.",
    "The article doesn’t mention other offers. We find it sensible to mention a real deadline, once and politely.",
)
DEADLINE_MADE_UP = Reason(
    "Nobody else is waiting for your answer. An invented deadline is an ultimatum.",
    "The article doesn’t mention other offers. We find it sensible to mention a deadline only if it’s real.",
)
DEADLINE_PAST = Reason(
    "Your other offer had to be answered {deadline:ago} ago, so there’s no deadline left to mention.",
    "The article doesn’t mention other offers. We find it sensible to mention a deadline only while it lies ahead.",
)
DEADLINE_AGAIN = Reason(
    "You mentioned your deadline {mentioned:ago} ago. Saying it twice makes it an ultimatum.",
    "The article doesn’t mention other offers. We find it sensible to mention a real deadline, once and politely.",
)
STATUS_IN_TIME = Reason(
    "They’ve had their time, and it’s {last:contact}. One polite question about the status is reasonable; thanks "
    "alone would have asked less of them.",
    "The article has a call that asks for the status, and no such email. We allow one, once a thank-you would be due.",
)
STATUS_AFTER_THANKS = Reason(
    "They’ve had their time, and it’s {last:contact}. One polite question about the status is reasonable now, and one "
    "is enough.",
    "The article has a call that asks for the status, and no such email. We allow one, once a thank-you would be due.",
)
STATUS_TOO_SOON = Reason(
    "It’s {last:contact}. A question about the status can wait until {until:moment}; sooner, it’s a nudge.",
    "The article has a call that asks for the status, and no such email. We allow one, once a thank-you would be due "
    "and {status_after_contact:span} after your last contact.",
)
STATUS_BEFORE_THE_WEEK = Reason(
    "It’s {since:anchor}. A question about the status can wait until {until:moment}; sooner, it’s a nudge.",
    "The article has a call that asks for the status, and no such email. We allow one, once a thank-you would be due.",
)
STATUS_BEFORE_THE_DATE = Reason(
    "They gave a date, {until:moment}, and it hasn’t passed yet. Until then, asking for the status is a nudge.",
    "The article has a call that asks for the status, and no such email. We allow one, once the date they gave has "
    "passed.",
)
STATUS_AGAIN = Reason(
    "You asked about the status {status:ago} ago. They have your question; asking twice is nagging.",
    "The article has a call that asks for the status, and no such email. We allow one, and one is enough.",
)
THEY_HAVE_DECIDED = Reason(
    "They told you {decided:ago} ago what they decided. There’s nothing left to follow up.",
)
ANSWER_OWED = Reason(
    "They’ve been waiting for your answer since {due:moment}. When somebody is waiting for you, don’t hold back."
)
ANSWER_OWED_BY_THEN = Reason(
    "They need your answer by {due:moment}, and by then you’d still owe it to them. Don’t let their date pass."
)
ANSWER_FIRST = Reason(
    "They got in touch {heard:ago} ago and are waiting for your answer. Give them that first; anything else reads as "
    "if you hadn’t listened.",
    "The article doesn’t rank the steps. We say nothing comes before an answer they’re waiting for.",
)
CALL_OWED_BY_THEN = Reason(
    "They’re waiting for your call. You can reach them from {due:moment}, and by then you’d still owe it to them.",
)
OFFER_FIRST = Reason(
    "They made you an offer {heard:ago} ago. The next thing they want from you is your answer.",
    "The article ends before the offer. We say you owe a reply by the date they gave, and nothing comes before it.",
)
OFFER_OPEN = Reason(
    "They made you an offer {heard:ago} ago and need your answer by {due:moment}. You may take that time to think.",
    "The article ends before the offer. We say you owe a reply by the date they gave.",
)
CALL_ARRANGED = Reason("They’re expecting your call from {due:moment}. Until then there’s nothing to do.")
DECISION_MADE = Reason(
    "They told you {decided:ago} ago what they decided. There’s nothing more you need to do.",
)
SILENCE_ANSWERS = Reason(
    "It’s {since:anchor}. After so long, their silence is the answer. Let it rest, and put your energy elsewhere.",
    "The article doesn’t say when to give up. After {silence_answers:span} without a word we take the silence for "
    "the answer.",
)
WAIT_FOR_YOUR_REFEREE = Reason(
    "They asked for your references {asked:ago} ago, and a referee hasn’t said yes. That’s out of your hands.",
    "The article says as soon as you can. We don’t hold against you what you can’t do yet.",
)
WAIT_FOR_THE_DATE = Reason(
    "They gave a date, {date:moment}. Waiting until it has passed means taking them at their word."
)
LET_THE_DATE_COME = Reason(
    "They have until {date:moment}, and most of the wait is behind you. They’re not late before that date."
)
WAIT_TILL_THEY_ARE_BACK = Reason(
    "Their automatic reply says they’re away until {date:moment}. Anything you send before then will be buried.",
    "The article doesn’t mention out-of-office replies. We wait until the day they name.",
)
WHILE_THEY_ARE_AWAY = Reason(
    "Their automatic reply says they’re away until {date:moment}. Nobody can answer you before then.",
    "The article doesn’t mention out-of-office replies. We wait until the day they name.",
)
WAIT_TO_MEET = Reason(
    "You’re meeting them again {date:day}. Until then there’s nothing to follow up.",
    "The article knows one interview. An invitation to another one answers everything that came before it.",
)
BEFORE_YOU_MEET = Reason(
    "You’re meeting them again {date:day}. Whatever you want to say, say it there.",
    "The article knows one interview. An invitation to another one answers everything that came before it, and each "
    "interview has its own thank-you and its own call.",
)
GIVE_THEM_TIME = Reason(
    "It’s {since:anchor}, and they have other people to see and their own work to do. Leave it until {until:moment}."
)
LET_THE_WEEK_END = Reason(
    "You’ve waited {since:ago}. Leave it until {until:moment}; until then, no news means nothing."
)
LEAVE_IT_WITH_THEM = Reason("You called {call:ago} ago, and that was your call. The next move is theirs.")
TRY_ONCE_MORE = Reason(
    "Nobody answered {call:ago} ago. You may try once more, from {until:moment}.",
    "The article says that no answer means they’re busy. If they invited the call, we let you try once more on the "
    "next working day.",
)
OFFICE_CLOSED = Reason(
    "Nobody there is at work now. You may call from {until:moment}, once.",
    "The article doesn’t mention the time of day. We say: in working hours, Monday to Friday, by their clock.",
)
NEXT_MOVE_IS_THEIRS = Reason("There’s nothing you need to do now. The next move is theirs.")
WAIT_AFTER_CONTACT = Reason("You were last in touch {last:ago} ago. Give them time to answer.")
