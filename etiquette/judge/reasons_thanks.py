"""Why to thank them, or not yet: the reasons of the second guideline."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

THANKS_AFTER_THE_WEEK = Reason(
    "It’s {since:since}. One email of thanks shows that you’re still interested and asks nothing of them.",
    also=(
        (
            "They’ve had {quiet:limit} to get in touch. A short thank-you now reminds them of you without pushing for "
            "an answer."
        ),
        "They’ve been thinking it over {since:lasting}. One friendly thank-you is welcome now.",
        (
            "The quiet time was over {until:when}, so you may thank them. Say that you look forward to hearing from "
            "them, and leave it there."
        ),
        (
            "After {quiet:limit} of silence, thanks come as a kindness and not as pressure. Keep the email short, and "
            "don’t ask for their decision."
        ),
        (
            "A thank-you at this point says “I’m interested” and “I can wait”, both at once. Don’t ask whether you "
            "got the job, and they’ll be glad to hear from you."
        ),
        (
            "You waited until {until:moment}, and that was long enough. A few lines of thanks are the right way to be "
            "remembered."
        ),
        (
            "They’re busy people, and by now a friendly line is no burden to them. It’s been quiet on their side "
            "{since:lasting}."
        ),
    ),
)
THANKS_AFTER_THE_DATE = Reason(
    "They said that you’d hear {until:by}, and that’s gone by. One email of thanks reminds them of you without "
    "complaining.",
    reading="The article allows thanks when no date was given. If they gave one, it replaces the week.",
    also=(
        (
            "You let their date pass first, and you were right to. Now you may thank them, once, and say that you "
            "look forward to hearing from them."
        ),
        (
            "Their own date, {until:moment}, is behind them. A short thank-you is a gentle way to say that you’re "
            "still there."
        ),
        (
            "They’ve had all the time they asked for. Thanking them now keeps you in view and doesn’t hold the date "
            "against them."
        ),
        (
            "You took them at their word and waited until {until:moment}. After that, one friendly email of thanks is "
            "welcome."
        ),
    ),
)
THANKS_AFTER_THEY_RETURN = Reason(
    "They’ve been back {until:lasting}, so somebody can read your email of thanks. It reminds them of you and expects "
    "no answer.",
    reading="The article doesn’t mention out-of-office replies. We wait until the day they named.",
    also=(
        (
            "Their automatic reply named {until:moment}, and you waited for it. Now your thanks won’t be buried under "
            "everything that came while they were away."
        ),
    ),
)
THANKS_OVERDUE = Reason(
    "It’s {waited:length} since the interview, so your thanks come late. Late thanks are better than none, and this "
    "is still a good email to send.",
    reading=(
        "The article says that you may thank them, but not by when. After {thank_you_late:limit}, or a week after "
        "their date if that’s later, we call thanks late. They earn a little less each day."
    ),
    also=(
        "You could have sent this weeks ago. It’s still worth a few kind lines, though {waited:length} have gone by.",
        (
            "Most people would have thanked them long before now, {waited:length} after the interview. Send it all "
            "the same: it may remind somebody of you."
        ),
    ),
)
LAST_EMAIL = Reason(
    "After more than {silence_answers:limit}, their silence is probably the answer. You may still write one last "
    "polite email.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer, and allow one last email."
    ),
    also=(
        (
            "It’s {since:since}, so don’t wait for a reply. One short, friendly email closes the matter, and then "
            "it’s time to look elsewhere."
        ),
        (
            "Don’t expect much of this email, because you last heard from them {since:ago}. If it’s polite and asks "
            "for nothing much, it’s a good way to end."
        ),
    ),
)
LAST_EMAIL_SENT = Reason(
    "You sent your last email {last:when}, after a long silence. Another one won’t change their answer, so put your "
    "energy into the next application.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer, and allow one last email."
    ),
    also=(
        (
            "One last email was enough, and it went out {last:ago}. Let this job go: people who want to reach you "
            "know how."
        ),
        (
            "You’ve said goodbye politely, and that’s how they should remember you. Writing again after the email you "
            "sent {last:when} would undo it."
        ),
    ),
)
THANKS_BEFORE_THE_WEEK = Reason(
    "It’s {since:since}, and they need more time. Give them until {until:moment}: they have other people to see and "
    "colleagues to ask.",
    also=(
        "Thanks so early read like a question about the job. Wait until {until:moment}, and they’ll read like thanks.",
        (
            "The impulse is kind, but the moment isn’t right. Let {quiet:limit} go by without a word first: that’s "
            "{until:moment}."
        ),
        (
            "They may still be interviewing other people. A thank-you is more welcome when that’s over, from "
            "{until:moment}."
        ),
        "They haven’t forgotten you yet. Save this email for {until:moment}, when they might be glad of it.",
        (
            "An email this soon asks for attention that they can’t give you yet. From {until:moment} you may thank "
            "them, once."
        ),
        "Write your thank-you now if you like, but keep it as a draft. The time to send it comes {until:day}.",
    ),
)
THANKS_BEFORE_THE_DATE = Reason(
    "They said that you’d hear {until:by}, and an email before that looks as if you didn’t believe them. If you’ve "
    "heard nothing by then, it’s the right time for thanks.",
    reading=(
        "The article allows thanks when no date was given. If they gave one, it replaces the week, so it has to pass "
        "first."
    ),
    also=(
        "You know when you’ll hear: {until:by}. If that day goes by without a word, thank them then.",
        (
            "They gave you a date so that you wouldn’t have to wonder. Wait for {until:moment}, and send your thanks "
            "after that."
        ),
        "Their date hasn’t come yet, so there’s nothing to remind them of. Keep your thanks until {until:moment}.",
        "A thank-you before the date they named is a nudge in disguise. They have until {until:moment}.",
    ),
)
THANKS_AGAIN = Reason(
    "You thanked them {thanked:when}. One thank-you is kind, but a second one is a reminder, so leave it at one.",
    also=(
        "They have your thanks already, {thanked:from}. Saying it twice makes it sound like a question.",
        "Your thank-you went out {thanked:ago} and did its work. Now give them time to answer.",
        (
            "One email of thanks for one interview is the rule. Yours left {thanked:when}, so the next word should be "
            "theirs."
        ),
        (
            "A second thank-you makes people wonder what you’re really asking for. They read the first one, so let it "
            "speak for you."
        ),
        "You’ve said thank you, and they know that you’re interested. Repeating it adds nothing but an email.",
        "However nicely it’s put, another round of thanks is a nudge. Trust the one that you sent {thanked:ago}.",
        "They’ve had your thanks {thanked:lasting}. If you need to be in touch again, have a new reason for it.",
        "Thanks wear thin when they’re repeated. Leave it at the email you wrote {thanked:when}.",
        "Saying it once is plenty. Leave it at what you sent {thanked:ago}.",
    ),
)
THANKS_TO_EACH = Reason(
    "You thanked the first of them {thanked:ago}. You met several people, so one short email to each, sent together, "
    "counts as one thank-you.",
    reading=(
        "The article has one interviewer in mind. If you met several, we count the thank-yous that you send within an "
        "hour as one."
    ),
    also=(
        (
            "Several people gave you their time, and each gets a few lines of their own. Sent together like this, "
            "they make one thank-you."
        ),
        (
            "They all gave you their time, so they all get a line. Sending these together keeps it to one thank-you, "
            "begun {thanked:ago}."
        ),
    ),
)
THANKS_TO_EACH_TOO_SOON = Reason(
    "Your first thank-you went out {thanked:ago}, which was too soon. So is this one, so keep the others until later.",
    reading=(
        "The article has one interviewer in mind. If you met several, we count the thank-yous that you send within an "
        "hour as one."
    ),
    also=(
        (
            "It’s a nice thought to thank each of them. But the first thank-you came too early, and another one now "
            "makes it worse."
        ),
    ),
)
THANKS_IN_ANSWER = Reason(
    "They wrote to you {heard:when}, so your thanks are simply a reply. Nobody minds being thanked for writing.",
    reading=(
        "The article is about thanks after a silence. Thanking somebody who has just written to you is a reply, and "
        "earns what a reply earns."
    ),
    also=(
        "Thanking somebody who wrote to you {heard:ago} is good manners. It’s an answer and not a reminder.",
        "You’re answering what they wrote {heard:when}. A reply needs no waiting time.",
    ),
)
THANKS_AFTER_REFUSAL = Reason(
    "They turned you down {heard:ago}. A short email of thanks, perhaps with a request for feedback, leaves a good "
    "memory.",
    reading=(
        "The article ends before they decide. After a refusal we allow one short email, sent soon, and call it "
        "sensible."
    ),
    also=(
        (
            "It takes some grace to thank people who said no {heard:when}. They’ll remember you kindly, and there may "
            "be another job."
        ),
        (
            "After a refusal, a few lines of thanks are the best goodbye. You may ask what you could do better next "
            "time, and then let it be."
        ),
    ),
)
THANKS_FOR_OFFER = Reason(
    "They made you an offer {heard:ago}. Thanking them while you think about it is kind, but they still need your "
    "answer.",
    reading=(
        "The article ends before the offer. We find it sensible to thank them, and say that you owe them an answer by "
        "the date they gave."
    ),
    also=("Thanks for an offer are always welcome. Tell them when you’ll decide, and keep to it.",),
)
THANKS_OPEN = Reason(
    "You may thank them now, once. You don’t have to, but a short email would remind them of you.",
    reading="The article says that you may thank them, not that you must. So we call waiting patience, too.",
    also=(
        "Saying nothing is all right. Sending one short email of thanks would be even better now.",
        (
            "Nobody is waiting to hear from you, so there’s no hurry. Still, the way is clear for a thank-you, and it "
            "might help."
        ),
        (
            "You’ve been patient long enough to send one thank-you. If you’d rather wait a bit longer, nobody will "
            "think less of you."
        ),
        (
            "Patience is never wrong at this stage. If you feel like doing something, the thing to do is to send a "
            "short thank-you."
        ),
        "You may leave them in peace for longer, and that’s fine. A few lines of thanks would keep you in their minds.",
    ),
)
THANKS_MISSING = Reason(
    "It’s {waited:length} since the interview, and you haven’t thanked them. So long a silence looks like lost "
    "interest, so send a few lines now.",
    reading=(
        "The article says that you may thank them, but not by when. We call thanks late after {thank_you_late:limit} "
        "or, if the date they gave came later, {quiet:limit} after it."
    ),
    also=(
        (
            "After {waited:length} without a word from you, they may think that you’ve moved on. One short thank-you "
            "puts that right."
        ),
        (
            "There’s a difference between being patient and disappearing. You saw them {waited:length} ago, so it’s "
            "time for an email of thanks."
        ),
    ),
)
THANKS_MISSING_BY_THEN = Reason(
    "By then it will be {waited:length} since the interview, and you won’t have thanked them. That looks like lost "
    "interest, so send your thanks sooner.",
    reading=(
        "The article says that you may thank them, but not by when. We call thanks late after {thank_you_late:limit} "
        "or, if the date they gave came later, {quiet:limit} after it."
    ),
    also=(
        "If you wait until then, they’ll have heard nothing from you for {waited:length}. Thank them sooner than that.",
        (
            "That’s a long time to say nothing: {waited:length} in all. One email of thanks before then keeps you in "
            "their minds."
        ),
    ),
)
THANKS_WITHIN = Reason(
    "You thank them {waited:span} after the interview, while they still remember the conversation. Keep it short, and "
    "ask for nothing.",
    reading="The article would have you wait a week. This office teaches thanks within {thank_you_within:limit}.",
    also=(
        (
            "They met you {waited:span} ago, and your thanks reach them while it’s fresh. That’s what this office "
            "recommends."
        ),
        "A thank-you within {thank_you_within:limit} is good manners here. After that, give them time.",
        (
            "Your thanks come {waited:span} after the interview. Nobody will read them as a nudge so soon after "
            "meeting you."
        ),
        (
            "People like to be thanked, and soon after meeting is a good time for it. It’s been {waited:span}, so "
            "they still know who you are."
        ),
    ),
)
THANKS_LATE = Reason(
    "You thank them {waited:span} after the interview. Within {thank_you_within:limit} would have been better, but "
    "it’s better to send it than not.",
    reading="The article would have you wait a week. This office teaches thanks within {thank_you_within:limit}.",
    also=(
        (
            "The best moment for this email was in the first {thank_you_within:limit}. Thank them anyway: even after "
            "{waited:span} they’ll be pleased."
        ),
        (
            "Thanks lose some of their warmth after {thank_you_within:limit}. Yours come after {waited:span}, which "
            "is still better than none."
        ),
        (
            "It would have been nicer while your visit was fresh in their minds. Even so, {waited:span} later, a kind "
            "word is welcome."
        ),
    ),
)
THANKS_OPEN_WITHIN = Reason(
    "You haven’t thanked them yet, and you still can: this office gives you {thank_you_within:limit} from the "
    "interview. Don’t leave it much longer.",
    reading="The article would have you wait a week. This office teaches thanks within {thank_you_within:limit}.",
    also=(
        (
            "There’s still a little while left for your thank-you. Send it before the first {thank_you_within:limit} "
            "are over."
        ),
    ),
)
THANKS_MISSED_BY_THEN = Reason(
    "By then it will be {waited:span} since the interview. Thanks are best within {thank_you_within:limit}, so send "
    "them before that.",
    reading="The article would have you wait a week. This office teaches thanks within {thank_you_within:limit}.",
    also=(
        "You’d be thanking them {waited:span} after you met. That’s too long: send a short email today.",
        (
            "If you leave it until then, the first {thank_you_within:limit} will be over without a thank-you from "
            "you. Write it now, in three or four lines."
        ),
        (
            "An email of thanks is still owed, and {waited:span} is a long time to keep people waiting for one. Thank "
            "them first, then hold back."
        ),
        "Waiting is right for everything but the thank-you. That one shouldn’t come {waited:span} after the interview.",
    ),
)
THANKS_MISSED = Reason(
    "It’s {waited:span} since the interview, and thanks are best within {thank_you_within:limit}. Send them now, and "
    "then wait.",
    reading="The article would have you wait a week. This office teaches thanks within {thank_you_within:limit}.",
    also=(
        (
            "They gave you their time {waited:span} ago, and you haven’t thanked them. A short email still helps, so "
            "write it today."
        ),
        (
            "This office wants a thank-you in the first {thank_you_within:limit}. That’s gone by, but a late one is "
            "better than silence."
        ),
        (
            "You’re holding back the one email that you owe them. With {waited:span} gone since you met, thank them "
            "before you wait any longer."
        ),
        "After {waited:span} they’ll have stopped expecting your thanks. Surprise them, and keep quiet after that.",
    ),
)
