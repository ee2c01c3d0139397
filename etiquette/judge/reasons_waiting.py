"""Why to hold back, and what comes before anything else: more reasons of the principle."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

ANSWER_OWED = Reason(
    "They’ve been waiting for your answer {due:lasting}. When somebody is waiting for you, holding back isn’t polite, "
    "so answer now.",
    also=(
        "This silence is yours and not theirs. They could have had your answer {due:ago}, so give it now.",
        "Waiting is right while you’re waiting for them. Here they’re waiting for you, and have been {due:lasting}.",
        (
            "They asked you something, and every hour without an answer makes you look less keen. Reply before you do "
            "anything else today."
        ),
        "You can’t be a nuisance by answering a question. They’ve had no answer from you {due:lasting}, so reply.",
        "Nothing moves until they hear from you. You could have answered {due:when}, so don’t leave it any longer.",
        "Patience is for your own questions. Theirs, open {due:lasting}, needs an answer now.",
        "They want to hear from you, so this is no time to be shy. It’s been your turn {due:lasting}.",
        "Leaving a question open looks like a lack of interest. Two lines are enough, and they’re needed today.",
        (
            "You may hold back when you want something from them. Now they want something from you, and it’s been "
            "open {due:lasting}."
        ),
    ),
)
ANSWER_OWED_BY_THEN = Reason(
    "They’re counting on hearing from you {due:by}, and if you wait longer, you’ll still owe them an answer. Give it "
    "to them before that.",
    also=(
        (
            "You can take your time, but only until {due:moment}. Waiting longer than that leaves them hanging, so "
            "answer before that."
        ),
        "They named a time, {due:moment}, and your plan goes past it. Put it in your diary, and be early.",
        (
            "It’s fine to think it over, but they want to know by a certain time. That’s {due:moment}, so let them "
            "hear from you before then."
        ),
        "What you have in mind takes too long. After {due:moment} they may take your silence for a no.",
        "Holding back is fine up to a point, and that point is {due:moment}. Don’t make them ask again.",
    ),
)
CALL_OWED_BY_THEN = Reason(
    "They’re waiting for your call, and you can reach them from {due:moment}. Don’t put it off any longer than that.",
    also=("They’d like you to call, and their office opens for that {due:day}. Call then, as they’ve asked you to.",),
)
ANSWER_FIRST = Reason(
    "They got in touch {heard:ago} and are waiting for your answer. Give them that first, or it looks as if you "
    "hadn’t listened.",
    reading="The article doesn’t rank the steps. We say that nothing comes before an answer they’re waiting for.",
    also=(
        "There’s an open question on the table, and it’s theirs. Answer it before you bring anything else.",
        "What they want to hear from you is the answer to what they asked {heard:when}. Start with that.",
        "You owe them a reply, and this isn’t it. They’ve been waiting {heard:lasting}, so write that first.",
        (
            "Imagine asking somebody a question and getting this. Answer first, and then see whether there’s anything "
            "left to say."
        ),
        "They asked {heard:ago}, and they can’t go on without you. The rest of your plans can wait for a day.",
        "Your answer is the only thing they need at the moment. Send it, and you’ll have done more than this could do.",
        "First things first: they got in touch {heard:when} and want to hear back. Everything else comes later.",
        (
            "Any other message shows them that you’ve seen theirs and passed over it. Reply, and the conversation "
            "goes on by itself."
        ),
        "Their question came {heard:when}, and this doesn’t answer it. Write the reply before you do this.",
        (
            "They’ll open this hoping for an answer and find none. Give them what they asked for, and send nothing "
            "else before it."
        ),
        "Until you’ve replied, nothing else you send can do you any good. It’s been your turn {heard:lasting}.",
        "Somebody is holding something up until you answer. Do that now, and nothing else.",
        (
            "An answer is the one thing they’re hoping to get from you. You’ve had their message {heard:lasting}, so "
            "use it."
        ),
        "One thing at a time, and theirs comes first. They’ve been hoping to hear from you {heard:lasting}.",
    ),
)
OFFER_FIRST = Reason(
    "You’ve had their offer {heard:lasting}. The next thing they want from you is your answer.",
    reading=(
        "The article ends before the offer. We say that you owe them an answer by the date they gave, and that "
        "nothing comes before it."
    ),
    also=(
        (
            "You have their offer, and they have no answer. Think it over, say yes or no, and leave everything else "
            "until then."
        ),
        "With an offer on the table {heard:lasting}, there’s one thing left to say. Say that, and nothing else.",
        (
            "An offer changes whose turn it is: now it’s yours. Tell them what you’ve decided, or ask for the time "
            "you need."
        ),
        "They’ve chosen you, so there’s nothing left to push for. Answer the offer that they made {heard:when}.",
        (
            "Anything but an answer makes them wonder whether you still want the job. They’ve been waiting for a yes "
            "or a no {heard:lasting}."
        ),
        "Following up is for people who don’t have an offer yet. You’ve had one {heard:lasting}, so answer it.",
    ),
)
OFFER_OPEN = Reason(
    "They made you an offer {heard:ago} and need your answer {due:by}. You may take that time to think.",
    reading="The article ends before the offer. We say that you owe them an answer by the date they gave.",
    also=(
        "A job is worth sleeping on, and they’ve given you until {due:moment}. An early answer would be kinder still.",
        (
            "You’re allowed to think about an offer for as long as they said. Make sure that your answer is with them "
            "{due:by}."
        ),
    ),
)
CALL_ARRANGED = Reason(
    "They’re expecting your call from {due:moment}. Until then there’s nothing to do.",
    also=(
        "The next step has a time: {due:moment}. Leave them in peace until you call.",
        "You know when you’ll talk, so there’s nothing to ask before. Be ready to call from {due:moment}.",
    ),
)
DECISION_MADE = Reason(
    "You heard {decided:ago} how they decided. There’s nothing more that you need to do.",
    also=(
        "You’ve had their decision {decided:lasting}. Leaving it there is the graceful thing to do.",
        "There’s no step left in this one. It was settled {decided:when}, so look ahead.",
    ),
)
SILENCE_ANSWERS = Reason(
    "You’ve had {since:for} without a word. By now their silence is the answer, so let it rest and put your energy "
    "elsewhere.",
    reading=(
        "The article doesn’t say when to give up. After {silence_answers:limit} without a word we take the silence as "
        "their answer."
    ),
    also=(
        (
            "You last heard from them {since:ago}, and that tells you what you need to know. Letting go now is not "
            "giving up too soon."
        ),
        (
            "More than {silence_answers:limit} without a word is a no that nobody got round to saying. It’s time for "
            "the next application."
        ),
    ),
)
WAIT_FOR_YOUR_REFEREE = Reason(
    "They asked for your references {asked:ago}, and a referee hasn’t said yes. That’s out of your hands, so wait, "
    "and send them when you have the yes.",
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
    "They asked for time until {date:moment}. Waiting until that has passed means taking them at their word.",
    also=(
        "You have a date, so you don’t have to guess. Leave them alone until {date:moment}.",
        (
            "They’ve told you how long it will take, and it isn’t over yet. Before {date:moment}, silence is just "
            "what they promised."
        ),
        "Good: they said {date:moment}, and you let them have it. That’s what being easy to work with looks like.",
        "A date is a fair deal, because you know when to start wondering. Theirs is {date:moment}.",
    ),
)
LET_THE_DATE_COME = Reason(
    "They have until {date:moment}, and most of the wait is behind you. They’re not late before that.",
    also=(
        "It’s the last stretch that makes people nervous. Hold on until {date:moment}, and act only if that goes by.",
        "You’ve waited this long, and {date:moment} isn’t far off. An email now would spoil it.",
        "The date they gave is getting close. If {date:moment} passes in silence, you may get in touch.",
        (
            "A date only works if both sides keep to it. Leave them alone until {date:moment}, and let them be the "
            "ones to write."
        ),
    ),
)
WAIT_TILL_THEY_ARE_BACK = Reason(
    "Their automatic reply says that they’re away until {date:moment}. Anything you send before then will be buried.",
    reading="The article doesn’t mention out-of-office replies. We wait until the day they named.",
    also=(
        (
            "Nobody is there to read it before {date:moment}. Keep your email until they’re back, and it will be near "
            "the top."
        ),
        (
            "When people come back from leave, they clear their inbox first. Wait for {date:moment}, and give them "
            "that day."
        ),
    ),
)
WHILE_THEY_ARE_AWAY = Reason(
    "You know from their automatic reply that they’re away until {date:moment}. Nobody can answer you before then, so "
    "wait for that day.",
    reading="The article doesn’t mention out-of-office replies. We wait until the day they named.",
    also=(
        "You’d be talking to an empty chair. They’re back from {date:moment}, and that’s soon enough.",
        (
            "People on leave can’t help you, and this will only be waiting for them when they’re back. Hold it until "
            "{date:moment}."
        ),
        "An out-of-office reply is a clear answer: not now. Try after {date:moment}.",
        "Nothing gets decided while they’re off work. Enjoy the pause, and get in touch from {date:moment}.",
    ),
)
WAIT_TO_MEET = Reason(
    "You’re meeting them again {date:day}. Until then there’s nothing to follow up.",
    reading=(
        "The article has one interview in mind. An invitation to another one answers everything that came before it."
    ),
    also=(
        "The invitation was their answer. Prepare for the meeting, and leave them in peace.",
        "They want to see you again, and that says it all. What you’d like to ask, you can ask them {date:day}.",
    ),
)
BEFORE_YOU_MEET = Reason(
    "You’ll see them again {date:day}. Whatever you want to say, say it there.",
    reading=(
        "The article has one interview in mind. An invitation to another one answers everything that came before it, "
        "and each interview has its own thank-you and its own call."
    ),
    also=(
        "You’ll be in the same room {date:day}, so nothing needs to be said before that. Spend the time on preparing.",
        (
            "They’ve invited you back, so you already have your answer. Save your thanks and your questions for the "
            "meeting."
        ),
        "Contact before a second interview adds nothing to the invitation. You can thank them after the meeting.",
        "They’ll have time for you {date:day}. Let that be your next contact.",
    ),
)
GIVE_THEM_TIME = Reason(
    "It’s {since:since}, and they have other people to see and their own work to do. Leave it until {until:moment}.",
    also=(
        "Good: nothing needs to be said so soon. They have until {until:moment} before a word from you would help.",
        "They’re still at the beginning of it. Let them get on, and look at this again {until:day}.",
        "Early silence means only that they’re busy. You’re giving them {quiet:limit}, and that’s fair.",
        "A decision involves more people than the ones you met. Let them talk it over until {until:moment}.",
    ),
)
LET_THE_WEEK_END = Reason(
    "You’ve waited for {since:for} so far. Leave it until {until:moment}, because no news means nothing before that.",
    also=(
        "You’ve done most of the waiting. If you haven’t heard by then, think about the next step from {until:moment}.",
        "It’s tempting to write now, but a little more patience pays. They have until {until:moment} to come to you.",
        "Their silence isn’t a no. Wait for {until:moment}, and make your next contact count.",
        "The end of the wait is in sight, so don’t spoil it now. The quiet time runs until {until:moment}.",
        "They may be talking about you at this very moment. Give them the full time, until {until:moment}.",
        "Nearly there: the quiet time is over {until:day}. Until then, use the time for other applications.",
        (
            "Holding back to the end is what sets you apart from people who can’t. That means waiting until "
            "{until:moment}."
        ),
    ),
)
LEAVE_IT_WITH_THEM = Reason(
    "You called {call:ago}, and that was your call. The next move is theirs.",
    also=(
        "After your call {call:when}, they know that you’re interested. Now give them the time to get back to you.",
        (
            "You’ve had your call, and that’s all there is to do for now. Waiting is the hard part, and you’re doing "
            "it well."
        ),
        "Your call {call:from} is with them now. Let them get back to you when they can.",
        "Nothing you could add would say more than your call {call:when}. Sit back, and let them answer.",
    ),
)
TRY_ONCE_MORE = Reason(
    "They were busy when you called {call:ago}, as they’d asked you to. You may try once more, from {until:moment}.",
    reading=(
        "The article says that no answer means they’re busy. If they invited the call, we let you try once more on "
        "the next working day."
    ),
    also=("They wanted your call and missed it {call:when}. One more try is fine from {until:moment}, but not today.",),
)
OFFICE_CLOSED = Reason(
    "Nobody there is at work now. You may call from {until:moment}, once.",
    reading=(
        "The article doesn’t mention the time of day. We say that you call in their working hours, Monday to Friday, "
        "by their clock."
    ),
    also=(
        "A phone in an empty office isn’t worth your one call. Wait until they’re back, and call from {until:moment}.",
        (
            "You’ve waited for your call, and a few more hours make no difference. They’re at work again from "
            "{until:moment}."
        ),
        (
            "It’s their free time, so leave them in it. Your call is for working hours, and the next ones start "
            "{until:day}."
        ),
        "The right time to call is when somebody can take it. That’s from {until:moment}.",
        (
            "Your call can only reach them while they’re at work, and that’s from {until:moment}. Outside those "
            "hours, nobody would pick up."
        ),
    ),
)
NEXT_MOVE_IS_THEIRS = Reason(
    "There’s nothing you need to do now. If there’s news, it will come from them.",
    also=(
        "You’ve done all that was yours to do. Let them come to you.",
        "The decision is in their hands. Carry on with your other plans.",
    ),
)
WAIT_AFTER_CONTACT = Reason(
    "You were last in touch {last:ago}. Give them time to answer.",
    also=(
        "They heard from you {last:when}, and they may still be working on it. Let them come back to you.",
        "One thing at a time: you were in touch {last:when}. Wait for what comes of that before you do more.",
        "They need a while to answer what they have. Nothing further from you would make it quicker.",
        "You’ve made contact, so it’s right to let go for a bit. The ball has been in their court {last:lasting}.",
    ),
)
