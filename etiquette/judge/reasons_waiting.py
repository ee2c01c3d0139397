"""Why to hold back, and what comes before anything else: more reasons of the principle."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

ANSWER_OWED = Reason(
    "They’ve been waiting for your answer {due:lasting}. It isn’t polite to hold back when somebody is waiting for "
    "you, so answer now.",
    also=(
        "This time you’re the one keeping them waiting. They could have had your answer {due:ago}, so give it now.",
        (
            "It’s right to wait while the next step is theirs, but this one is yours. You’ve kept them waiting "
            "{due:lasting}, so reply today."
        ),
        (
            "They asked you something, and every hour without an answer makes you look less keen. Reply before you do "
            "anything else today."
        ),
        "You can’t be a nuisance by answering a question. They’ve had no answer from you {due:lasting}, so reply.",
        "They can’t go on until they hear from you. You could have answered {due:when}, so don’t leave it any longer.",
        (
            "It’s good to be patient with your own questions, but not with theirs. They’ve been waiting {due:lasting},"
            " so answer them now."
        ),
        "They want to hear from you, so don’t be shy. They’ve been hoping for a reply {due:lasting}.",
        "If you leave a question unanswered, you don’t look interested. Two lines are enough, so send them today.",
        (
            "You can hold back when you want something from them. Now they want something from you, and they’ve been "
            "waiting for it {due:lasting}."
        ),
    ),
)
ANSWER_DUE = Reason(
    "They’re waiting for your answer now. It isn’t the moment to hold back, so give it to them.",
    also=(
        "The time to answer has come, and nobody else can do it for you. Give them your answer today.",
        "They’ve asked, and now it’s your turn. Even a short answer is better than keeping them waiting.",
        "Don’t hold back when they’re ready to hear from you. If you need more time, say so, but answer them.",
    ),
)
CALL_OWED = Reason(
    "They’ve asked you to call, and it’s your turn. Holding back isn’t polite when they’re waiting for you, so call "
    "them.",
    also=(
        "They’re expecting your call. Make it as soon as they’re at work, and don’t leave them wondering.",
        "You’d be right to wait if nobody had asked you to call. But they did, so pick up the phone.",
        "Don’t be shy about a call that they asked for. The longer you leave it, the less interested you look.",
        "They want to talk to you, and they’ve told you so. Waiting doesn’t help, so give them a call.",
        "A call that they asked for can’t be a nuisance. Not making it can, because they’re waiting.",
    ),
)
ANSWER_OWED_BY_THEN = Reason(
    "They’re counting on hearing from you {due:by}, but you’d be waiting longer than that. Give them your answer "
    "before then.",
    also=(
        "You can take your time, but only until {due:moment}. If you wait longer than that, you’ll leave them hanging.",
        "They need to know {due:by}, but you’re planning to wait longer than that. Put it in your diary, and be early.",
        "It’s fine to think it over, but they want to know {due:by}. Let them hear from you before then.",
        "You’d be leaving it too long. After {due:moment} they may take your silence as a no.",
        "You can leave it until {due:moment}, but no later. Don’t make them ask again.",
    ),
)
CALL_OWED_BY_THEN = Reason(
    "They’re waiting for your call, and you can reach them from {due:moment}. Don’t put it off any longer than that.",
    also=("They’d like you to call, and they’ll be there to answer {due:day}. Call then, as they’ve asked you to.",),
)
CALL_MISSED_BY_THEN = Reason(
    "They gave you a time for your call, but you’d be waiting longer than that. Keep to their time, so that they don’t "
    "wait for you in vain.",
    also=(
        (
            "They’ll be expecting your call {due:day}, but you’re planning to wait longer. Put the time in your diary, "
            "and keep to it."
        ),
        "You can wait until {due:moment}, but that’s when they want you to call. Don’t miss it.",
    ),
)
ANSWER_FIRST = Reason(
    "They got in touch {heard:ago} and are waiting for your answer. Give them that first, or it’ll look as if you "
    "weren’t listening.",
    reading=(
        "The article doesn’t say which step comes first. We put an answer they’re waiting for before everything else."
    ),
    also=(
        "They’ve asked you something, but you haven’t answered yet. Do that before you bring up anything else.",
        "What they want from you is an answer to what they asked {heard:when}. Start with that.",
        "You owe them a reply, and this isn’t it. They’ve been waiting {heard:lasting}, so write your reply first.",
        (
            "Imagine asking somebody a question and getting this instead. Answer first, then see whether there’s "
            "anything left to say."
        ),
        "They asked {heard:ago}, and they can’t go on without you. The rest of your plans can wait for a day.",
        (
            "Your answer is the only thing they need at the moment. Send it, and you’ll have done yourself more good "
            "than with this."
        ),
        "They got in touch {heard:when} and want to hear back. Do that first, and leave everything else for later.",
        (
            "If you do this instead, it looks as if you’ve read their message and ignored it. Reply first, and take it"
            " from there."
        ),
        "Their question came {heard:when}, and this doesn’t answer it. Write your reply before you do this.",
        (
            "They’re hoping for an answer, and this isn’t one. Give them what they asked for before you send anything "
            "else."
        ),
        (
            "Nothing else will do you any good until you’ve replied. They’ve been waiting {heard:lasting}, so write "
            "back now."
        ),
        "Somebody there can’t get on until you answer. Do that now, and leave the rest.",
        "The one thing they’re hoping for is an answer. You’ve had their message {heard:lasting}, so reply to it.",
        "Deal with their question before any plans of your own. They’ve been hoping to hear from you {heard:lasting}.",
    ),
)
CALL_FIRST = Reason(
    "They’ve asked you to call, and they’re waiting for you to do it. Call them first, and leave this for now.",
    reading="The article doesn’t say which step comes first. We put a call they’re waiting for before everything else.",
    also=(
        "What they want from you is the call they asked for. Make that before anything else.",
        "They’d like to speak to you, but you haven’t called as they asked. Do it now, and leave other things aside.",
        (
            "They invited you to call {heard:ago}, but this isn’t what they had in mind. They’re hoping "
            "to hear your voice instead."
        ),
        "Anything else looks as if you’d missed their request. Take up their invitation, and call them.",
        (
            "They’re ready to talk to you on the phone. Make the call that they asked for, and you may not need to do "
            "this at all."
        ),
        (
            "They told you how they’d like to hear from you: by phone. Start with that call, and leave everything else "
            "until afterwards."
        ),
    ),
)
OFFER_FIRST = Reason(
    "You’ve had their offer {heard:lasting}. The next thing they want from you is your answer, so give them that "
    "first.",
    reading=(
        "The article stops before the offer. We think you owe them an answer, by the date they gave if there was one, "
        "before you do anything else."
    ),
    also=(
        (
            "They’ve made you an offer, but they don’t have your answer yet. Think it over, say yes or no, and leave "
            "everything else until then."
        ),
        "Their offer has been on the table {heard:lasting}. All you need to say now is yes or no.",
        "Now that you have an offer, it’s your turn. Tell them what you’ve decided, or ask for the time you need.",
        "They’ve chosen you, so there’s nothing left to push for. Answer the offer they made {heard:when}.",
        (
            "If you send anything but an answer, they’ll wonder whether you still want the job. They’ve been waiting "
            "for a yes or a no {heard:lasting}."
        ),
        "You don’t need to follow up when you already have an offer. You’ve had one {heard:lasting}, so answer it.",
    ),
)
OFFER_FIRST_BY = Reason(
    "They’ve made you an offer, and they need your answer {due:by}. That’s the only thing they want from you now.",
    reading=(
        "The article stops before the offer. We think you owe them an answer by the date they gave, before you do "
        "anything else."
    ),
    also=(
        "You have their offer, so there’s nothing to follow up. Think it over, and give them a yes or a no {due:by}.",
        (
            "They offered you the job {heard:ago}, and it’s your turn to decide. You have until {due:moment}, so spend "
            "the time on that."
        ),
        (
            "This isn’t what they’re waiting for. They’ve offered you the job, and they’d like to know {due:by} "
            "whether you’ll take it."
        ),
        (
            "They’ve chosen you already, so this can’t help. What counts now is your answer, and you can give it until "
            "{due:moment}."
        ),
        (
            "The next message they want from you is a yes or a no. They’ve given you until {due:moment}, and sooner is "
            "fine too."
        ),
        "Their offer came {heard:when}, and it’s still open. Answer it {due:by}, and leave everything else aside.",
    ),
)
OFFER_OPEN = Reason(
    "They made you an offer {heard:ago} and need your answer {due:by}. You can take that time to think.",
    reading="The article stops before the offer. We think you owe them an answer by the date they gave.",
    also=(
        (
            "It’s worth sleeping on a job offer, and they’ve given you until {due:moment}. It would be kinder still to"
            " answer early."
        ),
        "You’re allowed to think about an offer for as long as they said. Make sure they have your answer {due:by}.",
    ),
)
CALL_ARRANGED = Reason(
    "They asked you to call, and you can do that from {due:moment}. There’s nothing to do until then.",
    also=(
        "You’ll be calling them from {due:moment}, as they asked. Leave them in peace until you do.",
        "You know when you can reach them, so there’s nothing to ask before then. Be ready to call from {due:moment}.",
    ),
)
DECISION_MADE = Reason(
    "You found out {decided:ago} what they’d decided. There’s nothing more you need to do.",
    also=(
        "You’ve had their decision {decided:lasting}. It’s best to leave it there.",
        "There’s nothing left to do about this job. They settled it {decided:when}, so think about your next step.",
    ),
)
OFFER_SETTLED = Reason(
    "They made you an offer {decided:ago}, and you’ve answered it. There’s nothing more you need to do now.",
    also=(
        "You’ve given them your answer to the offer. Wait to hear about anything that comes next.",
        "They’ve had your answer, so you can relax. If there’s anything to arrange, they’ll be in touch.",
    ),
)
SILENCE_ANSWERS = Reason(
    "You’ve had {since:for} without a word. By now their silence is the answer, so let it go and put your energy "
    "elsewhere.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer."
    ),
    also=(
        (
            "You last heard from them {since:ago}, and that tells you what you need to know. You’re not giving up too "
            "soon if you let it go now."
        ),
        (
            "After {silence_answers:limit} or more without a word, the answer is probably no, even if nobody told "
            "you. Get on with your next application."
        ),
    ),
)
WAIT_FOR_YOUR_REFEREE = Reason(
    "They asked for your references {asked:ago}, but you’re still waiting for a referee to agree. That’s out of your "
    "hands, so wait, and send them as soon as you have a yes.",
    reading="The article says to send them as soon as you can. We don’t count the time when you can’t.",
    also=(
        "You can’t send what you don’t have yet. Remind your referee, and leave the employer in peace until then.",
        (
            "It’s right not to pass on a number without permission. They’ve waited {asked:lasting}, and they’ll "
            "understand if it takes another day."
        ),
    ),
)
WAIT_FOR_THE_DATE = Reason(
    "They asked for time until {date:moment}. You’re right to take them at their word and wait.",
    also=(
        "They’ve given you a date, so you don’t have to guess. Leave them alone until {date:moment}.",
        (
            "They’ve told you how long they need, and that time isn’t over yet. If you don’t hear before "
            "{date:moment}, it"
            " doesn’t mean anything."
        ),
        "They said {date:moment}, and you’re giving them until then. That shows you’re easy to work with.",
        (
            "You know when you should hear, so there’s no need to wonder yet. Get on with other things until "
            "{date:moment}."
        ),
    ),
)
LET_THE_DATE_COME = Reason(
    "They have until {date:moment}, and you’ve waited most of that time already. They’re not late yet.",
    also=(
        (
            "The last part of the wait is the hardest. Hold on until {date:moment}, and do something only if you still"
            " haven’t heard."
        ),
        "You’ve waited this long, and {date:moment} isn’t far off. An email now would spoil it.",
        "It’s nearly the date they gave you. If you’ve heard nothing {date:by}, you can get in touch then.",
        "You won’t have to wait much longer. Leave them alone until {date:moment}, and let them be the ones to write.",
    ),
)
WAIT_TILL_THEY_ARE_BACK = Reason(
    "Their automatic reply says they’re away until {date:moment}. Anything you send before then will be buried.",
    reading="The article doesn’t mention out-of-office replies. We wait until the day they said they’d be back.",
    also=(
        "Nobody will read your email before {date:moment}. Keep it until they’re back, and it’ll be near the top.",
        (
            "When people come back from leave, they clear their inbox first. Wait until {date:moment} before you send "
            "anything."
        ),
    ),
)
WHILE_THEY_ARE_AWAY = Reason(
    "You know from their automatic reply that they’re away until {date:moment}. Nobody can answer you before then, so "
    "wait until they’re back.",
    reading="The article doesn’t mention out-of-office replies. We wait until the day they said they’d be back.",
    also=(
        "They’re not there to answer you. They’re back at work from {date:moment}, and that’s soon enough.",
        (
            "People on leave can’t help you, and this will only be waiting for them when they’re back. Hold it until "
            "{date:moment}."
        ),
        "Their out-of-office reply tells you not to expect anything yet. Try after {date:moment}.",
        "Nothing gets decided while they’re away. Enjoy the pause, and get in touch from {date:moment}.",
    ),
)
WAIT_TO_MEET = Reason(
    "You’re meeting them again {date:day}. Until then there’s nothing to follow up.",
    reading=(
        "The article assumes that there’s only one interview. If they invite you to another, we think the invitation "
        "answers everything that came before it."
    ),
    also=(
        "They’ve answered you by inviting you back. Prepare for the meeting, and leave them in peace.",
        "They want to see you again, which is a very good sign. If you have questions, you can ask them {date:day}.",
    ),
)
BEFORE_YOU_MEET = Reason(
    "You’ll see them again {date:day}. If you have something to tell them, tell them then.",
    reading=(
        "The article assumes that there’s only one interview. If they invite you to another, we think the invitation "
        "answers everything that came before it. Each interview has its own thank-you and its own call."
    ),
    also=(
        (
            "You’ll be in the same room {date:day}, so you don’t need to say anything before that. Use the time to "
            "prepare."
        ),
        (
            "They’ve invited you back, so you already have your answer. Keep your thanks and your questions for the "
            "meeting."
        ),
        (
            "They’ve invited you to a second interview, and getting in touch before it doesn’t help. You can thank "
            "them after the meeting."
        ),
        "They’ve set aside time for you {date:day}. Wait until then to talk to them.",
    ),
)
BEFORE_THE_CALL = Reason(
    "They’ve asked you to call, so you’ll be talking to them soon. Keep this for the call.",
    reading=(
        "The article is about contact that nobody asked for. If they’re expecting your call, we think the rest can "
        "wait for it."
    ),
    also=(
        (
            "They chose to hear from you by phone, and it isn’t time for that call yet. Anything you’d say now can "
            "wait for it."
        ),
        "You’ll have them on the phone before long, because they asked for it. Don’t get in touch before then.",
        "They’re already expecting a call from you. Prepare for that, and leave them in peace until it’s time.",
        "You don’t need another reason to be in touch, because they want you to call. Ask your questions then.",
    ),
)
GIVE_THEM_TIME = Reason(
    "It’s {since:since}, and they have other people to see and their own work to do. Leave it until {until:moment}.",
    also=(
        "You’re right to say nothing so soon. They won’t need a reminder before {until:moment}.",
        "They need time to make up their minds. Let them get on with it, and think about it again {until:day}.",
        "If you hear nothing early on, it only means they’re busy. You’re giving them {quiet:limit}, and that’s fair.",
        "Other people have a say in the decision besides the ones you met. Let them talk it over until {until:moment}.",
    ),
)
LET_THE_WEEK_END = Reason(
    "You’ve waited for {since:for} so far. Leave it until {until:moment}, because silence before that doesn’t mean "
    "anything.",
    also=(
        "You’ve done most of the waiting. If you haven’t heard {until:by}, think about the next step then.",
        (
            "It’s tempting to write now, but it’s worth being patient a little longer. They have until {until:moment} "
            "to come to you."
        ),
        (
            "They haven’t said no just because they haven’t said anything. Wait until {until:moment} before you do any"
            " more."
        ),
        "You’ve nearly waited long enough, so don’t spoil it now. The quiet time lasts until {until:moment}.",
        "They may be talking about you right now. Give them the full time, until {until:moment}.",
        "You’re nearly there: the wait is over {until:day}. In the meantime, work on your other applications.",
        "Not everybody manages to wait this long, so well done. Keep it up until {until:moment}.",
    ),
)
LEAVE_IT_WITH_THEM = Reason(
    "You called {call:ago}, so you’ve made your one call. The next move is theirs.",
    also=(
        "They know you’re interested, because you called {call:when}. Now give them the time to get back to you.",
        "You’ve made your call, and that’s all you can do for now. Waiting is the hard part, and you’re doing it well.",
        "They know you called {call:ago}. Let them get back to you when they can.",
        "You called {call:when}, and there’s nothing to add. Relax, and wait for their answer.",
    ),
)
TRY_ONCE_MORE = Reason(
    "Nobody answered when you called {call:ago}, so they were probably busy. You can try once more, from "
    "{until:moment}.",
    reading=(
        "The article says that no answer means they’re busy. If they asked you to call, we let you try once more on "
        "the next working day."
    ),
    also=(
        (
            "They wanted your call and missed it {call:when}. It’s fine to try one more time from {until:moment}, but "
            "not before."
        ),
    ),
)
TRY_AGAIN_NOW = Reason(
    "They missed your call {call:ago}, and they’d asked for it. You can wait, but you could also try once more now.",
    reading=(
        "The article says that no answer means they’re busy. If they asked you to call, we let you try once more on "
        "the next working day."
    ),
    also=(
        (
            "You called {call:when}, as they’d asked, and nobody picked up. It’s all right to leave it there, though "
            "one more try would be welcome."
        ),
    ),
)
OFFICE_CLOSED = Reason(
    "Nobody there is at work now. You can call once, from {until:moment}.",
    reading=(
        "The article doesn’t mention the time of day. We think you should call in their working hours, Monday to "
        "Friday, in their time zone."
    ),
    also=(
        "Don’t use your one call on an empty office. Wait until they’re back, and call from {until:moment}.",
        (
            "You’ve waited this long to call, and a little longer won’t make any difference. They’re at work again "
            "from {until:moment}."
        ),
        "They’re not at work now, so don’t disturb them. Call in working hours, which start again {until:day}.",
        "It’s best to call when somebody is there to answer. That’s from {until:moment}.",
        (
            "You can only reach them while they’re at work, and that’s from {until:moment}. Outside those hours, "
            "nobody would pick up."
        ),
    ),
)
NEXT_MOVE_IS_THEIRS = Reason(
    "There’s nothing you need to do now. If there’s news, they’ll tell you.",
    also=(
        "You’ve done everything you can. Wait for them to come to you.",
        "The decision is up to them now. Carry on with your other plans.",
    ),
)
WAIT_AFTER_CONTACT = Reason(
    "You were last in touch {last:ago}. Give them time to answer.",
    also=(
        "They heard from you {last:when}, and they may still be working on it. Let them come back to you.",
        "You were in touch {last:when}, so don’t do anything else yet. Wait and see what they say.",
        "They need a while to answer you. Contacting them again wouldn’t make it any quicker.",
        (
            "You’ve been in touch, so it’s right to leave it for a bit. They’ll answer when they have something to "
            "tell you."
        ),
    ),
)
