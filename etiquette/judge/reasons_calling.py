"""Why to call, or not: the reasons of the third guideline."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

CALL_IN_TIME = Reason(
    "You emailed {email:hours}, and they’ve had time to read it. You may call, once, and if nobody answers, they’re "
    "busy.",
    also=(
        (
            "They’ve had your email {email:lasting}. A short call is fine now: ask how things are going, and let them "
            "get back to their work."
        ),
        (
            "First an email, then at least {call_after_email:limit}, then a call: you’ve kept to the order. Make it "
            "brief, and make it the only one."
        ),
        (
            "It’s working hours, and your email has been with them for {email:for}. That makes this a good moment for "
            "your one call."
        ),
        (
            "You gave them until now to answer what you wrote {email:when}. Calling once shows interest, and nobody "
            "will find it pushy."
        ),
        "You’ve written, waited, and picked an hour when they’re at work. That’s how to call without being a nuisance.",
        (
            "Your email {email:from} has paved the way. Say who you are, ask about the status, and thank them "
            "whatever they say."
        ),
        (
            "Enough time has passed since you wrote {email:ago}. Use your call now, and leave a voicemail if they "
            "can’t come to the phone."
        ),
        "One friendly call can follow an email that they’ve had time to read. After this one, it’s their turn.",
        "Nobody can say that you’re rushing them. You wrote {email:when}, and now a call may follow.",
    ),
)
CALL_AFTER_REFERENCES = Reason(
    "You emailed your references {email:hours}, and they’ve had time to read them. One call to ask how things are "
    "going is fine.",
    reading=(
        "The article asks for an email before a call and doesn’t say which. From the day a thank-you would be due, "
        "the one with your references counts."
    ),
    also=(
        (
            "The email with your references went out {email:when}, and it’s reason enough for a call. Ask whether "
            "they have all they need, and how things are going."
        ),
        (
            "Your references have been with them {email:lasting}, and the quiet time is over. You may call, once, "
            "while they’re at work."
        ),
        (
            "They have what they asked for, and they’ve had it {email:lasting}. A short call to ask how it’s going is "
            "welcome now."
        ),
    ),
)
CALL_TOO_SOON = Reason(
    "You emailed {email:hours}. Give them until {until:moment} to answer before you call.",
    also=(
        "An email needs at least {call_after_email:limit} before a call may follow. For yours, that’s {until:moment}.",
        (
            "They may not have got to the email that you sent {email:when}. From {until:moment} a call is fine, if "
            "they haven’t answered by then."
        ),
        "Calling so soon after writing asks the same thing twice. Let your email do the work until {until:moment}.",
        (
            "People read their emails when they have a minute, and yours is only {email:from}. Leave the phone alone "
            "until {until:moment}."
        ),
        (
            "You wrote so that they could answer when it suits them. A call takes that back, so save it for "
            "{until:moment} or later."
        ),
    ),
)
CALL_OUT_OF_HOURS = Reason(
    "Nobody there is at work at this time, {now:moment}. Call in working hours, from {until:moment}.",
    reading=(
        "The article doesn’t mention the time of day. We say that you call in their working hours, Monday to Friday, "
        "by their clock."
    ),
    also=(
        (
            "A call at this hour reaches an empty office, or somebody’s free time. Try when they’re at work again, "
            "from {until:moment}."
        ),
        (
            "You’re allowed one call, so don’t spend it on a phone that nobody will pick up. They’re back from "
            "{until:moment}."
        ),
        "The call is right, but the time isn’t. Wait for their working hours, which begin again {until:day}.",
        "{now:moment} is outside their working hours. The same call will be welcome from {until:moment}.",
        "Nobody enjoys a work call after work. Yours will get a better hearing from {until:moment}.",
    ),
)
CALL_AFTER_EARLY_EMAIL = Reason(
    "You emailed {email:when}, before it was due, so a call can’t follow it until {until:moment}. Leave them in peace "
    "until then.",
    reading=(
        "The article doesn’t say what an email sent too early is worth. We count it only from the day on which it "
        "would have been welcome."
    ),
    also=(
        (
            "Your email came early, and an early call would make two of them. Wait until {until:moment}, as if you’d "
            "written on the right day."
        ),
        (
            "The waiting time doesn’t start with an email that was sent too soon. Counted from the day when it would "
            "have been welcome, you may call from {until:moment}."
        ),
    ),
)
CALL_BEFORE_THE_DATE = Reason(
    "They said that you’d hear {date:by}. Before that they can only say “as we told you”, so leave your call until "
    "{until:moment}.",
    reading=(
        "The article doesn’t mention calling before a date they gave. We think that a date asks you to wait for it."
    ),
    also=(
        "You have a date, {date:moment}, and it hasn’t passed yet. Let it go by before you think of calling.",
        (
            "A call now asks for something that they’ve promised you for {date:moment}. If that passes without a "
            "word, it’s time to get in touch."
        ),
        "They told you how long they’d need, so take them at their word. The phone can wait until {until:moment}.",
        (
            "The person who picks up has nothing to tell you before {date:moment}. Hold on until then, and see "
            "whether you hear."
        ),
        (
            "Calling before their own date looks as if you doubted it. The earliest moment for your call is "
            "{until:moment}."
        ),
    ),
)
CALL_BEFORE_THE_WEEK = Reason(
    "It’s {since:since}, which is too soon for a call, even after an email. Leave them in peace until {until:moment}.",
    reading=(
        "The article asks for an email and two days. We say that the quiet week comes first, or there’d be no point "
        "in waiting to thank them."
    ),
    also=(
        "You’ve emailed, but they haven’t had {quiet:limit} to themselves yet. From {until:moment} you may call, once.",
        (
            "They’re likely to be busy with other candidates still. Give them {quiet:limit} of quiet, and don’t pick "
            "up the phone before {until:moment}."
        ),
        "A call is the last step, and it’s early days. Nothing is lost if you wait until {until:moment}.",
        "They’ll have more to tell you in a few days. Put your call off until {until:moment}.",
        (
            "It’s too early to ask anybody how it’s going, because they won’t know yet. The time for a call comes "
            "{until:day}."
        ),
    ),
)
CALL_BEFORE_EMAIL_IS_DUE = Reason(
    "An email of thanks comes before a call, because they can answer it when it suits them. Thanks are due from "
    "{due:moment}, and a call from {until:moment} at the earliest.",
    also=(
        (
            "It’s too early for a call and even for an email. You may thank them from {due:moment}, and call once "
            "they’ve had {call_after_email:limit} to read that."
        ),
        (
            "A call gets somebody away from their work, so it’s never the first step. Begin with a thank-you, from "
            "{due:moment}, and then wait."
        ),
        (
            "A call without an email before it comes out of nowhere. Write from {due:moment}, and don’t call before "
            "{until:moment}."
        ),
        (
            "Leave them alone until {due:moment}, then write a short thank-you. Only if that goes unanswered is it "
            "time for the phone, from {until:moment}."
        ),
        "Neither a call nor an email is right just yet. The first step is a thank-you from {due:moment}.",
    ),
)
CALL_BEFORE_EMAIL = Reason(
    "Write before you call, because an email can be answered when it suits them. Thank them now, and call from "
    "{until:moment} at the earliest.",
    also=(
        "You may be in touch now, but by email. If they haven’t answered {until:by}, a call may follow.",
        (
            "A phone that rings wants an answer now, and an email doesn’t. Write first, and keep the call for "
            "{until:moment} or later."
        ),
        "Don’t start with the phone. Send a short thank-you today, give it {call_after_email:limit}, and call then.",
        "A call that follows an email is less of a surprise. Write now, and you may call from {until:moment}.",
        (
            "You’re skipping a step: the email that tells them you’re still interested. Send it, and the call can "
            "follow from {until:moment}."
        ),
        (
            "Try the gentler way first. Thank them by email, and you may hear from them before {until:moment}, when a "
            "call would be next."
        ),
    ),
)
CALL_AGAIN_UNANSWERED = Reason(
    "You called {call:when}, and no answer meant that they were busy. You have one call, so wait for them to get in "
    "touch.",
    also=(
        (
            "They didn’t pick up {call:ago}, and a second try won’t find them any freer. If they want to talk to you, "
            "they’ll call back."
        ),
        "Your one call was {call:when}, even though nobody answered it. They can see that you called.",
        "A missed call is still a call. Leave the next move to them.",
        (
            "When nobody picks up, people have their hands full. They know about your call {call:from}, so give them "
            "time to return it."
        ),
    ),
)
CALL_AGAIN_ANSWERED = Reason(
    "You spoke to them {call:when}. That was your one call, and they know that you’re waiting, so let them get back "
    "to you.",
    also=(
        "They’ve told you on the phone what they could. When there’s news, they’ll pass it on.",
        "Having talked to them {call:ago}, you have nothing new to ask. Wait for them to come back to you.",
        (
            "Calling somebody you’ve already spoken to sounds like a complaint. Your call was {call:when}, and they "
            "won’t have forgotten it."
        ),
    ),
)
CALL_REPEATEDLY = Reason(
    "You called {call:when}, so wait for them to call back. Another call doesn’t make them less busy, but it makes "
    "them remember you for the wrong reason.",
    also=(
        "Repeated calls are what gets a good résumé thrown away. You had your call {call:ago}, so it’s time to wait.",
        (
            "You have one call, whether they answer it or not. Yours was {call:when}, and the next one should come "
            "from them."
        ),
        "Somebody who sees your number over and over feels hounded. After your call {call:when}, let them come to you.",
        "However urgent it feels, a second call won’t speed anything up. They know about the one you made {call:when}.",
        (
            "One call says that you’re interested, and two say that you’re impatient. You’ve had yours {call:ago}, so "
            "wait for an answer."
        ),
    ),
)
CALL_NOT_THE_FIRST = Reason(
    "Calling and calling again doesn’t make them less busy. Make one call, at a good time, and leave a voicemail if "
    "nobody answers.",
    also=("One call is enough, whether they pick up or not. Don’t plan for a second one.",),
)
CALL_RULED_OUT = Reason(
    "They asked you not to call. Send an email instead, or wait.",
    reading="The article allows one call. If they ask you not to call, that settles it.",
    also=(
        "“Please don’t call” holds however long it takes. If you need to ask something, put it in one short email.",
        (
            "They’ve told you that they don’t want calls, and doing as they ask is the best impression you can make. "
            "Write to them if you must."
        ),
    ),
)
CALL_AFTER_SILENCE = Reason(
    "You’ve heard nothing for {since:for}. After so long, their silence is the answer, and a call only makes somebody "
    "say it aloud. Let it rest.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer."
    ),
    also=(
        (
            "Nobody who wanted you would have kept quiet for more than {silence_answers:limit}. Spare both sides the "
            "call, and look ahead."
        ),
        "They last got in touch {since:ago}, and a call won’t change that. Put the effort into another application.",
    ),
)
CALL_TOO_LATE = Reason(
    "An email of thanks comes before a call, and by the time a call could follow it, their silence would be the "
    "answer. Send one email, and leave the phone out of it.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer."
    ),
    also=(
        (
            "You’d have to write first, and then wait. By then they’d have been silent for {silence_answers:limit}, "
            "and calling would be pointless."
        ),
    ),
)
CALL_INVITED = Reason(
    "They asked you to call {invited:ago}, and you do. It’s an answer, so you still have your one call.",
    reading="The article is about calls that nobody asked for. We don’t count one that they invited.",
    also=(
        "You’re calling because they want you to. People who ask for a call are pleased to get one.",
        (
            "They invited this call {invited:when}, so there’s nothing pushy about it. Have your questions and your "
            "diary ready."
        ),
        "A call that they’ve asked for is the best kind. You make it while they’re expecting it.",
        (
            "When they ask for a call, calling is the polite thing to do. Their invitation came {invited:ago}, and "
            "you haven’t let it go cold."
        ),
    ),
)
CALL_INVITED_LATER = Reason(
    "They asked you to call {invited:ago}. You’re still welcome to, though sooner would have been better.",
    reading=(
        "The article is about calls that nobody asked for. An invitation to call is for the time they gave or the "
        "days after it. After about a month we treat the call as one of your own."
    ),
    also=(
        (
            "Their invitation still stands, even though it came {invited:ago}. Next time, call while they still have "
            "you in mind."
        ),
        "You’ve let the invitation wait {invited:lasting}. Calling is right, but earlier would have been better still.",
    ),
)
CALL_INVITED_LATE = Reason(
    "They’ve been expecting your call {due:lasting}. It’s late, and still better than not calling.",
    reading=(
        "The article is about calls that nobody asked for. A call that they’re waiting for is an answer you owe them."
    ),
    also=("They hoped for your call {due:ago}, and it didn’t come. Call now, say sorry once, and get to the point.",),
)
CALL_INVITED_AGAIN = Reason(
    "They asked you to call, and nobody answered {call:ago}. One more try, on another working day, is fine.",
    reading=(
        "The article says that no answer means they’re busy. If they invited the call, we let you try once more on "
        "the next working day."
    ),
    also=(
        (
            "You tried {call:when}, as they’d asked you to, and they were busy. Because they want this call, a second "
            "one is all right."
        ),
    ),
)
CALL_INVITED_AGAIN_TOO_SOON = Reason(
    "Nobody answered {call:ago}, so they’re busy. Try once more on the next working day, from {until:moment}.",
    reading=(
        "The article says that no answer means they’re busy. If they invited the call, we let you try once more on "
        "the next working day."
    ),
    also=(
        (
            "Even a call that they invited shouldn’t turn into several in a row. You tried {call:when}, so leave it "
            "until {until:moment}."
        ),
    ),
)
CALL_INVITED_TOO_SOON = Reason(
    "They asked you to call, but not yet. The call is for {until:moment}, so keep to that.",
    reading="The article is about calls that nobody asked for. An invitation to call is for the time they gave.",
    also=(
        (
            "You’re invited to call from {until:moment}. Before that you’ll catch them unprepared, or in the middle "
            "of something."
        ),
        (
            "They picked the time for your call, and it’s {until:moment}. Calling earlier shows that you weren’t "
            "listening."
        ),
        "Wait for the time that suits them, because they chose it. Your call is due from {until:moment}.",
    ),
)
CALL_OPEN = Reason(
    "You emailed {email:ago} and could call now, once. You don’t have to, but it would show that you’re still "
    "interested.",
    reading="The article says that you may call, not that you must. So we call waiting patience, too.",
    also=(
        "Holding back is fine. A short call would be fine too, because they’ve had your email {email:lasting}.",
        (
            "You could pick up the phone now, and one call might tell you more. If you’d rather wait for an answer to "
            "your email, that’s patience."
        ),
        (
            "It’s up to you: nobody expects a call, and nobody would mind one. You wrote {email:when}, so they’ve had "
            "time."
        ),
        "Waiting won’t count against you. But you’ve earned one call with the email that you sent {email:ago}.",
        "No news isn’t bad news, so you can let it rest. If you’d like to know more, one call is open to you.",
    ),
)
MESSAGE_LEFT = Reason(
    "Nobody answered {call:ago}, so you leave a voicemail. Say who you are, why you called, that you know they’re "
    "busy, and that any time will do.",
    also=(
        (
            "A voicemail belongs to the call that you’ve just made, so it doesn’t count as another contact. Keep it "
            "short, and let them choose when to call back."
        ),
        (
            "They were busy, and a few friendly words tell them who called. Ask them to get back to you when it suits "
            "them."
        ),
    ),
)
MESSAGE_ON_THAT_CALL = Reason(
    "You shouldn’t have made that call, and a kind voicemail doesn’t mend it. Hang up, and leave them in peace.",
    reading="The article lets you leave a message when nobody answers. We judge the call and its message as one.",
    also=(
        "A voicemail only adds to a call that shouldn’t have been made. It’s better to say nothing, and to wait.",
        (
            "The call was a mistake, and words on their voicemail only make it two. Put the phone down, and leave it "
            "for now."
        ),
    ),
)
MESSAGE_NEEDS_ANOTHER_CALL = Reason(
    "To leave a voicemail now, you’d have to call again. You’ve called once, {call:ago}, so send an email if there’s "
    "something to say.",
    reading=(
        "The article lets you leave a message when nobody answers. We read that as part of the same call, not a later "
        "one."
    ),
    also=(
        (
            "The time for a voicemail was right after your call {call:when}. Now it would be a second call, and you "
            "have only one."
        ),
        "Voicemails are left on the call that nobody answers. Yours ended {call:when}, so let it be.",
    ),
)
MESSAGE_OPEN = Reason(
    "Nobody answered {call:ago}, and you hang up without a word. That’s polite enough, but a short voicemail would "
    "have told them who called.",
    reading="The article says that you can leave a message, not that you must.",
    also=("You may leave it at the call. A few words on their voicemail would have saved them guessing.",),
)
