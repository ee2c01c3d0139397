"""Why to call, or not: the reasons of the third guideline."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

CALL_IN_TIME = Reason(
    "You emailed {email:hours}, so they’ve had time to read it. You can call once, and if nobody answers, assume "
    "they’re busy.",
    also=(
        (
            "They’ve had your email {email:lasting}. A short call is fine now: ask how things are going, and let them "
            "get back to their work."
        ),
        (
            "You emailed first and waited at least {call_after_email:limit}, so a call is fine. Keep it short, and "
            "make it the only one."
        ),
        "They’re at work, and they’ve had your email for {email:for}. This is a good moment for your one call.",
        (
            "You’ve given them time to answer the email you sent {email:when}. One call shows interest, and nobody "
            "will find it pushy."
        ),
        "You’ve emailed, waited, and picked a time when they’re at work. That’s how to call without being a nuisance.",
        (
            "You sent an email {email:ago}, so your call won’t come out of the blue. Say who you are, ask how things "
            "are going, and thank them whatever they say."
        ),
        (
            "You emailed {email:ago}, and that’s long enough to wait before a call. If they can’t come to the phone, "
            "leave a voicemail."
        ),
        "One friendly call is fine once they’ve had time to read your email. After that, it’s their turn.",
        "You’re not rushing them: you emailed {email:when}. Call now, and ask whether there’s any update.",
    ),
)
CALL_AFTER_REFERENCES = Reason(
    "You emailed your references {email:hours}, and they’ve had time to read them. One call to ask how things are "
    "going is fine.",
    reading=(
        "The article asks for an email before a call, but doesn’t say which email. Once they’ve had {quiet:limit}, or "
        "their date has passed, we count the email with your references."
    ),
    also=(
        (
            "You sent the email with your references {email:when}, so you have a good reason to call. Ask whether they"
            " have everything they need, and how things are going."
        ),
        (
            "They’ve had your references {email:lasting}, and you’ve given them enough time. You can call once, while "
            "they’re at work."
        ),
        (
            "You sent what they asked for, and they’ve had it {email:lasting}. A short call to ask how it’s going is "
            "fine now."
        ),
    ),
)
CALL_TOO_SOON = Reason(
    "You emailed {email:hours}. Give them until {until:moment} to answer before you call.",
    also=(
        "Leave at least {call_after_email:limit} between an email and a call. You can call from {until:moment}.",
        "They may not have read the email you sent {email:when}. If they haven’t answered {until:by}, a call is fine.",
        (
            "If you call this soon after emailing, you’re asking the same thing twice. See whether your email gets an "
            "answer by itself, and call from {until:moment}."
        ),
        (
            "People read their email when they have a minute, and you only sent yours {email:ago}. Leave the phone "
            "alone until {until:moment}."
        ),
        (
            "You emailed so that they could answer when it suited them. If you call now, they lose that choice, so "
            "save it for {until:moment} or later."
        ),
    ),
)
CALL_OUT_OF_HOURS = Reason(
    "It’s {now:present}, and nobody there is at work. Call in working hours, from {until:moment}.",
    reading=(
        "The article doesn’t mention the time of day. We think you should call in their working hours, Monday to "
        "Friday, in their time zone."
    ),
    also=(
        (
            "If you call now, you’ll reach an empty office or interrupt somebody’s free time. Try from {until:moment},"
            " when they’re back at work."
        ),
        ("It’s no use calling when nobody is there to pick up. Make your call from {until:moment}, when somebody is."),
        "It’s fine to call, but not right now. Wait for their working hours, which start again {until:day}.",
        "They don’t work at {now:present}. The same call will be welcome from {until:moment}.",
        "Nobody enjoys a work call after work. You’ll get a better hearing from {until:moment}.",
    ),
)
CALL_AFTER_EARLY_EMAIL = Reason(
    "You emailed {email:when}, which was too early, so you need to wait longer before you call. Leave it until at "
    "least {until:moment}.",
    reading=(
        "The article doesn’t say whether an email sent too early counts. We count it from the day it would have been "
        "welcome."
    ),
    also=(
        (
            "You emailed too early, and calling early as well would make it worse. Wait until {until:moment}, as if "
            "you’d emailed on the right day."
        ),
        (
            "An email sent too soon doesn’t start the clock. We count from the day it would have been welcome, so you "
            "can call from {until:moment}."
        ),
    ),
)
CALL_BEFORE_THE_DATE = Reason(
    "They said you’d hear {date:by}. If you call before that, they can only tell you the same again, so wait until "
    "{until:moment}.",
    reading=(
        "The article doesn’t mention calling before a date they gave. We think that if they gave you a date, you "
        "should wait for it."
    ),
    also=(
        "They gave you a date, {date:moment}, and it hasn’t passed yet. Wait until it has before you think of calling.",
        (
            "You’d be asking for something they’ve promised you {date:by}. If you haven’t heard after that, it’s time "
            "to get in touch."
        ),
        (
            "They told you how long they’d need, so take them at their word. You can pick up the phone from "
            "{until:moment}."
        ),
        (
            "They’ll probably have nothing to tell you before {date:moment}. Hold on until then, and see whether you "
            "hear from them."
        ),
        (
            "If you call before the date they gave you, it looks as if you don’t trust them to keep it. The earliest "
            "you should call is {until:moment}."
        ),
    ),
)
CALL_BEFORE_THE_WEEK = Reason(
    "It’s {since:since}, which is too soon for a call, even after an email. Leave them in peace until {until:moment}.",
    reading=(
        "The article asks for an email, and for time to read it. We think they should still have {quiet:limit} to "
        "themselves before you call."
    ),
    also=(
        "You’ve emailed, but you haven’t given them {quiet:limit} yet. You can make your one call from {until:moment}.",
        (
            "They’re probably still busy with other candidates. Give them {quiet:limit}, and don’t pick up the phone "
            "before {until:moment}."
        ),
        "A call is the last thing to try, and it’s still early. You lose nothing if you wait until {until:moment}.",
        "They’ll have more to tell you in a few days. Put off your call until {until:moment}.",
        (
            "It’s too early to ask how it’s going, because they won’t know yet. You can call {until:day}, if you still"
            " need to."
        ),
    ),
)
CALL_BEFORE_EMAIL_IS_DUE = Reason(
    "Send an email of thanks before you call, because they can answer it when it suits them. You can email from "
    "{due:moment}, and call from {until:moment} at the earliest.",
    also=(
        (
            "It’s too early to call, and even to email. You can thank them from {due:moment}, and call once they’ve "
            "had {call_after_email:limit} to read it."
        ),
        (
            "A call interrupts people’s work, so never start with one. Send a thank-you first, from {due:moment}, and "
            "see whether they answer."
        ),
        (
            "If you haven’t emailed first, a call comes out of the blue. Email them from {due:moment}, and don’t call "
            "before {until:moment}."
        ),
        (
            "Leave them alone until {due:moment}, then send a short thank-you. If they don’t answer it, you can "
            "call from {until:moment}."
        ),
        "It’s too soon to call or email. Start with a thank-you, any time from {due:moment}.",
    ),
)
CALL_BEFORE_EMAIL = Reason(
    "Email before you call, so that they can answer when it suits them. Thank them now, and call from {until:moment} "
    "at the earliest.",
    also=(
        "It’s fine to get in touch now, but do it by email. If they haven’t answered {until:by}, you can call.",
        (
            "A phone call interrupts people, and an email doesn’t. Email first, and keep the call for {until:moment} "
            "or later."
        ),
        "Don’t start with a call. Send a short thank-you now, and don’t call before {until:moment}.",
        (
            "A call is less of a surprise if you’ve emailed first. Send an email now, and you can call from "
            "{until:moment}."
        ),
        (
            "You’ve skipped a step: the email that tells them you’re still interested. Send that now, and call from "
            "{until:moment}."
        ),
        (
            "Try the gentler way first, and thank them by email. You may hear from them before {until:moment}, which "
            "is the earliest you could call."
        ),
    ),
)
CALL_AGAIN_UNANSWERED = Reason(
    "You called {call:when}, and they were probably too busy to answer. You only get one call, so wait for them to get"
    " in touch.",
    also=(
        (
            "They didn’t pick up {call:ago}, and they’re probably just as busy now. If they want to talk to you, "
            "they’ll call back."
        ),
        "You made your one call {call:when}, and it counts even though nobody answered. They can see that you called.",
        "They’ll have seen your missed call. Leave the next move to them.",
        "When nobody picks up, people usually have their hands full. Give them time to return your call {call:from}.",
    ),
)
CALL_AGAIN_ANSWERED = Reason(
    "You spoke to them {call:when}. That was your one call, and they know you’re waiting, so let them get back to you.",
    also=(
        "They’ve told you what they could on the phone. When there’s news, they’ll pass it on.",
        "You talked to them {call:ago}, and you have nothing new to ask. Wait for them to come back to you.",
        (
            "If you call people you’ve already spoken to, it sounds like a complaint. They won’t have forgotten your "
            "call {call:from}."
        ),
    ),
)
CALL_REPEATEDLY = Reason(
    "You called {call:when}, so wait for them to call back. Another call won’t make them less busy, and they may "
    "remember you for the wrong reason.",
    also=(
        "If you keep calling, they may throw away even a good CV. You made your call {call:ago}, so it’s time to wait.",
        (
            "You get one call, whether they answer or not. You made it {call:when}, so the next call should come from "
            "them."
        ),
        "If they see your number over and over, they’ll feel hounded. You called {call:when}, so let them come to you.",
        "However urgent it feels, a second call won’t speed anything up. They know about the one you made {call:when}.",
        (
            "One call shows that you’re interested, but two make you look impatient. You called {call:ago}, so wait "
            "for an answer."
        ),
    ),
)
CALL_NOT_THE_FIRST = Reason(
    "Calling over and over won’t make them less busy. Make one call, at a good time, and leave a voicemail if nobody "
    "answers.",
    also=("One call is enough, whether they pick up or not. Don’t plan for a second one.",),
)
CALL_RULED_OUT = Reason(
    "They asked you not to call. Send an email instead, or wait.",
    reading="The article allows one call. If they ask you not to call, we think that settles it.",
    also=(
        (
            "If they’ve said “please don’t call”, that still applies after a long wait. If you need to ask something, "
            "put it in one short email."
        ),
        (
            "They’ve told you they don’t want calls, and doing as they ask makes the best impression. If you must "
            "contact them, email."
        ),
    ),
)
CALL_AFTER_SILENCE = Reason(
    "You’ve heard nothing for {since:for}. After that long, the answer is probably no, and a call only makes somebody "
    "say it, so let it go.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer."
    ),
    also=(
        (
            "After {silence_answers:limit} or more of silence, they’ve probably chosen somebody else. Don’t call, "
            "and put your energy into other applications."
        ),
        "They last got in touch {since:ago}, and a call won’t change that. Put the effort into another application.",
    ),
)
CALL_TOO_LATE = Reason(
    "It’s too late to start with an email and then follow it with a call. Send one email of thanks, and don’t call.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer."
    ),
    also=(
        (
            "You’d have to email first, then wait. By then they’d have been silent for {silence_answers:limit}, "
            "and there’d be no point in calling."
        ),
    ),
)
CALL_INVITED = Reason(
    "They asked you {invited:ago} to call, so this is what they want. It doesn’t use up your one call.",
    reading="The article is about calls that nobody asked for. We don’t count a call that they asked for.",
    also=(
        "You’re calling because they asked you to. People who ask for a call are pleased to get one.",
        (
            "They asked for this call {invited:when}, so there’s nothing pushy about it. Have your questions and your "
            "diary ready."
        ),
        "They’ve invited you to phone them, so this call is welcome. Tell them you’re calling because they asked.",
        "If people ask you to call, it’s polite to do so. They asked {invited:ago}, so you’re right to call.",
    ),
)
CALL_INVITED_LATER = Reason(
    "They asked you to call, and you could have called {due:ago}. It’s still right, though sooner would have been "
    "better.",
    reading=(
        "The article is about calls that nobody asked for. If they ask you to call, do it at the time they gave or "
        "soon after it. After {thank_you_late:limit} we treat it as a call they didn’t ask for, unless they’re still "
        "waiting for it."
    ),
    also=(
        (
            "They still want you to call, even though you could have done it {due:when}. Next time, call while they "
            "still have you in mind."
        ),
        (
            "You’ve been free to make this call {due:lasting}. It’s right to make it, but earlier would have been "
            "better still."
        ),
    ),
)
CALL_INVITED_LATE = Reason(
    "They’ve been expecting your call {due:lasting}. It’s late, but it’s still better than not calling.",
    reading="The article is about calls that nobody asked for. If they’re waiting for your call, you owe them one.",
    also=("They hoped you’d call {due:ago}, but you didn’t. Call now, say sorry once, and get to the point.",),
)
CALL_INVITED_AGAIN = Reason(
    "They asked you to call, and nobody answered when you did {call:ago}. It’s fine to try once more, on another "
    "working day.",
    reading=(
        "The article says that no answer means they’re busy. If they asked you to call, we let you try once more on "
        "the next working day."
    ),
    also=(
        (
            "You tried {call:when}, as they’d asked you to, and they were busy. They want this call, so a second try "
            "is all right."
        ),
    ),
)
CALL_INVITED_AGAIN_TOO_SOON = Reason(
    "Nobody answered {call:ago}, so they’re probably busy. Try once more on the next working day, from {until:moment}.",
    reading=(
        "The article says that no answer means they’re busy. If they asked you to call, we let you try once more on "
        "the next working day."
    ),
    also=(
        (
            "Even if they asked you to call, don’t keep trying on the same day. You called {call:when}, so leave it "
            "until {until:moment}."
        ),
    ),
)
CALL_INVITED_TOO_SOON = Reason(
    "They asked you to call, but not before {until:moment}. Keep to the time they gave you.",
    reading="The article is about calls that nobody asked for. If they gave you a time to call, call then.",
    also=(
        (
            "They want you to call from {until:moment}. If you call before that, you may catch them unprepared or in "
            "the middle of something."
        ),
        (
            "They chose the time for your call, and it’s {until:moment}. If you call earlier, it looks as if you "
            "weren’t listening."
        ),
        "Wait for the time that suits them. They’ll be ready for your call from {until:moment}.",
    ),
)
CALL_INVITED_IF_SILENT = Reason(
    "They said to call if you hadn’t heard {date:by}, and they still have time to write. Call from {until:moment}, if "
    "it’s still quiet.",
    reading=(
        "The article is about calls that nobody asked for. If they said to call after a certain date, we wait for it."
    ),
    also=(
        (
            "They invited you to call only if they hadn’t been in touch by their date. You can do that from "
            "{until:moment}."
        ),
        (
            "You may hear from them before you need to call. Wait for the date they gave, and call from {until:moment} "
            "if it’s still quiet."
        ),
        "This call is for when their date has passed without news. It hasn’t passed yet, so call from {until:moment}.",
    ),
)
CALL_OPEN = Reason(
    "You emailed {email:ago}, so you could make your one call now. You don’t have to, but it would show that you’re "
    "still interested.",
    reading="The article says that you can call, not that you have to. So waiting shows patience, too.",
    also=(
        "It’s fine to wait. A short call would be fine too, because they’ve had your email {email:lasting}.",
        (
            "You could pick up the phone now, and you might find out more. If you’d rather wait for an answer to your "
            "email, that’s fine too."
        ),
        (
            "It’s up to you: nobody expects a call, and nobody would mind one. You wrote {email:when}, so they’ve had "
            "time."
        ),
        "Waiting won’t count against you. But you emailed {email:ago}, so you could call once to ask how it’s going.",
        "No news isn’t bad news, so you can leave it for now. If you’d like to know more, you could make one call.",
    ),
)
CALL_INVITED_OPEN = Reason(
    "They said you could call, and now you can. You don’t have to, but a call is the best thing you can do now.",
    reading=(
        "The article is about calls that nobody asked for. If they invite you to call, we think a call is the best "
        "next step, but you can also wait."
    ),
    also=(
        "It’s fine to wait, but they’ve told you that they don’t mind a call. Making it now would be even better.",
        "You can leave it for a while. Still, they invited you to call, and that’s the quickest way to find out more.",
        (
            "Nobody will hold it against you if you wait. They did say you could call, so pick up the phone if you’d "
            "like to know more."
        ),
    ),
)
MESSAGE_LEFT = Reason(
    "Nobody answered {call:ago}, so leave a voicemail. Say who you are and why you called, and that they can call back"
    " whenever it suits them.",
    also=(
        (
            "A voicemail is part of the call you’ve just made, so it doesn’t count as contacting them again. Keep it "
            "short, and let them choose when to call back."
        ),
        (
            "They were busy, and a few friendly words tell them who called. Ask them to get back to you when they have"
            " a minute."
        ),
    ),
)
MESSAGE_ON_THAT_CALL = Reason(
    "You shouldn’t have made that call, and a friendly voicemail won’t put it right. Hang up, and leave them in peace.",
    reading="The article lets you leave a message when nobody answers. We judge the call and its message as one.",
    also=(
        "A voicemail only draws attention to a call you shouldn’t have made. It’s better to say nothing and wait.",
        "The call was a mistake, so don’t leave a message as well. Put the phone down, and leave it for now.",
    ),
)
MESSAGE_NEEDS_ANOTHER_CALL = Reason(
    "To leave a voicemail now, you’d have to call again, and you called {call:ago}. If there’s something to say, put "
    "it in an email when it’s time for one.",
    reading=(
        "The article lets you leave a message when nobody answers. We read that as part of the same call, not a later "
        "one."
    ),
    also=(
        (
            "A voicemail goes with a call that nobody answers. You called {call:when}, so don’t call again just to "
            "leave a message."
        ),
        (
            "You can leave one voicemail, and only right after a call that nobody answers. You hung up {call:ago}, so "
            "it’s too late now."
        ),
    ),
)
MESSAGE_OPEN = Reason(
    "Nobody answered {call:ago}, and you’re hanging up without a word. That’s polite enough, but a short voicemail "
    "would tell them who called.",
    reading="The article says that you can leave a message, not that you have to.",
    also=("You can leave it at that. Still, a few words on their voicemail would save them wondering who it was.",),
)
