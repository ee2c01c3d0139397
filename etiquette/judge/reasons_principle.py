"""Why to make contact or not, where the three guidelines leave it open: the reasons of the principle."""

from __future__ import annotations

from etiquette.judge.reasons import Reason

REPLY_TO_THEM = Reason(
    "They got in touch {heard:ago}, and a reply is never a nuisance. Keep it short and friendly.",
    also=(
        (
            "They wrote to you {heard:when}, and you’re writing back. A quick answer is the easiest way to make a good"
            " impression."
        ),
        "They contacted you {heard:ago}, so it’s only natural to write back. Keep it quick and clear.",
        (
            "You don’t need to leave a gap before you reply. They got in touch {heard:when}, and they’ll be pleased to"
            " hear back so soon."
        ),
        "A good reply is short and to the point. You’re sending it while they still have the matter in mind.",
        (
            "Once they’ve written to you, you can always write back. Answer the message they sent {heard:when}, and "
            "leave it there."
        ),
        "Nobody has ever held a quick reply against a candidate. They contacted you {heard:ago}, so go ahead.",
    ),
)
REPLY_TO_INVITATION = Reason(
    "They asked you to call, and a short email is a fine answer too. Tell them when you’ll call, then keep to it.",
    also=(
        "They’d like to talk to you, so a line to say that you’ll call is polite. Keep the rest for the phone.",
        (
            "They invited you to call {heard:ago}, and they’ll be glad to know that you’ve seen it. Confirm the call "
            "in a sentence or two."
        ),
        "You can answer an invitation to call by email. Thank them for it, and say when they’ll hear from you.",
    ),
)
REPLY_LATER = Reason(
    "You’ve had their message {heard:lasting}. A reply is still welcome, though sooner would have been better.",
    reading=(
        "The article doesn’t say how soon to reply. We give full credit for {reply_prompt:limit}, and less with every "
        "hour after that."
    ),
    also=(
        (
            "Their message came {heard:when}, and you’ve left it for a while. It’s right to reply, but people like to "
            "hear back quickly."
        ),
        "They got in touch {heard:hours}, so don’t leave it any later. Skip the excuses, and keep your answer short.",
        "It’s right to reply, and it’s better to reply quickly. You could have sent this {heard:ago}.",
    ),
)
REPLY_LATE = Reason(
    "They’ve been waiting for your reply {due:lasting}. It’s late, but a late reply is better than none.",
    reading=(
        "The article doesn’t say how soon to reply. We expect a reply within {reply_prompt:limit}, or by the date they"
        " gave."
    ),
    also=(
        (
            "You could have answered {due:ago}, and they’ll have wondered why you didn’t. Apologise briefly, and give "
            "them your answer."
        ),
        "You’ve been holding somebody up {due:lasting}. Reply now, and next time don’t make them wait.",
    ),
)
REPLY_INSTEAD_OF_CALL = Reason(
    "They expected your call {due:ago}. If you can’t call, an email saying when you will is better than nothing.",
    reading=(
        "The article is about calls that nobody asked for. If they’re waiting for your call, you owe them one, and an "
        "email is second best."
    ),
    also=(
        "They kept some time free for your call {due:when}. If you can’t call now, an email is the next best thing.",
    ),
)
REPLY_TOO_LATE = Reason(
    "They got in touch {heard:ago}, but didn’t need an answer. A reply this late would come out of the blue, so wait "
    "for them to write.",
    reading=(
        "The article doesn’t say how long you have to reply. We count an email as a reply for {reply_lost:limit}. "
        "After that, it’s contact they didn’t ask for."
    ),
    also=(
        (
            "Their message {heard:from} didn’t need an answer, and it’s too late to send one now. Wait until you have "
            "a reason to write."
        ),
        (
            "You can reply in the first few days after a message. They wrote {heard:ago}, so by now this is just "
            "another email from you."
        ),
        "A quick answer would have been polite. After {heard:for}, a reply looks odd.",
        (
            "They’re not expecting to hear back about something that’s {heard:for} old. Save your next email for when "
            "you have something to say."
        ),
    ),
)
REPLY_TO_REFUSAL = Reason(
    "They said no {heard:ago}, and you’re replying politely. A short reply, perhaps asking for feedback, leaves a good"
    " impression.",
    reading=(
        "The article stops before they decide. If they turn you down, we think one short email soon afterwards is "
        "sensible."
    ),
    also=(
        (
            "You’re taking the bad news {heard:from} well, and a few lines are enough. Ask for advice if you like, but"
            " don’t argue."
        ),
        (
            "It only takes two minutes to answer a refusal politely. The next job there may go to somebody they "
            "remember well."
        ),
    ),
)
REPLY_TO_OFFER = Reason(
    "They made you an offer {heard:ago}, and you’re answering in time. That’s all they need from you.",
    also=(
        "If you get an offer, give a clear yes or no. They made it {heard:when}, and you’re not leaving them hanging.",
        "You’re answering the offer while it’s still open. Now you and they both know where you stand.",
        "They’ve been hoping for your answer {heard:lasting}, and now they have it. You’ve made things easy for them.",
        (
            "Once they’ve made an offer, a clear answer is what they want most. You’re giving it {heard:for} after "
            "they asked."
        ),
    ),
)
NOTHING_TO_REPLY_TO = Reason(
    "There’s nothing to reply to, so this would be an email out of the blue. Wait until they write to you, and reply "
    "then.",
    also=(
        "There’s no message to answer here. Hold on until they write.",
        (
            "They haven’t asked you anything that still needs an answer. If you’d like to be in touch, send a "
            "thank-you when the time is right."
        ),
        "This isn’t really a reply, because nobody there is waiting to hear from you. Give them time to come to you.",
        "It’s their turn to write, and they will when they have something to say. Until then, don’t send anything.",
        (
            "They’re not waiting for anything from you. An email without a reason only takes up their time, so don’t "
            "send it."
        ),
        "A reply that nobody needs comes across as a nudge. Wait for their news instead.",
        "Nothing from them needs an answer right now. If you still want to write, wait until you have a good reason.",
        "You’d be answering a question that nobody asked. Leave it for now, and wait to hear from them.",
    ),
)
ALREADY_ANSWERED = Reason(
    "You’ve answered their last message, and they haven’t written since. The next one should come from them.",
    also=(
        "You’d be replying to the same message twice. Once was enough, so leave it with them.",
        (
            "They already have your answer to their last message. Writing again would only be a nudge, so wait for "
            "their news."
        ),
        (
            "Their last message isn’t waiting for an answer any more, because you’ve dealt with it. Don’t write again "
            "until they do."
        ),
        "You replied to them once, and that was polite. A second reply only gives them more to read.",
        "You’ve had your turn, and now it’s theirs. If they need anything else, they’ll ask you for it.",
        "There’s nothing new to answer since you last replied. Give them time to get back to you.",
        "You don’t owe them a reply at the moment. Wait for their next message, and answer that one.",
    ),
)
ASKING_THE_OUTCOME = Reason(
    (
        "If they could tell you more, they would have, and asking whether you got the job puts them on the spot. "
        "Wait until {until:moment}, then ask how the process is going."
    ),
    also=(
        (
            "“Did I get it?” is hard to answer before they’ve decided. A softer question about how things are going is"
            " fine from {until:moment}."
        ),
        (
            "Nobody likes to be pressed for a decision they haven’t made. You can ask once how things are going, from "
            "{until:moment}."
        ),
        (
            "This is the one question you should never ask. Wait until {until:moment}, then ask about their timing"
            " rather than your chances."
        ),
        (
            "You’d be asking them to decide just so that they can answer your email. Leave them to it, and if you’ve "
            "heard nothing {until:by}, ask for an update then."
        ),
        (
            "Asking this won’t make them decide any sooner. If it stays quiet, you can ask from {until:moment} whether"
            " there’s any update."
        ),
        (
            "They can’t say yes yet, and nobody enjoys saying no. Let them get on with it, and don’t get in touch "
            "before {until:moment}."
        ),
        (
            "However politely you put it, asking for the result makes you sound anxious. Wait until {until:moment}, "
            "then just ask where they are with it."
        ),
        "When they have an answer, they’ll tell you. You can ask how things are going {until:day}, but not before.",
        (
            "They can’t give you a verdict yet, so all you’ll get is an excuse. Hold off until {until:moment}, and ask"
            " about the process instead."
        ),
    ),
)
ASKING_THE_OUTCOME_NOW = Reason(
    "Asking whether you got the job puts them on the spot. Ask how the decision is going instead, which is easier to "
    "answer.",
    also=(
        (
            "It’s fine to be in touch now, but not with this question. If you ask for an update instead, they can tell"
            " you as much as they’re able to."
        ),
        (
            "A straight “Did I get the job?” pushes them into a corner. Try “Is there any update?”, and tell them that"
            " there’s no rush."
        ),
        "The timing is fine, but the question isn’t. Ask when they expect to decide, and leave the result to them.",
        "Ask about the process, never about the result. One shows interest, and the other feels like pressure.",
        (
            "If they haven’t decided, they can only dodge this question. Give them an easier one, such as how things "
            "are going."
        ),
        (
            "Don’t push them into saying no before they’re ready. Ask where they are with it, and you’ll learn just as"
            " much."
        ),
        "They know you want the job. Asking for the verdict is pushy, so ask about their timing instead.",
        "Don’t ask for the outcome, even after a long wait. Asking once whether there’s any news is fine.",
        (
            "The same email with a gentler question would be welcome. Change “Did I get it?” to “Do you know yet when "
            "you’ll decide?”."
        ),
    ),
)
ASKING_THE_OUTCOME_AGAIN = Reason(
    "You’ve already been in touch, and a blunt question now would feel like pressure. They’ll tell you once they’ve "
    "decided.",
    also=(
        "Never ask whether you got the job. You’ve done what you can, so all that’s left is to wait.",
        "Pressing for a result can put people off you. They know you’re interested, so leave it there.",
        (
            "If they had an answer, they’d have told you. Get on with your other applications, and wait to hear about "
            "this one."
        ),
        (
            "Asking for the decision doesn’t make an employer decide faster. You’ve done your part, and the rest is up"
            " to them."
        ),
        "There’s no polite way to ask for a yes. Leave them alone until they’ve finished.",
        (
            "It’s hard not knowing, but asking won’t get you an answer any sooner. Find something else to do while you"
            " wait."
        ),
    ),
)
DROPPING_IN = Reason(
    "Turning up uninvited takes up their time and can embarrass them in front of other people. An email lets them "
    "choose when to answer.",
    reading="The article doesn’t mention visits. We think that if a second call is too much, a visit is too.",
    also=(
        (
            "A visit puts people on the spot, because they have to answer you there and then. Email instead, when it’s"
            " time."
        ),
        (
            "Reception will have to fetch somebody, who’ll have to stop work and be polite to you. Don’t go back "
            "until they invite you."
        ),
        (
            "You’d be interrupting somebody’s day for something you could say in three lines. Put it in an email, when"
            " one is due."
        ),
        "You mean to show enthusiasm, but a visit comes across as pressure. Stay away until they ask you in.",
        "Nobody can give you an answer at the front desk. A short email at the right time makes a better impression.",
    ),
)
WRITING_PRIVATELY = Reason(
    "Their private accounts are for their life outside work. Use the address they gave you, when it’s time to write.",
    reading=(
        "The article doesn’t mention social media. We think you should contact people only where they’d expect to hear"
        " from you."
    ),
    also=(
        "People keep social media for friends and family. Send anything about the job to their work email.",
        "It’s a bit like following them home. If you have something to say, send it to their work address.",
        "They didn’t tell you to contact them this way. Stick to the address or number they gave you.",
        (
            "It’s awkward for them to ignore a private message. With an email to their work address, they can answer "
            "when it suits them."
        ),
        (
            "However friendly the message is, this is the wrong place for it. Put it in an email, once it’s time to "
            "send one."
        ),
    ),
)
SENDING_A_GIFT = Reason(
    "Even a small gift looks as if you want something in return, and many employers have to declare it or send it "
    "back. A few words of thanks are enough.",
    reading="The article doesn’t mention gifts. We think a few words show your interest better than any present.",
    also=(
        (
            "A present puts them in an awkward position while they’re deciding. A few lines of thanks, at the right "
            "time, do you more good."
        ),
        "They should choose you for your work, not for a present. Keep the chocolates for your friends.",
        (
            "It’s a generous thought, but it can look like an attempt to buy their goodwill. All you need to send is a"
            " thank-you, when it’s due."
        ),
        "Gifts from candidates make people uncomfortable. If you want to show that you care, write one good email.",
        "Many employers would have to refuse it. Send a thank-you by email instead, when it’s time.",
    ),
)
GOING_ROUND = Reason(
    "Contacting somebody else, or somebody higher up, goes behind your contact’s back. Stick with the person you’ve "
    "been dealing with.",
    reading=(
        "The article doesn’t say who to contact. We think it should be the person you’ve been dealing with, until they"
        " give you another name."
    ),
    also=(
        (
            "Your message will probably be passed back to your contact, who won’t be pleased. Write to them directly, "
            "when it’s time to write."
        ),
        (
            "Other people there don’t know about your application, and your contact will feel bypassed. Write only to "
            "the person who interviewed you."
        ),
        (
            "You’d be taking up two people’s time for an answer that one of them will give you anyway. Wait to hear "
            "from your own contact."
        ),
        (
            "If you look for a faster answer elsewhere, your contact will think you don’t trust them. Give them the "
            "time they need."
        ),
        (
            "One person is looking after your application, and you want them on your side. If you have something to "
            "say, say it to them."
        ),
        (
            "Nobody else there can tell you more without asking your contact first. Be patient, and let your contact "
            "come back to you."
        ),
        (
            "It may feel like initiative, but most offices would find it rude. When it’s time to thank them, ask or "
            "call, go to your contact."
        ),
        (
            "People find it hard to forgive you for going over their head, even if it works. If your contact is slow, "
            "there’s probably a reason."
        ),
        (
            "Colleagues talk to each other, and this will get back to the person you deal with. You want them to speak"
            " well of you, so leave the others out of it."
        ),
        "Trying a second person won’t improve your chances. Use the address you were given, and nobody else’s.",
        (
            "Your contact is the person most likely to speak up for you. Be patient with them, and don’t look for a "
            "way round."
        ),
    ),
)
GOING_PAST_THE_RECRUITER = Reason(
    "You came through a recruiter, so ask the recruiter. Going straight to the employer is awkward for everybody.",
    reading=(
        "The article doesn’t mention recruiters. If a recruiter put you forward, we think all your questions should go"
        " through them."
    ),
    also=(
        (
            "Employers use a recruiter so that they don’t get emails like this one. Send it to the recruiter, who can "
            "ask on your behalf."
        ),
        "Your recruiter knows when to ask and who to ask. Leave it to them, because they want you to get the job too.",
        "It’s the recruiter’s job to talk to the employer. Ask your recruiter for news, and let them find out.",
    ),
)
DEADLINE_MENTIONED = Reason(
    "You have to answer another offer {deadline:by}. If you tell them once, politely, they may be able to decide "
    "sooner.",
    reading=(
        "The article doesn’t mention other offers. We think it’s sensible to mention a real deadline, once and "
        "politely."
    ),
    also=(
        (
            "They can’t know that you have to decide {deadline:by} unless you tell them. Say it as a fact, not as a "
            "threat."
        ),
        (
            "It helps them to know about a real deadline, as long as you don’t push. Now they know it’s "
            "{deadline:moment}, and they can plan for it."
        ),
    ),
)
DEADLINE_MADE_UP = Reason(
    "Nobody else is waiting for your answer, so there’s no deadline to mention. If you invent one, they may well tell "
    "you to take the other job.",
    reading="The article doesn’t mention other offers. We think it’s sensible to mention a deadline only if it’s real.",
    also=(
        "If they see through the bluff, they won’t trust you again. Mention another offer only when you have one.",
        "You have no other offer to answer. If you pretend you do, you may hurry them into saying no.",
    ),
)
DEADLINE_PAST = Reason(
    "Your other offer had to be answered {deadline:ago}, so there’s no deadline left to mention. All you can do here "
    "is wait.",
    reading=(
        "The article doesn’t mention other offers. We think it’s sensible to mention a deadline only while it’s still "
        "to come."
    ),
    also=(
        "The deadline for your other offer passed {deadline:when}. It can’t hurry anybody now, so don’t mention it.",
    ),
)
DEADLINE_AGAIN = Reason(
    "You mentioned your deadline {mentioned:ago}. If you say it twice, it sounds like an ultimatum, so give them a "
    "chance to act on it.",
    reading=(
        "The article doesn’t mention other offers. We think it’s sensible to mention a real deadline, once and "
        "politely."
    ),
    also=(
        (
            "They know about your other offer, because you told them {mentioned:when}. If they can decide sooner, they"
            " will."
        ),
        (
            "They heard about your other offer {mentioned:ago}, and they haven’t forgotten. If they can’t be quicker, "
            "make your own decision, but don’t push them."
        ),
    ),
)
STATUS_IN_TIME = Reason(
    "It’s {last:contact}, so it’s reasonable to ask politely for an update. A simple thank-you would be easier on "
    "them, because they wouldn’t need to answer.",
    reading=(
        "The article allows a call to ask about the status, but doesn’t mention an email. We allow one email, once "
        "they’ve had {quiet:limit} or, if they gave a date, once it has passed."
    ),
    also=(
        "You’ve left them in peace {last:lasting}, so you can ask now. A thank-you would do the same job more gently.",
        (
            "After a wait like this, it’s fair to ask once how things are going. An email that only says thank you "
            "would be even better."
        ),
        (
            "It’s reasonable to want to know, and you’re asking politely. With a thank-you, you’d remind them of you "
            "and they’d have nothing to answer."
        ),
    ),
)
STATUS_AFTER_THANKS = Reason(
    "It’s {last:contact}, and they’ve had a chance to answer. It’s reasonable to ask for an update now, once and "
    "politely.",
    reading=(
        "The article allows a call to ask about the status, but doesn’t mention an email. We allow one email, once "
        "they’ve had {quiet:limit} or, if they gave a date, once it has passed."
    ),
    also=(
        (
            "You’ve thanked them and waited, so you can ask how it’s going. Ask about the process rather than your "
            "chances, and only ask once."
        ),
        (
            "You’ve left them alone {last:lasting}, so a short question is all right now. After that, wait until they "
            "answer."
        ),
        "One email asking for an update is sensible at this point. Keep it short, and don’t send another one after it.",
        (
            "You were last in touch {last:ago}, so nobody will feel chased by one question. Keep it to two lines, and "
            "tell them there’s no hurry."
        ),
    ),
)
STATUS_TOO_SOON = Reason(
    "It’s {last:contact}, which isn’t long, so asking for an update now would be a nudge. You can ask from "
    "{until:moment}.",
    reading=(
        "The article allows a call to ask about the status, but doesn’t mention an email. We allow one email, once "
        "they’ve had {quiet:limit} or their date has passed, and {status_after_contact:limit} after your last contact."
    ),
    also=(
        (
            "Contacting them twice so quickly feels like chasing. Leave at least {status_after_contact:limit} in "
            "between, and ask from {until:moment}."
        ),
        (
            "You last contacted them {last:when}. If you still need to ask how things are going, do it from "
            "{until:moment}."
        ),
        (
            "You were in touch {last:ago}, so now it’s their turn. If you’ve heard nothing {until:by}, you can ask "
            "politely for an update."
        ),
        (
            "Give them a chance to answer you before you contact them again. The earliest you should ask for an update"
            " is {until:moment}."
        ),
        (
            "They haven’t forgotten you, because they heard from you {last:when}. Save the question for {until:moment}"
            " or later."
        ),
    ),
)
STATUS_BEFORE_THE_WEEK = Reason(
    "It’s {since:since}, and they may have nothing to tell you yet. Wait until {until:moment} before you ask how the "
    "decision is going.",
    reading=(
        "The article allows a call to ask about the status, but doesn’t mention an email. We allow one email, once "
        "they’ve had {quiet:limit} or, if they gave a date, once it has passed."
    ),
    also=(
        (
            "Decisions nearly always take longer than you’d like. Wait until {until:moment}, and ask then if you still"
            " haven’t heard."
        ),
        (
            "They’ll be seeing other people and talking it over. Leave them to it until {until:moment}, when one "
            "polite question is fine."
        ),
        (
            "If you ask this soon, the answer will be “not yet”, and you’ll look impatient. Ask after {quiet:limit}, "
            "from {until:moment}, when they may know more."
        ),
        (
            "It’s a fair question, but it’s too early to ask it. Save it as a draft, and send it {until:day} if you’ve"
            " heard nothing."
        ),
        "Nobody has had a chance to forget you. Wait until {until:moment} before you ask for an update.",
        (
            "They have a lot to deal with besides your application. If it’s still quiet after {quiet:limit}, you can "
            "ask how it’s going, from {until:moment}."
        ),
        (
            "There’s no point in asking for an update before there’s anything to report. Give them until "
            "{until:moment} to get that far."
        ),
    ),
)
STATUS_BEFORE_THE_DATE = Reason(
    "They said you’d hear {until:by}, so asking before that is a nudge. Wait until that time has passed, and ask if "
    "you’ve heard nothing.",
    reading=(
        "The article allows a call to ask about the status, but doesn’t mention an email. We allow one email, once the"
        " date they gave has passed."
    ),
    also=(
        "They’ve already told you that you’ll hear {until:by}. If that time passes and you haven’t heard, ask then.",
        "They’re not late, so there’s nothing to ask about yet. It becomes a fair question from {until:moment}.",
        (
            "They’ve said when they’ll let you know, so let them. Give them until {until:moment}, and if they forget, "
            "remind them politely."
        ),
        (
            "You know where things stand: they still have some of the time they asked for. Come back to this after "
            "{until:moment}."
        ),
        (
            "If you ask before their date, it sounds like “hurry up”. If you ask after {until:moment}, it sounds like "
            "“I’m still interested”."
        ),
    ),
)
STATUS_AGAIN = Reason(
    "You asked for an update {status:ago}, so they have your question. Asking twice is nagging, so wait for their "
    "answer.",
    reading=(
        "The article allows a call to ask about the status, but doesn’t mention an email. We allow one email, and no "
        "more."
    ),
    also=(
        "They still have your question {status:from}. Sending it again doesn’t move it up the pile, so wait.",
        (
            "You asked them {status:when}, and they’ll answer when there’s something to say. Use the time for another "
            "application."
        ),
        "Asking once shows interest, but asking twice looks impatient. You’ve asked, so the answer is up to them.",
        (
            "They have the email you sent {status:when}, even if they’ve been too busy to answer. A second one only "
            "makes them feel guilty, so leave it."
        ),
    ),
)
THEY_HAVE_DECIDED = Reason(
    "They told you {decided:ago} what they’d decided. There’s nothing left to follow up, so think about what comes "
    "next.",
    also=(
        (
            "You’ve known where you stand {decided:lasting}. Contacting them again would reopen something that’s "
            "settled, so leave it."
        ),
        "They’ve decided, and they told you {decided:when}. You can follow up only while they’re still deciding.",
        (
            "They’ve made up their minds, so following up won’t change anything. You’ve made a good impression, so "
            "leave it at that."
        ),
        "They’ve given you their answer, and it won’t change. If you write or call now, it’ll only be awkward.",
        (
            "You can stop following up, because they gave you their answer {decided:when}. Put your energy into what "
            "you do next."
        ),
        (
            "You’ve done everything you could for this application. They gave you an answer {decided:ago}, so leave it"
            " there."
        ),
    ),
)
OFFER_ANSWERED = Reason(
    "They made you an offer {decided:ago}, and they have your answer. There’s nothing left to follow up.",
    also=(
        "You’ve answered their offer, so you don’t need to chase anything. If they need more from you, they’ll ask.",
        "They offered you the job, and you’ve told them what you think. This can only confuse things, so leave it out.",
        (
            "You follow up when you’re waiting for a decision. They made theirs {decided:when}, and you’ve given them "
            "your answer."
        ),
        (
            "You’ve had an offer and you’ve answered it, so this has no purpose any more. Let them get in touch about "
            "the next steps."
        ),
        "Their offer came {decided:ago}, and you’ve answered that. Anything else can wait until they contact you.",
    ),
)
