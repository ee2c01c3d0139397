"""Why to make contact or not, where the three guidelines leave it open: the reasons of the principle."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

REPLY_TO_THEM = Reason(
    "They got in touch {heard:ago}. A reply is never a nuisance.",
    also=(
        (
            "They wrote, and you write back. Answering what they sent {heard:when} is the easiest way to make a good "
            "impression."
        ),
        "It’s your turn, because the last word came from them {heard:ago}. A quick, clear answer is all they want.",
        (
            "You needn’t wait before you answer somebody. They got in touch {heard:when}, and they’ll be pleased to "
            "hear back so soon."
        ),
        "A good reply is short and keeps to the point. Yours reaches them while they still have the matter in mind.",
        (
            "When they write, you’re free to write, whatever the calendar says. You answer what came {heard:when}, "
            "and nothing more."
        ),
        "Nobody has ever held a quick reply against a candidate. They reached out {heard:ago}, so go ahead.",
    ),
)
REPLY_LATER = Reason(
    "You’ve known {heard:lasting} what they wanted to tell you. A reply is still welcome, though sooner would have "
    "been better.",
    reading=(
        "The article doesn’t say how soon to reply. We give full credit for {reply_prompt:limit}, and less with every "
        "hour after that."
    ),
    also=(
        (
            "You’ve let what they sent {heard:when} lie for a while. Answering is right, but people like to hear back "
            "quickly."
        ),
        "Better now than even later: they got in touch {heard:hours}. Skip the excuses, and give them what they need.",
        "A reply is right at any pace, and a quick one is better. You could have sent this one {heard:ago}.",
    ),
)
REPLY_LATE = Reason(
    "They’ve been waiting for your reply {due:lasting}. It’s late, and still better than none.",
    reading=(
        "The article doesn’t say how soon to reply. We expect a reply within {reply_prompt:limit}, or by the date "
        "they gave."
    ),
    also=(
        (
            "You could have answered {due:ago}, and they’ll have wondered why you didn’t. Say sorry in half a "
            "sentence, and then answer."
        ),
        "Somebody has been held up by your silence {due:lasting}. Reply now, and next time reply on the day.",
    ),
)
REPLY_INSTEAD_OF_CALL = Reason(
    "They expected your call {due:ago}. An email that says when you’ll call is better than nothing.",
    reading=(
        "The article is about calls that nobody asked for. A call that they’re waiting for is an answer you owe them, "
        "and an email is second best."
    ),
    also=(
        (
            "They kept a time free for your call, and it was {due:when}. If you can’t call now, writing is the next "
            "best thing."
        ),
    ),
)
REPLY_TOO_LATE = Reason(
    "They got in touch {heard:ago} and asked nothing. By now a reply is an email out of the blue, so let them write "
    "next.",
    reading=(
        "The article doesn’t say for how long you can reply. We call it a reply for {reply_lost:limit}. After that, "
        "it’s contact of your own."
    ),
    also=(
        (
            "What they wrote {heard:when} needed no answer, and the time for one has passed. Wait until there’s a "
            "reason to write."
        ),
        (
            "A reply belongs to the days after a message. Theirs came {heard:ago}, so this would be one more email "
            "from you."
        ),
        (
            "If you’d answered at once, it would have been a courtesy. Now that it’s {heard:since}, it looks like a "
            "way of asking for news."
        ),
        (
            "They’re not expecting to hear back about something that’s {heard:for} old. Save your next email for when "
            "there’s something to say."
        ),
    ),
)
REPLY_TO_REFUSAL = Reason(
    "You got a no {heard:ago}, and you answer it. A short reply, perhaps with a request for feedback, leaves a good "
    "memory.",
    reading=(
        "The article ends before they decide. After a refusal we allow one short email, sent soon, and call it "
        "sensible."
    ),
    also=(
        (
            "You take their refusal {heard:from} with good grace, and thank them in a few lines. Ask for advice if "
            "you like, but don’t argue."
        ),
        "Answering a no politely is worth the two minutes. The next job there may go to somebody they remember well.",
    ),
)
REPLY_TO_OFFER = Reason(
    "They made you an offer {heard:ago}, and you give them your answer in time. That’s all they need from you.",
    also=(
        "An offer deserves a clear yes or no. They made theirs {heard:when}, and you don’t let it hang.",
        "You answer their offer while it’s still open. Now both sides know where they stand.",
        "They’ve been hoping for your answer {heard:lasting}. Giving it is the one thing left to do.",
        "Nothing is more welcome after an offer than a clear answer. Yours comes {heard:for} after they asked.",
    ),
)
NOTHING_TO_REPLY_TO = Reason(
    "There’s nothing to reply to, so this would be an email out of the blue. Wait for their next message, and answer "
    "that.",
    also=(
        "A reply needs a message to go with it, and there isn’t one. Hold on until they write.",
        (
            "You have no question of theirs left to answer. If you’d like to be in touch, that’s a step of its own, "
            "with its own time."
        ),
        "Calling it a reply doesn’t make it one. Nobody there is waiting for a word from you, so give them time.",
        (
            "It’s their turn to write, and they will when they have something to say. Until then, your best answer is "
            "none."
        ),
        "They’re not waiting for anything from you. An email without a reason takes up their time, so leave it.",
        "Replying twice, or to nothing, is only a way of nudging. Keep the line clear for their news.",
        "No message, no reply. An email of your own needs a better reason, and a better moment.",
        "This answers something that nobody asked. Let the silence stand for now.",
    ),
)
ASKING_THE_OUTCOME = Reason(
    "If they could tell you more, they would have. Asking whether you got the job puts them on the spot, so wait, and "
    "ask how the process is going from {until:moment}.",
    also=(
        (
            "“Did I get it?” has only three answers: yes, no, and an awkward silence. A softer question about the "
            "status is fine from {until:moment}."
        ),
        (
            "Nobody likes to be pressed for a decision they haven’t made. From {until:moment} you may ask, once, how "
            "things are going."
        ),
        (
            "It’s the one question that you should never put to them. Keep quiet until {until:moment}, and then ask "
            "about the timing and not about yourself."
        ),
        (
            "You’d be asking somebody to decide just so that they can answer an email. Leave them to it, and ask for "
            "an update from {until:moment} if you’ve heard nothing."
        ),
        (
            "A decision comes when it’s ready, and this question doesn’t make it come sooner. If it gets too quiet, "
            "you may ask from {until:moment} whether there’s any update."
        ),
        (
            "They can’t say yes yet, and they don’t want to say no. Let them work, and get in touch no sooner than "
            "{until:moment}."
        ),
        (
            "Asking for the result makes you sound worried, however politely it’s done. Wait for {until:moment}, then "
            "ask only where they are with it."
        ),
        (
            "When there’s an answer, you’ll be among the first to know. The time for asking about the status comes "
            "{until:day}."
        ),
        (
            "It asks them for a verdict, and all they can give you is an excuse. Hold back until {until:moment}, and "
            "ask about the process instead."
        ),
    ),
)
ASKING_THE_OUTCOME_NOW = Reason(
    "Asking whether you got the job puts them on the spot. Ask how the decision is going instead, because they can "
    "answer that.",
    also=(
        (
            "It’s fine to be in touch now, but not with this question. One polite line about the status leaves them "
            "free to say as much as they can."
        ),
        (
            "A straight “Did I get the job?” pushes them into a corner. Try “Is there any update?”, and tell them "
            "that there’s no rush."
        ),
        "The timing is good and the question isn’t. Ask when they expect to decide, and leave the result to them.",
        "You may ask about the process, never about the result. The first is interest, and the second is pressure.",
        (
            "Somebody who hasn’t decided can only dodge this question. Give them an easier one, such as how things "
            "are going."
        ),
        "Don’t make them say no in writing before they’re ready. Ask where they are with it, and you’ll learn as much.",
        (
            "They know that you want the job. Asking for the verdict turns interest into pressure, so ask about their "
            "timing."
        ),
        (
            "It’s never right to ask for the outcome, even after a long wait. It is right to ask, once, whether "
            "there’s any news."
        ),
        (
            "The same email with a gentler question would be welcome. Change “Did I get it?” to “Do you know yet when "
            "you’ll decide?”."
        ),
    ),
)
ASKING_THE_OUTCOME_AGAIN = Reason(
    "You’ve been in touch already, and this puts a blunt question on top. Leave the answer to them.",
    also=(
        "Whether you got the job is never the question to ask. They’ll tell you, and all that’s left to do is to wait.",
        "Pressing for a result is the quickest way to an unhappy one. You’ve made your interest plain, so rest now.",
        "If they had an answer, you’d have it. Turn to your other applications, and let this one come to you.",
        (
            "No employer decides faster because somebody asks for the decision. You’ve done your part, and the rest "
            "is theirs."
        ),
        "There’s no polite way of asking for a yes. Stay quiet, and let them finish.",
        "It’s hard not to know, but asking for the answer doesn’t bring it. Find something else to do, and wait.",
    ),
)
DROPPING_IN = Reason(
    "Turning up unasked takes their time, in front of everybody who happens to be there. An email lets them choose "
    "when to answer.",
    reading="The article doesn’t mention visits. We say that if a second call is too much, so is a visit.",
    also=(
        "A visit corners people: they can’t put it aside and come back to it. Write instead, when it’s time.",
        (
            "Reception will have to find somebody, and that somebody will have to be polite. Keep your next visit for "
            "when you’re invited."
        ),
        "You’d be interrupting a working day for something that fits into three lines. Send those, once they’re due.",
        "It’s meant to show enthusiasm, and it comes across as pressure. Stay at home, and let them call you in.",
        (
            "Nobody can give you an answer at the front desk. The way to be remembered well is a short email at the "
            "right moment."
        ),
    ),
)
WRITING_PRIVATELY = Reason(
    "A private account is for when they’re not at work. Use the address they gave you, when it’s time to write.",
    reading=(
        "The article doesn’t mention social media. We say that you reach people only where they expect to be reached."
    ),
    also=(
        "People keep their own pages for friends and family. Anything about the job belongs in their work email.",
        "You’d be following them home. If there’s something to say, say it through the office.",
        "They never gave you this way of reaching them. Stick to the one they did.",
        "A private message leaves them no polite way to ignore it. The work address does, and that’s why it’s better.",
        "However friendly the message is, the place for it is wrong. Keep it for an email, when an email is due.",
    ),
)
SENDING_A_GIFT = Reason(
    "However small, a gift asks for something in return, and many employers have to declare it or send it back. Say "
    "thank you in words.",
    reading="The article doesn’t mention gifts. We say that a few words show your interest better than any present.",
    also=(
        (
            "A present puts them in an awkward position while they’re deciding. A few lines of thanks, at the right "
            "time, do more."
        ),
        "They want to choose you for your work. Let that speak, and keep the chocolates for your friends.",
        (
            "It’s a generous thought, but it looks like an attempt to buy goodwill. Kind words are the only thing to "
            "send, and only when thanks are due."
        ),
        (
            "Gifts between candidates and employers make everybody uncomfortable. If you want to show that you care, "
            "write one good email."
        ),
        "A fair employer would have to refuse it. A thank-you by email, when it’s time, is all that’s needed.",
    ),
)
GOING_ROUND = Reason(
    "Writing to somebody else, or higher up, goes behind the back of the person you deal with. Stay with that person.",
    reading=(
        "The article doesn’t say whom to contact. We say that it’s the person you deal with, until they name somebody "
        "else."
    ),
    also=(
        (
            "Your email will be passed on to the person you went round, with a raised eyebrow. Write to them "
            "directly, when it’s time to write."
        ),
        (
            "The manager above doesn’t know your case, and the person below feels passed over. Keep to the one who "
            "interviewed you."
        ),
        (
            "It takes two people’s time to get the answer that one of them would have given you. Wait for your own "
            "contact."
        ),
        (
            "Looking for a faster answer elsewhere tells your contact that you don’t trust them. Give them the time "
            "they need."
        ),
        (
            "One person is looking after your application, and it helps to keep them on your side. Anything you have "
            "to say, say to them."
        ),
        (
            "Nobody else there can tell you more without asking your contact first. Be patient, and let that one "
            "person come back to you."
        ),
        (
            "It may feel like initiative, but in an office it’s a breach of manners. Your contact is the one to "
            "thank, to ask and to call, each at its time."
        ),
        (
            "Going over somebody’s head is hard to forgive, even if it works. If your contact is slow, they have "
            "their reasons."
        ),
        (
            "Colleagues talk to each other, and this will get back to the person you deal with. You want them to "
            "speak well of you, so leave the others out of it."
        ),
        "A second contact doesn’t give you a second chance. Use the address you were given, and only that.",
        (
            "You know who your contact is, and so do they. Being loyal to that person costs you a little patience and "
            "earns you a friend inside."
        ),
    ),
)
GOING_PAST_THE_RECRUITER = Reason(
    "You came through a recruiter, so ask the recruiter. Going past them embarrasses both sides.",
    reading=(
        "The article doesn’t mention recruiters. If one brought you together, we say that every question goes through "
        "them."
    ),
    also=(
        (
            "The employer hired a recruiter so as not to get emails like this one. Send it to the recruiter, who can "
            "ask on your behalf."
        ),
        "Your recruiter knows when to ask and whom. Let them do it, because they want you to get the job too.",
        (
            "It’s the recruiter’s job to be in touch with the employer. Write to the recruiter, and let the news come "
            "to you that way."
        ),
    ),
)
DEADLINE_MENTIONED = Reason(
    "You have an offer to answer {deadline:by}. Saying so once, without an ultimatum, helps them to help you.",
    reading=(
        "The article doesn’t mention other offers. We find it sensible to mention a real deadline, once and politely."
    ),
    also=(
        (
            "They can’t know that you have to decide {deadline:by} unless you tell them. Say it as a fact and not as "
            "a threat."
        ),
        (
            "A real deadline is useful news for them, if it comes without pressure. Yours is {deadline:moment}, and "
            "now they can plan for it."
        ),
    ),
)
DEADLINE_MADE_UP = Reason(
    "Nobody else is waiting for your answer, so there’s no deadline to mention. An invented one is an ultimatum, and "
    "they may well tell you to take the other job.",
    reading="The article doesn’t mention other offers. We find it sensible to mention a deadline only if it’s real.",
    also=(
        "A bluff is easy to call, and then you’ve lost their trust. Mention another offer only when you have one.",
        "You have no other offer to answer. Saying that you do may hurry them, but into a no.",
    ),
)
DEADLINE_PAST = Reason(
    "Your other offer had to be answered {deadline:ago}, so there’s no deadline left to mention. Wait like everybody "
    "else.",
    reading=(
        "The article doesn’t mention other offers. We find it sensible to mention a deadline only while it lies ahead."
    ),
    also=(
        "The time for answering that other offer ran out {deadline:when}. It can’t hurry anybody now, so leave it out.",
    ),
)
DEADLINE_AGAIN = Reason(
    "You mentioned your deadline {mentioned:ago}. Saying it twice makes it an ultimatum, so give them the chance to "
    "act on it.",
    reading=(
        "The article doesn’t mention other offers. We find it sensible to mention a real deadline, once and politely."
    ),
    also=(
        (
            "They know about your other offer, because you told them {mentioned:when}. If they can be quicker, they "
            "will be."
        ),
        (
            "They heard about your other offer {mentioned:ago}, and they haven’t forgotten. Decide for yourself if "
            "they can’t, but don’t push."
        ),
    ),
)
STATUS_IN_TIME = Reason(
    "They’ve had a fair chance to answer, and it’s {last:contact}. One polite question about the status is "
    "reasonable, but thanks alone would have asked less of them.",
    reading=(
        "The article allows a call that asks for the status, and doesn’t mention an email. We allow one, once a "
        "thank-you would be due."
    ),
    also=(
        (
            "You may ask now, because you’ve left them in peace {last:lasting}. A thank-you would do the same job "
            "more gently."
        ),
        "Asking once how things are going is fair after such a wait. Even better is an email that only says thank you.",
        (
            "It’s reasonable to want to know, and you ask politely. They’d find it easier still to get a thank-you "
            "that needs no answer."
        ),
    ),
)
STATUS_AFTER_THANKS = Reason(
    "It’s {last:contact}, and they’ve had a chance to answer. One polite question about the status is reasonable now, "
    "and one is enough.",
    reading=(
        "The article allows a call that asks for the status, and doesn’t mention an email. We allow one, once a "
        "thank-you would be due."
    ),
    also=(
        (
            "You’ve thanked them and waited, so you may ask how it’s going. Ask about the process and not about "
            "yourself, and only this once."
        ),
        (
            "A short question is all right now that you’ve left them alone {last:lasting}. After it, wait until they "
            "answer."
        ),
        "One email about the status is sensible at this point. Keep it short, and don’t send another one after it.",
        (
            "Your last contact was {last:ago}, so nobody will feel chased by a single question. Put it in two lines, "
            "and tell them there’s no hurry."
        ),
    ),
)
STATUS_TOO_SOON = Reason(
    "It’s {last:contact}, which isn’t long. A question about the status can wait until {until:moment}, because before "
    "that it’s a nudge.",
    reading=(
        "The article allows a call that asks for the status, and doesn’t mention an email. We allow one, once a "
        "thank-you would be due and {status_after_contact:limit} after your last contact."
    ),
    also=(
        (
            "Getting in touch twice in so short a time feels like chasing. Leave {status_after_contact:limit} in "
            "between, which takes you to {until:moment}."
        ),
        "You last had their attention {last:when}. Ask how things are going from {until:moment}, if you still need to.",
        "You were in touch {last:ago}, and it’s their turn. If nothing comes {until:by}, one polite question is fine.",
        (
            "Let one thing settle before you send the next. The earliest time for a question about the status is "
            "{until:moment}."
        ),
        (
            "They know that you’re there, because they heard from you {last:when}. Save the question for "
            "{until:moment} or later."
        ),
    ),
)
STATUS_BEFORE_THE_WEEK = Reason(
    "It’s {since:since}, and there may be nothing to tell yet. A question about the status can wait until "
    "{until:moment}.",
    reading=(
        "The article allows a call that asks for the status, and doesn’t mention an email. We allow one, once a "
        "thank-you would be due."
    ),
    also=(
        "Decisions take longer than it feels from your side. Ask how things stand from {until:moment}, and not before.",
        (
            "They’ll be seeing other people and talking it over. Leave them to it until {until:moment}, and then one "
            "polite question is fine."
        ),
        (
            "Asking this soon gets you “not yet”, and makes you look impatient. After {quiet:limit} of quiet, from "
            "{until:moment}, you’d get a real answer."
        ),
        (
            "The question is a fair one, but you’re early with it. Write it down, and send it {until:day} if you’ve "
            "heard nothing."
        ),
        "Nobody has had a chance to forget you. Wait until {until:moment} before you ask for an update.",
        (
            "They have more than your application on their desks. If it’s still quiet at the end of {quiet:limit}, "
            "you may ask, from {until:moment}."
        ),
        "An update is worth asking for when there could be one. Give them until {until:moment} to get that far.",
    ),
)
STATUS_BEFORE_THE_DATE = Reason(
    "They said that you’d hear {until:by}, and that hasn’t passed yet. Ask after that, because until then the "
    "question is a nudge.",
    reading=(
        "The article allows a call that asks for the status, and doesn’t mention an email. We allow one, once the "
        "date they gave has passed."
    ),
    also=(
        (
            "You’re asking for something that they’ve already told you: {until:moment}. If that goes by in silence, "
            "then ask."
        ),
        "They’re not late, so there’s nothing to ask about yet. Your question becomes fair from {until:moment}.",
        "A promise needs time to be kept. Give them until {until:moment}, and if they forget, remind them politely.",
        "The status is simple: they’re still within the time they named. Come back to it after {until:moment}.",
        (
            "Before their date, a question like this says “hurry up”. Put it off until {until:moment}, and it says "
            "“I’m still interested”."
        ),
    ),
)
STATUS_AGAIN = Reason(
    "You asked about the status {status:ago}. They have your question, and asking twice is nagging, so wait for their "
    "answer.",
    reading=(
        "The article allows a call that asks for the status, and doesn’t mention an email. We allow one, and one is "
        "enough."
    ),
    also=(
        "Your question {status:from} is still in front of them. Sending it again doesn’t move it up the pile, so wait.",
        (
            "They’ll answer when there’s something to say, because you asked them {status:when}. Use the time for "
            "another application."
        ),
        "Once is interest, and twice is impatience. You’ve asked, so the answer is up to them.",
        (
            "If they’ve missed what you wrote {status:when}, they’ll find it. A repeat only makes them feel guilty "
            "about it."
        ),
    ),
)
THEY_HAVE_DECIDED = Reason(
    "They told you {decided:ago} what they decided. There’s nothing left to follow up, so put your mind to what comes "
    "next.",
    also=(
        (
            "You’ve known where you stand {decided:lasting}. Any further contact reopens something that’s settled, so "
            "let it rest."
        ),
        "The decision is made, and you heard it {decided:when}. Following up is for when you’re still waiting.",
        "It’s over, one way or the other. Keep the good impression you’ve made, and turn to what comes next.",
        "They’ve given you their answer, and it won’t change. Writing or calling now only makes things awkward.",
        "There’s a time to follow up, and it ended {decided:when}. Put your energy into what you do next.",
        "What you could do for this application, you’ve done. You had their answer {decided:ago}, so leave it there.",
    ),
)
