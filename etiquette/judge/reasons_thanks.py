"""Why to thank them, or not yet: the reasons of the second guideline."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

THANKS_AFTER_THE_WEEK = Reason(
    "It’s {since:since}, so you can send one email of thanks. It shows that you’re still interested and doesn’t ask "
    "for anything.",
    also=(
        (
            "They’ve had {quiet:limit} to get in touch. A short thank-you now reminds them of you without pushing for "
            "an answer."
        ),
        (
            "They’ve been thinking it over {since:lasting}. One friendly thank-you is fine now, and will remind them "
            "of you."
        ),
        (
            "You’ve left them alone for long enough, so you can thank them. Say that you look forward to hearing from "
            "them, and leave it there."
        ),
        (
            "After {quiet:limit} of silence, a thank-you comes across as kind rather than pushy. Keep the email short,"
            " and don’t ask for their decision."
        ),
        (
            "A thank-you at this point shows that you’re both interested and patient. Don’t ask whether you got the "
            "job, and they’ll be glad to hear from you."
        ),
        (
            "You’ve given them {quiet:limit}, and that’s long enough. A few lines of thanks will help them to "
            "remember you."
        ),
        (
            "They’re busy, but they’ll have time for a friendly line by now. It’s been quiet on their side "
            "{since:lasting}."
        ),
    ),
)
THANKS_AFTER_THE_DATE = Reason(
    "They said you’d hear {until:by}, and you haven’t. One email of thanks reminds them of you without complaining.",
    reading=(
        "The article says you can thank them if they haven’t given you a date. If they have, we wait until that date "
        "has passed."
    ),
    also=(
        (
            "You were right to let their date pass first. Now you can thank them once, and say that you look forward "
            "to hearing from them."
        ),
        (
            "The date they gave you, {until:moment}, has passed. A short thank-you is a gentle way to say that you’re "
            "still interested."
        ),
        (
            "They’ve had all the time they asked for. Thanking them now reminds them of you without making a fuss "
            "about the date."
        ),
        ("They said {until:moment}, and you waited for it. Now one friendly email of thanks is welcome."),
    ),
)
THANKS_AFTER_THEY_RETURN = Reason(
    "They’re back at work, so somebody can read your email of thanks. It reminds them of you, and they "
    "don’t need to answer it.",
    reading="The article doesn’t mention out-of-office replies. We wait until the day they said they’d be back.",
    also=(
        (
            "Their automatic reply said they’d be away until {until:moment}, and you waited. Now your email won’t be "
            "buried under everything that came while they were away."
        ),
    ),
)
THANKS_OVERDUE = Reason(
    "It’s {waited:length} since the interview, so this thank-you is late. It’s still better than not thanking them, "
    "and it’s still a good email to send.",
    reading=(
        "The article says that you can thank them, but doesn’t say how soon. We count a thank-you as late after "
        "{thank_you_late:limit} or, if they gave a date that came later, {quiet:limit} after that. It earns a little "
        "less each day."
    ),
    also=(
        (
            "You could have sent this some time ago. A few kind lines are still worth sending, even {waited:length} "
            "after the interview."
        ),
        (
            "Most people would have thanked them long before now, {waited:length} after the interview. Send it anyway,"
            " because it may remind somebody of you."
        ),
    ),
)
LAST_EMAIL = Reason(
    "After {silence_answers:limit} or more, their silence is probably the answer. You can still write one last "
    "polite email.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer, and allow one last email."
    ),
    also=(
        (
            "It’s {since:since}, so don’t count on a reply. Send one short, friendly email to finish, then look "
            "elsewhere."
        ),
        (
            "You last heard from them {since:ago}, so don’t expect much from this email. If you keep it polite, it’s a"
            " good way to end."
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
            "One last email was enough, and you sent it {last:ago}. Let this job go: if they want you, they know how "
            "to reach you."
        ),
        (
            "You said goodbye politely, and that’s a good way to be remembered. If you write again after the email you"
            " sent {last:when}, you’ll spoil it."
        ),
    ),
)
THANKS_BEFORE_THE_WEEK = Reason(
    "It’s {since:since}, and they need more time. Give them until {until:moment}, because they have other people to "
    "see and colleagues to ask.",
    also=(
        (
            "A thank-you this early can sound like a question about the job. Wait until {until:moment}, when it’s just"
            " a thank-you."
        ),
        (
            "It’s a kind thought, but it’s too early. Wait for {quiet:limit}, and thank them from {until:moment} if "
            "you haven’t heard."
        ),
        (
            "They may still be interviewing other people. A thank-you will be more welcome after that, from "
            "{until:moment}."
        ),
        "They won’t have forgotten you yet. Save this email for {until:moment}, when a reminder will be more use.",
        "They’re too busy to give an email this soon much attention. You can thank them once, from {until:moment}.",
        "Write your thank-you now if you like, but keep it as a draft. You can send it {until:day}.",
    ),
)
THANKS_BEFORE_THE_DATE = Reason(
    "They said you’d hear {until:by}, and an email before that looks as if you don’t believe them. If you’ve heard "
    "nothing by then, that’s the time to thank them.",
    reading=(
        "The article says you can thank them if they haven’t given you a date. If they have, we think that date has to "
        "pass first."
    ),
    also=(
        "They’ve told you that you’ll hear {until:by}. If you don’t, send your thank-you then.",
        (
            "They gave you a date so that you wouldn’t have to wonder. Wait until {until:moment}, and thank them after"
            " that."
        ),
        "Their date hasn’t come yet, so they don’t need reminding. Save your thank-you until {until:moment}.",
        (
            "A thank-you before the date they gave is really a nudge. Give them until {until:moment}, and only then "
            "write to them."
        ),
    ),
)
THANKS_AGAIN = Reason(
    "You thanked them {thanked:when}. One thank-you is kind, but a second one feels like a reminder, so leave it at "
    "one.",
    also=(
        (
            "They already have your thank-you {thanked:from}. If you send another, it’ll sound as if you’re asking for"
            " news."
        ),
        "You sent your thank-you {thanked:ago}, and it’s done its job. Now give them time to answer.",
        "Send one email of thanks for each interview. You sent yours {thanked:when}, so wait for them to write next.",
        (
            "A second thank-you makes people wonder what you’re really asking for. They’ve read the first one, so "
            "leave it at that."
        ),
        (
            "You’ve said thank you, and they know you’re interested. Saying it again only gives them another email to "
            "read."
        ),
        "However nicely you put it, thanking them again is a nudge. The email you sent {thanked:ago} is enough.",
        "They’ve had your thank-you {thanked:lasting}. If you get in touch again, make sure you have a new reason.",
        (
            "Thanking people twice sounds less sincere than thanking them once. Don’t add anything to the email you "
            "sent {thanked:when}."
        ),
        "Saying thank you once is plenty, and you did that {thanked:ago}. Wait for them to get in touch.",
    ),
)
THANKS_TO_EACH = Reason(
    "You thanked the first of them {thanked:ago}. You met several people, so one short email to each, sent together, "
    "counts as one thank-you.",
    reading=(
        "The article assumes that one person interviewed you. If you met several, we count the thank-yous that you "
        "send within an "
        "hour as one."
    ),
    also=(
        (
            "Several people gave you their time, so send each of them a few lines. If you send them together like "
            "this, they make one thank-you."
        ),
        (
            "They all interviewed you, so it’s polite to thank them all. You started {thanked:ago}, and sending these "
            "together keeps it to one thank-you."
        ),
    ),
)
THANKS_TO_EACH_TOO_SOON = Reason(
    "You sent your first thank-you {thanked:ago}, which was too soon. It’s too soon for this one as well, so keep the "
    "others for later.",
    reading=(
        "The article assumes that one person interviewed you. If you met several, we count the thank-yous that you "
        "send within an "
        "hour as one."
    ),
    also=(
        (
            "It’s a nice thought to thank each of them. But you sent the first thank-you too early, and another one "
            "now makes it worse."
        ),
    ),
)
THANKS_IN_ANSWER = Reason(
    "They wrote to you {heard:when}, so your thank-you is simply a reply. Nobody minds being thanked for writing.",
    reading=(
        "The article is about thanking people after a silence. If you thank somebody who has just written to you, we "
        "treat it "
        "as a reply."
    ),
    also=(
        (
            "It’s good manners to thank somebody who wrote to you {heard:ago}. They’ll take it as an answer, not as a "
            "reminder."
        ),
        "You’re answering what they wrote {heard:when}. You don’t need to wait before you reply to somebody.",
    ),
)
THANKS_AFTER_REFUSAL = Reason(
    "They turned you down {heard:ago}. A short email of thanks, perhaps asking for feedback, leaves a good impression.",
    reading=(
        "The article stops before they decide. If they turn you down, we think one short email soon afterwards is "
        "sensible."
    ),
    also=(
        (
            "It’s gracious to thank people who said no {heard:when}. They’ll remember you kindly, and there may be "
            "another job."
        ),
        (
            "After a refusal, a few lines of thanks are the best way to finish. You can ask what you could do better "
            "next time, then leave it there."
        ),
    ),
)
THANKS_FOR_OFFER = Reason(
    "They made you an offer {heard:ago}. It’s kind to thank them while you think about it, but they still need your "
    "answer.",
    reading=(
        "The article stops before the offer. We think it’s sensible to thank them, but you still owe them an answer, by"
        " the date they gave if there was one."
    ),
    also=("People are always pleased if you thank them for an offer. Tell them when you’ll decide, and keep to it.",),
)
THANKS_OPEN = Reason(
    "You can thank them now, once. You don’t have to, but a short email would remind them of you.",
    reading="The article says that you can thank them, not that you have to. So waiting shows patience, too.",
    also=(
        "It’s all right to say nothing. Sending one short email of thanks would be even better now.",
        (
            "Nobody is waiting to hear from you, so there’s no hurry. Still, you could send a thank-you now, and it "
            "might help."
        ),
        (
            "You’ve been patient long enough to send one thank-you. If you’d rather wait a bit longer, nobody will "
            "think less of you."
        ),
        "It’s fine to be patient at this stage. If you feel like doing something, send a short thank-you.",
        (
            "You can leave them in peace for longer, and that’s fine. But a few lines of thanks would help them to "
            "keep you in mind."
        ),
    ),
)
THANKS_MISSING = Reason(
    "It’s {waited:length} since the interview, and you haven’t thanked them. It looks as if you’ve "
    "lost interest, so send a few lines now.",
    reading=(
        "The article says that you can thank them, but doesn’t say how soon. We count a thank-you as late after "
        "{thank_you_late:limit} or, if they gave a date that came later, {quiet:limit} after that."
    ),
    also=(
        (
            "After {waited:length} without a thank-you from you, they may think you’ve moved on. You can put that "
            "right with one short thank-you."
        ),
        (
            "It’s good to be patient, but you don’t want to disappear. You saw them {waited:length} ago, so it’s time "
            "for an email of thanks."
        ),
    ),
)
THANKS_MISSING_BY_THEN = Reason(
    "By then it will be {waited:length} since the interview, and you won’t have thanked them. It’ll look as if you’ve "
    "lost interest, so send your thank-you sooner.",
    reading=(
        "The article says that you can thank them, but doesn’t say how soon. We count a thank-you as late after "
        "{thank_you_late:limit} or, if they gave a date that came later, {quiet:limit} after that."
    ),
    also=(
        "If you wait until then, they’ll have gone {waited:length} without a thank-you. Thank them sooner than that.",
        (
            "You’d be leaving your thank-you for {waited:length}, which is a long time. One email of thanks before "
            "then "
            "will keep you in their minds."
        ),
    ),
)
THANKS_WITHIN = Reason(
    "You’re thanking them {waited:span} after the interview, while they still remember the conversation. Keep it "
    "short, and don’t ask for anything.",
    reading="The article says to wait a week. This office recommends a thank-you within {thank_you_within:limit}.",
    also=(
        (
            "They met you {waited:span} ago, so they’ll get your thank-you while the interview is fresh. That’s what "
            "this office "
            "recommends."
        ),
        "It’s good manners to send a thank-you within {thank_you_within:limit}. After that, give them time.",
        "It’s {waited:span} since you met. Nobody will take a thank-you as a nudge so soon after the interview.",
        (
            "People like to be thanked, and soon after meeting is a good time to do it. After {waited:span}, they "
            "still know who you are."
        ),
    ),
)
THANKS_LATE = Reason(
    (
        "You’re thanking them {waited:span} after the interview. It would have been better within "
        "{thank_you_within:limit}, but a late thank-you is better than none."
    ),
    reading="The article says to wait a week. This office recommends a thank-you within {thank_you_within:limit}.",
    also=(
        (
            "The best time for this email was in the first {thank_you_within:limit}. Thank them anyway, because even "
            "after {waited:span} they’ll be pleased."
        ),
        (
            "A thank-you means a little less after {thank_you_within:limit}. You’re sending it after {waited:span}, "
            "which is still better than not at all."
        ),
        (
            "It would have been nicer to send it while your visit was fresh in their minds. Even so, a kind word is "
            "welcome "
            "{waited:span} later."
        ),
    ),
)
THANKS_OPEN_WITHIN = Reason(
    "You haven’t thanked them yet, and you still can. This office recommends doing it within {thank_you_within:limit},"
    " so don’t leave it much longer.",
    reading="The article says to wait a week. This office recommends a thank-you within {thank_you_within:limit}.",
    also=(
        (
            "You still have a little while to send your thank-you. Do it before the first {thank_you_within:limit} are"
            " over."
        ),
    ),
)
THANKS_MISSED_BY_THEN = Reason(
    "By then it will be {waited:span} since the interview. A thank-you is best within {thank_you_within:limit}, so "
    "send it sooner.",
    reading="The article says to wait a week. This office recommends a thank-you within {thank_you_within:limit}.",
    also=(
        "You’d be thanking them {waited:span} after you met. That’s too long, so send a short email today.",
        (
            "If you leave it until then, the first {thank_you_within:limit} will be over without a thank-you from you."
            " Write it now, in three or four lines."
        ),
        (
            "You still owe them a thank-you, and {waited:span} is a long time to keep people waiting for one. Thank "
            "them first, then hold back."
        ),
        (
            "It’s right to wait with everything except the thank-you. You don’t want to send that {waited:span} after "
            "the interview."
        ),
    ),
)
THANKS_MISSED = Reason(
    (
        "It’s {waited:span} since the interview, and a thank-you is best within {thank_you_within:limit}. Send it "
        "now, then wait."
    ),
    reading="The article says to wait a week. This office recommends a thank-you within {thank_you_within:limit}.",
    also=(
        (
            "They gave you their time {waited:span} ago, and you haven’t thanked them. A short email still helps, so "
            "write it today."
        ),
        (
            "This office recommends a thank-you in the first {thank_you_within:limit}. You’ve missed that, but a "
            "late thank-you is better than silence."
        ),
        (
            "You’re holding back the one email you owe them. You met {waited:span} ago, so thank them before you wait "
            "any longer."
        ),
        (
            "After {waited:span}, they may have stopped expecting a thank-you, but they’ll still be glad of one. "
            "Send it today, then give them time."
        ),
    ),
)
