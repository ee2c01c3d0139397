"""Why references are sent, or not: the reasons of the first guideline."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

REFERENCES_PROMPT = Reason(
    "They asked for your references, and you send them {waited:span} later. Being quick shows that you’re reliable "
    "and that you want the job.",
    also=(
        "They asked {asked:when}, and you don’t keep them waiting. Nothing says “I want this job” more clearly.",
        "It took you {waited:span} to send what they asked for. That’s how you show that people can rely on you.",
        (
            "They can’t go on without your references, and they have them {waited:span} after asking. No other email "
            "is welcome so early."
        ),
        (
            "Your references go out {waited:span} after they asked for them. There’s no such thing as too early when "
            "they’re the ones who asked."
        ),
        "You got their request {asked:ago}, and you act on it. Responsible and keen is just how you want to look.",
        (
            "They asked {asked:when}, and already they can start calling your referees. You’ve made their work "
            "easier, and they’ll notice."
        ),
    ),
)
REFERENCES_WHEN_READY = Reason(
    "You couldn’t send your references until your referee had agreed, and now they go out {waited:span} later. That’s "
    "as soon as you can, which is all the article asks.",
    reading="The article says to send them as soon as you can. We don’t count the time when you couldn’t.",
    also=(
        (
            "You waited for a yes, and {waited:span} after it your references are with them. Asking your referee "
            "first was right, and so is sending them now."
        ),
        (
            "Your references have been ready {ready:lasting}, and now they’re on their way. Nobody can ask you to be "
            "quicker than your referee."
        ),
    ),
)
REFERENCES_AFTER_THE_WEEKEND = Reason(
    "Work there was over, or nearly over, when you could first send your references. They have them by noon on the "
    "next working day, and that’s soon enough.",
    reading=(
        "The article doesn’t mention weekends. If they ask on a Friday afternoon, at a weekend or on a public "
        "holiday, you have until noon on the next working day. If they ask on a Friday morning, send them on Friday."
    ),
    also=(
        "They get your references on the morning when work begins again. After a weekend or a holiday, that’s prompt.",
        (
            "Nobody there was at work over the days off. Your references reach them by noon on the first day back, "
            "before anybody could miss them."
        ),
    ),
)
REFERENCES_SOME = Reason(
    "They asked for your references {asked:when}. Send the ones you have and say that the rest will follow: it shows "
    "that you’re on it.",
    reading=(
        "The article doesn’t say what to do while a referee hasn’t agreed yet. We say: send the others now, and the "
        "last one when you have it."
    ),
    also=(
        (
            "One of your referees hasn’t said yes, but the others have. Sending those now is better than making them "
            "wait for the full list."
        ),
        (
            "You send what’s ready {waited:span} after you could, and tell them that one more is coming. Now they can "
            "make a start."
        ),
        "Half a list today beats a full list next week. Tell them when they can expect the missing name.",
    ),
)
REFERENCES_IN_TIME = Reason(
    "You could have sent your references {ready:hours}. They’re still welcome, but sooner would have said more about "
    "you.",
    reading=(
        "The article says only “as soon as you can”. We give full credit for {references_prompt:limit}, and less with "
        "every hour after that."
    ),
    also=(
        "They’ve had to wait {waited:span} for your references. That’s acceptable. Next time, send them the same day.",
        (
            "Your references have been ready {ready:lasting}, and they go out only now. It’s still fine, though being "
            "quick is the point of this email."
        ),
        (
            "Sending them now is right, even {waited:span} after you could have. A faster answer would have shown how "
            "much you want the job."
        ),
        "This is the right email, and it’s a little late. It could have gone out {ready:when}.",
    ),
)
REFERENCES_LATE = Reason(
    "You could have sent your references {ready:hours}, and they’ll have noticed. Send them anyway: late is better "
    "than never.",
    reading=(
        "The article names no limit. We call references late after {references_late:limit}, or from noon on the next "
        "working day if that comes later."
    ),
    also=(
        "They’ve been waiting {waited:span} for your references. It’s late, but with them they can still go on.",
        (
            "It’s right to send your references, but they’ve been ready {ready:lasting}. Next time, let nothing come "
            "before them."
        ),
    ),
)
REFERENCES_STILL_OWED = Reason(
    "Somebody there is waiting for the references they asked for {asked:when}. Send them now: this is the one email "
    "that’s never too early.",
    also=(
        "You’ve had their request for references {asked:lasting}. Answer it before you do anything else.",
        (
            "They can’t go any further without your references, and they asked {asked:ago}. Patience is for when "
            "nobody has asked you for anything."
        ),
        (
            "A request for references is the one thing not to sit on. They’ve been waiting {asked:lasting}, so email "
            "them now."
        ),
        (
            "Holding back is polite only while they want nothing from you. They asked for your references "
            "{asked:hours}, so send them today."
        ),
        (
            "Giving them time is kind, but here they’re the ones who are waiting. Email the references they asked for "
            "{asked:ago}."
        ),
        (
            "Waiting doesn’t help here, because the next step is yours. You got their request {asked:when}, so answer "
            "it with your references."
        ),
        "They asked, so there’s nothing pushy about writing. Send your references before the day is over.",
        "You could make a good impression right now by being quick. They’ve wanted your references {asked:lasting}.",
        "The waiting time doesn’t apply to what they’ve asked for. Your references should go out today.",
    ),
)
REFERENCES_CAN_WAIT = Reason(
    "Nobody there is at work over the weekend or a holiday, so your references can wait until {until:moment}. Sending "
    "them now would be even better.",
    reading=(
        "The article doesn’t mention weekends. If they ask on a Friday afternoon, at a weekend or on a public "
        "holiday, you have until noon on the next working day. If they ask on a Friday morning, send them on Friday."
    ),
    also=("They’ll look for your references when they’re back at work. Make sure that they have them {until:by}.",),
)
REFERENCES_OVERDUE = Reason(
    "They asked for your references, and you could have sent them {ready:hours}. They’re late already, so send them "
    "now.",
    also=(
        (
            "Your references have been ready to go {ready:lasting}. Every day that they’re missing makes you look "
            "less interested, so email them today."
        ),
        (
            "They’re still waiting for references that you could have sent {ready:ago}. The remedy is simple: send "
            "them before you do anything else."
        ),
        (
            "Waiting longer won’t make your references any less late. You’ve been able to send them {ready:lasting}, "
            "so do it now."
        ),
        (
            "They asked {asked:when}, and they’ll be wondering where your references are. Don’t explain the delay at "
            "length, just send them."
        ),
        "A late answer can be forgiven, but a missing one can’t. Your references could have gone out {ready:when}.",
    ),
)
REFERENCES_COME_FIRST = Reason(
    "They asked for your references, and you could have sent them {ready:ago}. Send those first: anything else "
    "reminds them of what’s missing.",
    reading="The article doesn’t rank the steps. We say that nothing else comes before what they asked for.",
    also=(
        (
            "You still owe them the references they asked for {asked:when}. Get those out of the way, then think "
            "about the next step."
        ),
        "What they want from you is your references. They’ve been waiting for those {ready:lasting}, so start there.",
        "Whatever else you have in mind can wait, but your references can’t. You could have sent them {ready:hours}.",
        (
            "Think what they’ll say when this arrives without your references. They asked for them {asked:ago}, so "
            "send them now and leave the rest for later."
        ),
        (
            "There’s one thing on their list with your name on it: the references. Send them before you get in touch "
            "about anything else."
        ),
        (
            "They’re waiting for your references, and this gives them something else instead. You’ve had what you "
            "need {ready:lasting}, so answer their request first."
        ),
        "First do what they asked for {asked:when}. With your references in their hands, they can take the next step.",
        (
            "The references they’re missing will do more for you than this could. You could have emailed them "
            "{ready:when}."
        ),
        (
            "Nothing you could do today helps them as much as your references. Email those now, and wait with "
            "everything else."
        ),
        "Until they have your references, any other contact looks as if you hadn’t listened. They asked {asked:hours}.",
        "You have one job at the moment, and it’s to email your references. They’ve been ready {ready:lasting}.",
        (
            "Somebody is waiting to call your referees and can’t. Send the names first, and then this won’t seem out "
            "of place."
        ),
        (
            "It’s the wrong way round: they asked you for something {asked:when}, and you send something else. Begin "
            "with your references."
        ),
        (
            "A request comes before a courtesy. Send the references they asked for {asked:ago}, and keep this for "
            "afterwards."
        ),
        (
            "They’ll read this and look for the attachment that isn’t there. They could have had your references "
            "{ready:lasting}."
        ),
        (
            "An employer who asks for references is interested in you. Make the most of it: send them today, and let "
            "everything else rest."
        ),
    ),
)
REFERENCES_DELIVERED = Reason(
    "They’ve had your references {had:lasting}. A second copy is just one more email to open, so leave it unless they "
    "ask again.",
    also=(
        (
            "You gave them your references {had:ago}, and nothing has changed since. Send them again only if somebody "
            "asks."
        ),
        (
            "Your references are with them already. Sending them twice looks as if you didn’t trust them to keep the "
            "first copy."
        ),
        "They don’t need the same references twice. The ones they got {had:when} are enough.",
        (
            "They know where to find your references, because they got them {had:ago}. Now it’s up to them to make "
            "the calls."
        ),
    ),
)
REFERENCES_NOT_READY = Reason(
    "They asked {asked:ago}, but your referee hasn’t agreed yet. Get a yes first, then send the number on the same "
    "day.",
    reading=(
        "The article doesn’t mention referees who haven’t answered. We say that their consent comes first, and we "
        "don’t count the wait against you."
    ),
    also=(
        (
            "Don’t pass on anybody’s number before they’ve said yes. Remind your referee, and send it as soon as they "
            "agree."
        ),
        (
            "A referee who is called without warning rarely helps you. Wait for their yes, even though you were asked "
            "for references {asked:when}."
        ),
    ),
)
REFERENCES_UNASKED = Reason(
    "Nobody has asked for your references, so sending them looks like a way of asking for news. Keep them ready, and "
    "email them the moment somebody wants them.",
    reading="The article welcomes references they asked for. We treat any other references as unasked contact.",
    also=(
        (
            "References that nobody asked for are one more email to deal with, and they read as a hint to hurry up. "
            "Wait until they want them."
        ),
        "They’ll ask for references when they need them. Until then, yours would only land in a full inbox.",
        "Sending references early is right only if they’ve asked for them. Here they haven’t, so hold on to the list.",
        (
            "Your references answer a question that they haven’t put to you. Tell your referees that a call may come, "
            "and leave it at that."
        ),
        (
            "An employer calls referees late in the process, often for one candidate only. If that’s you, they’ll let "
            "you know."
        ),
        (
            "Sending them looks keen, but it makes work that nobody asked for. Check that your referees’ numbers are "
            "right, and wait for the request."
        ),
        "When they want to talk to your referees, they’ll say so. Then it pays to be quick, but not before.",
        "Without a request, this is a nudge with an attachment. Save it for the day when they ask.",
        "They haven’t said a word about references. Let them set the pace, and have the names at hand.",
        "References are an answer, and so far there’s no question. The best you can do is to be ready when it comes.",
    ),
)
