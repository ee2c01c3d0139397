"""Why references are sent, or not: the reasons of the first guideline."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

REFERENCES_PROMPT = Reason(
    "They asked for your references, and you’re sending them {waited:span} later. Being quick shows that you’re "
    "reliable and that you want the job.",
    also=(
        "They asked {asked:when}, and you’re not keeping them waiting. That tells them how much you want this job.",
        "It took you {waited:span} to send what they asked for. That’s how you show that people can rely on you.",
        (
            "They can’t start checking until they have your references, and they’ll have them {waited:span} after "
            "asking. The sooner they have them, the better."
        ),
        (
            "You’re sending your references {waited:span} after they asked for them. Being quick can’t look pushy when"
            " they’re the ones who asked."
        ),
        (
            "You got their request {asked:ago}, and you’re dealing with it straight away. It makes you look "
            "responsible and keen."
        ),
        (
            "They asked {asked:when}, and they can already start calling your referees. You’ve made their work easier,"
            " and they’ll notice."
        ),
    ),
)
REFERENCES_WHEN_READY = Reason(
    "You couldn’t send your references until your referee had agreed, and you’re sending them {waited:span} after "
    "that. The article says “as soon as you can”, and you couldn’t have been much quicker.",
    reading="The article says to send them as soon as you can. We don’t count the time when you couldn’t.",
    also=(
        (
            "You waited for a yes, and you’re sending your references {waited:span} later. It was right to ask your "
            "referee first, and it’s right to send them now."
        ),
        (
            "Your references have been ready {ready:lasting}, and now they’re on their way. Nobody expects you to be "
            "quicker than your referee."
        ),
    ),
)
REFERENCES_AFTER_THE_WEEKEND = Reason(
    "They’d stopped work, or nearly, by the time you could send your references. They’ll have them by noon on the next"
    " working day, and that’s soon enough.",
    reading=(
        "The article doesn’t mention weekends. If they ask on a Friday afternoon, at a weekend or on a public holiday,"
        " you have until noon on the next working day. If they ask on a Friday morning, send them on Friday."
    ),
    also=(
        "They’ll get your references on their first morning back at work. After a weekend or a holiday, that’s prompt.",
        (
            "Nobody there was working on their days off. They’ll get your references by noon on the first day back, "
            "before anybody misses them."
        ),
    ),
)
REFERENCES_SOME = Reason(
    "They asked for your references {asked:when}. Send the ones you have and say that the rest will follow, so that "
    "they know you’re on it.",
    reading=(
        "The article doesn’t say what to do while a referee hasn’t agreed yet. We think you should send the ones "
        "you have now, and the rest as soon as you can."
    ),
    also=(
        (
            "You don’t have a yes from every referee yet. It’s better to send the names you have now than to make "
            "them wait for the full list."
        ),
        (
            "You’re sending what’s ready {waited:span} after you could, and telling them that there’s more to come. "
            "Now they can make a start."
        ),
        (
            "It’s better to send part of the list today than the whole list next week. Tell them when they can expect "
            "the rest of it."
        ),
    ),
)
REFERENCES_IN_TIME = Reason(
    "You could have sent your references {ready:hours}. They’re still welcome, but sending them sooner would have made"
    " a better impression.",
    reading=(
        "The article only says “as soon as you can”. We give full credit for {references_prompt:limit}, and less with "
        "every hour after that."
    ),
    also=(
        (
            "They’ve had to wait {waited:span} for your references. That’s acceptable, but next time, send them the "
            "same day."
        ),
        (
            "Your references have been ready {ready:lasting}, and you’re only sending them now. It’s still fine, but "
            "quicker would have been better."
        ),
        (
            "It’s right to send them now, though you could have sent them {waited:span} ago. A faster answer "
            "would have shown how much you want the job."
        ),
        "This is the right email, but it’s a little late. It could have gone out {ready:when}.",
    ),
)
REFERENCES_LATE = Reason(
    "You could have sent your references {ready:hours}, and they’ll have noticed. Send them anyway, because late is "
    "better than never.",
    reading=(
        "The article doesn’t set a limit. We count references as late after {references_late:limit}, or from noon on "
        "the next working day if that comes later."
    ),
    also=(
        "They’ve been waiting {waited:span} for your references. It’s late, but they can still use them.",
        (
            "It’s right to send your references, but they’ve been ready {ready:lasting}. Next time, send them before "
            "you do anything else."
        ),
    ),
)
REFERENCES_STILL_OWED = Reason(
    "Somebody there is waiting for the references they asked for {asked:when}. Send them now, because this is the one "
    "email that’s never too early.",
    also=(
        "You’ve had their request for references {asked:lasting}. Answer it before you do anything else.",
        (
            "They can’t go any further without your references, and they asked {asked:ago}. This isn’t the time to "
            "wait, so send them now."
        ),
        "Don’t sit on a request for references. They’ve been waiting {asked:lasting}, so email them now.",
        (
            "Holding back is only polite when they don’t need anything from you. They asked for your references "
            "{asked:hours}, so send them today."
        ),
        (
            "It’s kind to give people time, but here they’re the ones who are waiting. Email the references they asked"
            " for {asked:ago}."
        ),
        "Waiting won’t help here, because the next step is yours. They asked {asked:when}, so email your references.",
        "They asked, so there’s nothing pushy about writing. Send your references before the end of the day.",
        "You can make a good impression right now by being quick. They’ve wanted your references {asked:lasting}.",
        "You don’t need to wait before you send something they’ve asked for. Get your references to them today.",
    ),
)
REFERENCES_CAN_WAIT = Reason(
    "Nobody there is at work over the weekend or a holiday, so your references can wait until {until:moment}. Sending "
    "them now would be even better.",
    reading=(
        "The article doesn’t mention weekends. If they ask on a Friday afternoon, at a weekend or on a public holiday,"
        " you have until noon on the next working day. If they ask on a Friday morning, send them on Friday."
    ),
    also=("They won’t look for your references until they’re back at work. Make sure they have them {until:by}.",),
)
REFERENCES_OVERDUE = Reason(
    "They asked for your references, and you could have sent them {ready:hours}. They’re late already, so send them "
    "now.",
    also=(
        (
            "Your references have been ready to go {ready:lasting}. Every day without them makes you look less "
            "interested, so email them today."
        ),
        (
            "They’re still waiting for references that you could have sent {ready:ago}. Put it right by sending them "
            "before you do anything else."
        ),
        (
            "Your references are already late, and every hour makes it worse. You’ve been able to send them "
            "{ready:lasting}, so do it now."
        ),
        (
            "They asked {asked:when}, and they’ll be wondering where your references are. Don’t explain the delay at "
            "length, just send them."
        ),
        (
            "They’ll forgive you for being late, but not for ignoring the request. Your references could have gone out"
            " {ready:when}, so send them today."
        ),
    ),
)
REFERENCES_COME_FIRST = Reason(
    "They asked for your references, and you could have sent them {ready:ago}. Send those first, because anything else"
    " only reminds them that they’re still waiting.",
    reading="The article doesn’t say which step comes first. We put what they asked for before everything else.",
    also=(
        (
            "You still owe them the references they asked for {asked:when}. Get those out of the way, then think about"
            " the next step."
        ),
        "What they want from you is your references. They’ve been waiting for them {ready:lasting}, so start there.",
        "Everything else can wait, but your references can’t. You could have sent them {ready:hours}, so do it now.",
        (
            "Think how this will look when they still don’t have your references. They asked for them {asked:ago}, so "
            "send them now and leave the rest for later."
        ),
        (
            "They’re waiting for one thing from you: your references. Send them before you get in touch about anything"
            " else."
        ),
        (
            "They’re waiting for your references, but this doesn’t help them. You’ve had what you need "
            "{ready:lasting}, so answer their request first."
        ),
        (
            "They asked you for something {asked:when}, so do that first. Once they have your references, they can "
            "take the next step."
        ),
        "Your references will do you far more good than this. You could have emailed them {ready:when}.",
        (
            "The most helpful thing you can send them today is your references. Email those now, and leave everything "
            "else until afterwards."
        ),
        (
            "Until they have your references, anything else looks as if you weren’t listening. They asked for them "
            "{asked:hours}, so send them first."
        ),
        "You have one job at the moment, and it’s to email your references. They’ve been ready {ready:lasting}.",
        (
            "Somebody is waiting to call your referees and can’t. Send their names and numbers first, and do this "
            "afterwards if you still need to."
        ),
        (
            "It’s the wrong way round to do this before you’ve sent what they asked for {asked:when}. Begin with your "
            "references."
        ),
        (
            "Deal with their request before anything of your own. Send the references they asked for {asked:ago}, and "
            "keep this for afterwards."
        ),
        (
            "They’ll notice that you found time for this and not for what they asked for. They could have had your "
            "references {ready:lasting}."
        ),
        (
            "An employer who asks for references is interested in you. Make the most of it: send them today, and leave"
            " everything else."
        ),
    ),
)
REFERENCES_DELIVERED = Reason(
    "They’ve had your references {had:lasting}. A second copy is just one more email to open, so don’t send one unless"
    " they ask again.",
    also=(
        (
            "You gave them your references {had:ago}, so they have what they need. Send them again only if somebody "
            "asks."
        ),
        (
            "They already have your references. Sending them twice looks as if you don’t trust them to keep the first "
            "copy."
        ),
        "They don’t need the same references twice. They can use the ones they got {had:when}.",
        (
            "They got your references {had:ago}, and they know where to find them. Now it’s up to them to call your "
            "referees."
        ),
    ),
)
REFERENCES_NOT_READY = Reason(
    (
        "They asked {asked:ago}, but you’re still waiting for a referee to agree. Wait for a yes, then send the "
        "number the same day."
    ),
    reading=(
        "The article doesn’t mention referees who haven’t answered. We think you need their consent first, and we "
        "don’t count the wait against you."
    ),
    also=(
        (
            "Don’t pass on anybody’s number before they’ve said yes. Remind your referee, and send the number as "
            "soon as they agree."
        ),
        (
            "A referee who gets a call without warning can’t help you much. Wait for their yes, even though you were "
            "asked for references {asked:when}."
        ),
    ),
)
REFERENCES_UNASKED = Reason(
    "Nobody has asked for your references, so sending them looks like fishing for news. Keep them ready, and email "
    "them as soon as somebody asks.",
    reading=(
        "The article welcomes references they asked for. If you send them at any other time, we treat that as contact "
        "they didn’t ask for."
    ),
    also=(
        (
            "References that nobody asked for are one more email to deal with, and they feel like a hint to hurry up. "
            "Wait until they want them."
        ),
        "They’ll ask for references when they need them. Until then, yours would only get lost in a full inbox.",
        "It’s right to send references early only if they’ve asked for them. They haven’t, so hold on to the list.",
        "Nobody there needs your referees’ numbers yet. Tell your referees that a call may come, and leave it at that.",
        (
            "Employers call referees late in the process, often for one candidate only. If that’s you, they’ll let you"
            " know."
        ),
        (
            "Sending them looks keen, but it makes work for people who didn’t ask for it. Check that your referees’ "
            "numbers are right, then wait for the request."
        ),
        "When they want to talk to your referees, they’ll say so. That’s the time to be quick, not now.",
        "If they haven’t asked, this is just a nudge with an attachment. Save it for when they do.",
        "They haven’t said a word about references. Let them ask when they’re ready, and keep the names handy.",
        "They may not have got as far as checking references yet. All you can do is make sure that yours are ready.",
    ),
)
