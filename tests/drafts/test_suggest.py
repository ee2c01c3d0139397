"""Suggestions: what to write instead of what must go."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.drafts import UNWANTED, DraftAssessment, Label, Mark, MessageKind, Tone, assess_draft, suggest
from etiquette.drafts.labels import WANTED
from etiquette.drafts.replacements import PURPOSES, parse_replacements, replacements
from etiquette.drafts.tokens import Span
from etiquette.files import PackError

THANKS, REFERENCES, STATUS, VOICEMAIL = MessageKind
OUTCOME, DEMANDS, GROVELS = Label.ASKS_OUTCOME, Label.DEMANDS, Label.GROVELS
PRESUMES, AGAIN, INQUIRES = Label.PRESUMES, Label.WRITES_AGAIN, Label.INQUIRES_STATUS

BAD = {
    "Did I get it?": OUTCOME,
    "Could you let me know whether I have been chosen?": OUTCOME,
    "Please tell me the outcome as soon as there is one.": OUTCOME,
    "So is it a yes or a no?": OUTCOME,
    "Am I still in the running?": OUTCOME,
    "Have you picked somebody else?": OUTCOME,
    "When do I start?": OUTCOME,
    "I would love to hear whether I was successful!": OUTCOME,
    "What did the panel decide about me?": OUTCOME,
    "I can’t wait to find out if I made it.": OUTCOME,
    "I need your answer by Wednesday.": DEMANDS,
    "Another company has made me an offer; they want to hear from me tomorrow.": DEMANDS,
    "You promised to write last week.": DEMANDS,
    "I am surprised that nobody has replied.": DEMANDS,
    "Call me back today.": DEMANDS,
    "I will ring every morning until somebody picks up.": DEMANDS,
    "I have told your director about this.": DEMANDS,
    "If I hear nothing, I will come to your office.": DEMANDS,
    "A reply is the least that I can expect.": DEMANDS,
    "Respond ASAP!!!": DEMANDS,
    "It really is not fair to keep people waiting like this.": DEMANDS,
    "I have turned down two other jobs for you.": DEMANDS,
    "Please, please choose me.": GROVELS,
    "I am begging you.": GROVELS,
    "I would do the work for nothing.": GROVELS,
    "My family depends on this job.": GROVELS,
    "I have not slept since the interview.": GROVELS,
    "I am so sorry to bother you, I know that I am a pest.": GROVELS,
    "I apologise for how badly I did.": GROVELS,
    "You are my last hope.": GROVELS,
    "I would never forgive myself if I lost this.": GROVELS,
    "I am sure that the job is mine.": PRESUMES,
    "None of the others can be as good as I am.": PRESUMES,
    "I have already told my landlord that I am moving.": PRESUMES,
    "See you on my first day!": PRESUMES,
    "This is the third time that I write.": AGAIN,
    "I emailed you on Monday and again on Thursday.": AGAIN,
    "I left two messages with your receptionist.": AGAIN,
    "As I said in my last four emails, I am keen.": AGAIN,
    "Is there any news on where the process stands?": INQUIRES,
}
LETTERS = {
    THANKS: (
        "Dear Ms Keller,\n\n{} Thank you for meeting me on 4 March about the planner position. {} I enjoyed seeing the "
        "depot. {}\n\nI look forward to hearing from you.\n\nKind regards,\nDana Whitfield",
        "Dear Ms Keller,\n\nThank you for meeting me about the planner position. {} I enjoyed seeing the depot.\n\n{}"
        "\n\nKind regards,\nDana Whitfield",
    ),
    REFERENCES: (
        "Dear Ms Keller,\n\n{} As you asked, here are my two references for the planner position. {}\n\nUna Boyle, my "
        "manager at Hart & Sons, u.boyle@hart.example\nOlu Bright, my tutor at Leeds College, 01632 960 123\n\nThey "
        "have both agreed. {}\n\nKind regards,\nDana Whitfield",
    ),
    STATUS: (
        "Dear Ms Keller,\n\n{} We met on 4 March about the planner position. I wondered if there was any update. {} I "
        "know how busy you are at this time of year. {}\n\nPlease reply whenever it suits you.\n\nKind regards,\nDana "
        "Whitfield",
    ),
    VOICEMAIL: (
        "Hello Ms Keller, this is Dana Whitfield. {} We met on 4 March about the planner position. I was wondering if "
        "there’s any update. {} I know you must be busy. Please call me back whenever it suits you. My number is 01632 "
        "960 123. {} Goodbye.",
    ),
}
BROKEN = re.compile(r"  | [.,!?;]|,\.|\n\n\n|\n\n[a-z]|^\s|\s$|\n | \n|[.!?][A-Z]")


def flagged(text: str, kind: MessageKind, *faults: tuple[str, Label], whole: bool = True) -> DraftAssessment:
    """The assessment of a draft in which just these words are at fault: each whole sentence, or its inner words."""
    found = assess_draft(text, kind)
    marks = [mark for mark in found.marks if mark.label not in UNWANTED[kind]]
    for words, label in faults:
        start = text.index(words)
        end = start + len(re.sub(r"(?<=\w)[.!?]+$", "", words))
        cut = 0 if whole else min(3, (end - start) // 3)
        marks.append(Mark(label, start + cut, end - cut))
    return replace(found, marks=tuple(marks), labels=frozenset(mark.label for mark in marks))


def take_all(draft: DraftAssessment) -> str:
    """The text with all suggestions taken."""
    text = draft.text
    for suggestion in reversed(suggest(draft)):
        text = suggestion.applied_to(text)
    return text


def instead(draft: DraftAssessment) -> list[tuple[str, str]]:
    """What each suggestion takes out, and what it puts there."""
    return [(draft.text[each.start : each.end], each.words) for each in suggest(draft)]


def spliced(letter: str, sentences: dict[int, str]) -> str:
    """A letter with sentences in some of its places."""
    first, *rest = letter.split("{}")
    for place, following in enumerate(rest):
        first += sentences.get(place, "\0") + following
    return re.sub(r"\n\n\0(?=\n)| \0|\0 ", "", first)


SPLICED = [
    pytest.param(letter, kind, place, id=f"{kind}-{number}-{place}")
    for kind, letters in LETTERS.items()
    for number, letter in enumerate(letters)
    for place in range(letter.count("{}"))
]


@pytest.mark.parametrize("whole", [True, False], ids=["sentences", "phrases"])
@pytest.mark.parametrize(("letter", "kind", "place"), SPLICED)
def test_a_letter_with_all_suggestions_taken_can_be_sent(
    letter: str, kind: MessageKind, place: int, whole: bool
) -> None:
    """Wherever the bad sentence stands: the letter is well formed, and has all that it had and should have."""
    good = assess_draft(spliced(letter, {}), kind)
    for bad, label in BAD.items():
        draft = flagged(spliced(letter, {place: bad}), kind, (bad, label), whole=whole)
        if label not in draft.must_go:
            continue
        text = take_all(draft)
        repaired = assess_draft(text, kind)
        assert bad not in text
        assert not BROKEN.search(text), text
        assert repaired.tone is Tone.PERSISTENT, text
        assert not repaired.must_go, text
        assert set(repaired.missing) <= set(good.missing), text


@pytest.mark.parametrize("kind", MessageKind)
def test_every_replacement_is_persistent_in_its_place(kind: MessageKind) -> None:
    known = {"day": "4 March", "sender": "Dana Whitfield", "contact": "01632 960 123"}
    for wordings in replacements()[kind].values():
        for wording in wordings:
            for role in ("the planner role", "the role"):
                sentence = wording.format(**known, role=role)
                for letter in LETTERS[kind]:
                    for place in range(letter.count("{}")):
                        repaired = assess_draft(spliced(letter, {place: sentence}), kind)
                        assert (repaired.tone, repaired.must_go) == (Tone.PERSISTENT, ()), sentence


def test_every_kind_has_what_its_messages_should_have() -> None:
    for kind in MessageKind:
        assert set(replacements()[kind]) >= set(WANTED[kind]) - {Label.ATTACHES_REFERENCES}
    assert {purpose for wordings in replacements().values() for purpose in wordings} == set(PURPOSES)


def test_a_question_about_the_outcome_becomes_one_about_the_role() -> None:
    draft = flagged(
        "Dear Ms Keller,\n\nWe met about the night porter position. Did I get it? I know you’re busy, so please reply "
        "whenever it suits you.\n\nDana Whitfield",
        STATUS,
        ("Did I get it?", OUTCOME),
    )
    assert instead(draft) == [("Did I get it?", "I wondered if there was any update on the night porter role.")]


@pytest.mark.parametrize(
    ("names_it", "role"),
    [
        ("the planner position", "the planner role"),
        ("your night porter vacancy", "the night porter role"),
        ("my interview for night porter", "the night porter role"),
        ("the post of Deputy Manager", "the Deputy Manager role"),
        ("the PLANNER job", "the planner role"),
        ("it. Night porter interview", "the night porter role"),
        ("the second interview", "the role"),
        ("our chat on the 4th", "the role"),
    ],
)
def test_a_replacement_names_the_role_as_the_draft_does(names_it: str, role: str) -> None:
    draft = flagged(
        f"Hello, I’m calling about {names_it}. Did I get it? Ana Ruiz", VOICEMAIL, ("Did I get it?", OUTCOME)
    )
    assert instead(draft) == [("Did I get it?", f"I wondered if there was any update on {role}.")]


def test_what_the_letter_has_already_is_not_said_again() -> None:
    text = spliced(LETTERS[THANKS][0], {1: "Did I get it?"})
    draft = flagged(text, THANKS, ("Did I get it?", OUTCOME))
    assert instead(draft) == [(" Did I get it?", "")]
    assert suggest(draft)[0].leaves_out


def test_what_only_the_bad_sentence_did_is_said_again() -> None:
    """The role, the thanks, a phone number."""
    asks = "Thank you for meeting me about the planner role, did I get it?"
    draft = flagged(f"Dear Ms Keller,\n\n{asks}\n\nDana Whitfield", THANKS, (asks, OUTCOME))
    assert instead(draft) == [
        (asks, "Thank you for meeting me about the planner role. I look forward to hearing from you.")
    ]
    asks = "Call me today on 01632 960 123."
    draft = flagged(f"Hello, this is Ana Ruiz about the clerk job. {asks} Bye.", VOICEMAIL, (asks, DEMANDS))
    assert instead(draft)[0][1].endswith("You can reach me on 01632 960 123.")


def test_only_the_day_on_which_they_met_is_given_as_that() -> None:
    """Not the day of something else in the draft."""
    asks = "We met on Tuesday, did I get the job?"
    draft = flagged(f"Dear Jo,\n\nYou hoped to decide on Friday. {asks}\n\nSam Reed", STATUS, (asks, OUTCOME))
    assert "Friday" not in instead(draft)[0][1]
    asks = "Did I get the clerk job?"
    draft = flagged(f"Dear Jo,\n\nYou hoped to decide on Friday. {asks}\n\nSam Reed", STATUS, (asks, OUTCOME))
    assert "Friday" not in instead(draft)[0][1]


def test_no_two_suggestions_say_the_same() -> None:
    places = {0: "Please, please choose me.", 1: "I am begging you.", 2: "When do I start?"}
    draft = flagged(
        spliced(LETTERS[THANKS][1] + "\n\n{}", places), THANKS, *((words, BAD[words]) for words in places.values())
    )
    said = [suggestion.words for suggestion in suggest(draft) if suggestion.words]
    assert len(said) == len(set(said)) == 2


def test_a_plea_becomes_interest_once() -> None:
    once = flagged(spliced(LETTERS[THANKS][0], {1: "I am begging you."}), THANKS, ("I am begging you.", GROVELS))
    text = take_all(once).replace("Kind regards", "You are my last hope.\n\nKind regards")
    twice = flagged(text, THANKS, ("You are my last hope.", GROVELS))
    assert instead(once) == [("I am begging you.", "I’d be very glad to work with you.")]
    assert suggest(twice)[0].leaves_out


def test_several_marks_in_one_sentence_have_one_suggestion() -> None:
    asks = "I am begging you to tell me by Friday whether I got it!!!"
    text = spliced(LETTERS[THANKS][0], {1: asks})
    draft = flagged(text, THANKS, (asks, OUTCOME), ("by Friday", DEMANDS), ("I am begging", GROVELS))
    end = text.index("!!!")
    rows = replace(draft, marks=(*draft.marks, Mark(Label.EXCLAMATIONS, end, end + 3)))
    assert [suggestion.labels for suggestion in suggest(rows)] == [{OUTCOME, DEMANDS, GROVELS}]


def test_adjacent_sentences_to_be_left_out_go_together() -> None:
    draft = flagged(
        spliced(LETTERS[THANKS][0], {0: "I left you a message. This is my third email."}),
        THANKS,
        ("I left you a message.", AGAIN),
        ("This is my third email.", AGAIN),
    )
    assert instead(draft) == [("I left you a message. This is my third email. ", "")]


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        (
            "Hi Jo, did I get it? Thanks, Sam Reed",
            "Hi Jo, I wondered if there was any update on the role. Thanks, Sam Reed",
        ),
        ("Hi Jo did I get it? Sam Reed", "Hi Jo. I wondered if there was any update on the role. Sam Reed"),
        ("Dear Jo,\ndid I get it?\nSam Reed", "Dear Jo,\nI wondered if there was any update on the role.\nSam Reed"),
        ("Ms Hart, did I get it? Sam Reed", "Ms Hart, I wondered if there was any update on the role. Sam Reed"),
        (
            "Hello, it’s Ana Ruiz again, did I get it?",
            "Hello, it’s Ana Ruiz. I wondered if there was any update on the role.",
        ),
        (
            "Hi Mrs. Berg, Donna Kaplan again about it",
            "Hi Mrs. Berg, Donna Kaplan. I wondered if there was any update on the role.",
        ),
        (
            "Hi, Ms. Hart, did I get it?",
            "Hi, Ms. Hart, I wondered if there was any update on the role.",
        ),
        ("Hello did you pick me for it?", "Hello. I wondered if there was any update on the role."),
        (
            "Tell me if I got it, kind regards, Sam Reed",
            "I wondered if there was any update on the role. Kind regards, Sam Reed",
        ),
        ("(Did I get it?) Sam Reed", "I wondered if there was any update on the role. Sam Reed"),
        ("Did I get it", "I wondered if there was any update on the role."),
    ],
)
def test_the_greeting_the_name_and_the_closing_stay(text: str, repaired: str) -> None:
    start = re.search("(hi mrs. berg|hi, ms. hart|ms hart)?[^.?]*it", text, re.IGNORECASE)
    assert start
    assert take_all(flagged(text, STATUS, (start.group(), OUTCOME))) == repaired


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Hi Jo, I am begging you. Thank you. Ann Lee", "Hi Jo. Thank you. Ann Lee"),
        ("Hi Jo, I am begging you.\n\nThank you. Ann Lee", "Hi Jo,\n\nThank you. Ann Lee"),
        ("Hi Jo,\n\nI am begging you.\n\nThank you. Ann Lee", "Hi Jo,\n\nThank you. Ann Lee"),
        ("Hi Jo,\nI am begging you.\n\nThank you. Ann Lee", "Hi Jo,\n\nThank you. Ann Lee"),
        ("I am begging you.\n\nThank you. Ann Lee", "Thank you. Ann Lee"),
        ("Thank you. Ann Lee\n\nI am begging you.", "Thank you. Ann Lee"),
        ("Thank you; I am begging you. Ann Lee", "Thank you. Ann Lee"),
        ("I am begging you; thank you. Ann Lee", "Thank you. Ann Lee"),
        ("Thank you; I am begging you; I liked it. Ann Lee", "Thank you. I liked it. Ann Lee"),
        ("“Thank you.” “I am begging you.” “I liked it.”", "“Thank you.” “I liked it.”"),
        ("Thank you. I am begging you. 🙏🙏 I liked it. Ann Lee", "Thank you. I liked it. Ann Lee"),
    ],
)
def test_what_is_left_out_leaves_no_trace(text: str, repaired: str) -> None:
    kept = "\n\nI’d be very glad to work with you."
    assert take_all(flagged(text + kept, THANKS, ("I am begging you", GROVELS))) == repaired + kept


def test_a_sentence_may_go_on_in_the_next_line() -> None:
    text = (
        "Dear Jo,\n\nThank you for meeting me. I am writing to you because by now it is Wednesday and\nI need to know "
        "it.\nAnn Lee"
    )
    draft = flagged(text, THANKS, ("I need to know it.", DEMANDS))
    assert take_all(draft) == "Dear Jo,\n\nThank you for meeting me. I look forward to hearing from you.\nAnn Lee"


def test_quoted_replies_are_left_alone() -> None:
    text = "Thank you. I am begging you.\n\n> I am begging you.\n"
    draft = flagged(text, THANKS, ("I am begging you.", GROVELS))
    quoted = Span(text.index(">"), len(text))
    taken = take_all(replace(draft, set_aside=(quoted,)))
    assert taken == "Thank you. I’d be very glad to work with you.\n\n> I am begging you.\n"


def test_nothing_is_suggested_that_would_lose_references_or_cannot_be_known() -> None:
    asks = "Please call Una Boyle on 01632 960 123 today."
    draft = flagged(f"Dear Ms Hart,\n\n{asks}\n\nOlu Bright", REFERENCES, (asks, DEMANDS))
    gap = flagged("Dear [name], thank you for meeting me.", THANKS, ("[name]", Label.PLACEHOLDER))
    long = flagged("Thank you for meeting me. " * 50, THANKS, ("Thank you", Label.OVERLONG))
    assert suggest(draft) == suggest(gap) == suggest(long) == ()


@pytest.mark.parametrize(
    ("text", "label", "slips", "repaired"),
    [
        ("I REALLY liked it.", Label.CAPITALS, ["REALLY"], "I really liked it."),
        (
            "THANK YOU, MS KELLER. I LIKED IT.",
            Label.CAPITALS,
            ["THANK YOU, MS KELLER"],
            "Thank you, Ms Keller. I LIKED IT.",
        ),
        (
            "I LIKED YOUR HR TEAM, I’M GLAD.",
            Label.CAPITALS,
            ["I LIKED YOUR HR TEAM, I’M GLAD"],
            "I liked your HR team, I’m glad.",
        ),
        ("I LIKED YOUR QA TEAM.", Label.CAPITALS, ["I LIKED YOUR QA TEAM"], "I liked your QA team."),
        ("THE CEO LIKED IT.", Label.CAPITALS, ["THE CEO LIKED IT"], "The CEO liked it."),
        ("SEE the FRIDAY plan.", Label.CAPITALS, ["SEE", "FRIDAY"], "See the Friday plan."),
        ("Thank you!!!! I liked it.", Label.EXCLAMATIONS, ["!!!!"], "Thank you! I liked it."),
        ("Thank you! ! ! I liked it.", Label.EXCLAMATIONS, ["! ! !"], "Thank you! I liked it."),
        ("You do?!?! I liked it.", Label.EXCLAMATIONS, ["?!?!"], "You do? I liked it."),
        (
            "About the baker role: the [job] team. I liked it.",
            Label.PLACEHOLDER,
            ["[job]"],
            "About the baker role: the baker team. I liked it.",
        ),
        (
            "This is Ana Ruiz. Thank you. [Your name]",
            Label.PLACEHOLDER,
            ["[Your name]"],
            "This is Ana Ruiz. Thank you. Ana Ruiz",
        ),
    ],
)
def test_slips_are_rewritten_where_they_stand(text: str, label: Label, slips: list[str], repaired: str) -> None:
    assert take_all(flagged(text, THANKS, *((slip, label) for slip in slips))) == repaired


def test_a_row_of_capitals_may_go_over_several_sentences() -> None:
    text = "THANK YOU FOR MEETING ME, SIR. AM I SELECTED OR NOT? PLEASE TELL MS KELLER. Ann Lee"
    draft = flagged(text, THANKS, ("AM I SELECTED OR NOT?", OUTCOME), (text[:-9], Label.CAPITALS))
    assert take_all(draft) == (
        "Thank you for meeting me, sir. I look forward to hearing from you. Please tell Ms Keller. Ann Lee"
    )


def test_slips_in_a_sentence_that_goes_need_no_suggestion_of_their_own() -> None:
    text = spliced(LETTERS[THANKS][0], {1: "Did I GET IT?"})
    assert len(suggest(flagged(text, THANKS, ("Did I GET IT?", OUTCOME), ("GET IT", Label.CAPITALS)))) == 1


GOOD = (
    "Thank you for meeting me.",
    "I liked the depot.",
    "We met about the planner role; it was sunny.",
    "I know you’re busy.",
)
SEPARATORS = (" ", "\n\n", "\n", " … ", "; ", "  ")


@given(
    some.sampled_from(MessageKind),
    some.sampled_from(("", "Hi Jo, ", "Dear Ms Keller,\n\n", "hello ")),
    some.lists(some.tuples(some.sampled_from((*GOOD, *BAD)), some.sampled_from(SEPARATORS)), min_size=1, max_size=8),
    some.sampled_from(("", "Dana Whitfield", "Kind regards,\nDana Whitfield", "> I am begging you.")),
)
def test_suggestions_take_out_what_is_bad_and_nothing_else(
    kind: MessageKind, greeting: str, sentences: list[tuple[str, str]], ending: str
) -> None:
    """In a draft of any sentences: they are in order, do not overlap, and can be taken alone or together."""
    text, marks = greeting, []
    for words, separator in sentences:
        if words in BAD:
            marks.append(Mark(BAD[words], len(text), len(text) + len(words)))
        text += words + separator
    text += ending
    draft = DraftAssessment(kind, text, frozenset(mark.label for mark in marks), tuple(marks), Tone.PESKY)
    suggestions = suggest(draft)
    taken = take_all(draft)
    assert all(before.end <= after.start for before, after in pairwise(suggestions))
    assert all(any(s.start < m.end and m.start < s.end for s in suggestions) for m in marks if m.label in draft.must_go)
    for repaired in (taken, *(suggestion.applied_to(text) for suggestion in suggestions)):
        assert "\n\n\n" not in repaired
        assert not re.search(r"\w[.!?;][A-Z“]", repaired)
    assert sum(taken.count(words) for words in GOOD) == sum(text.count(words) for words in GOOD) + sum(
        suggestion.words.count(words) for suggestion in suggestions for words in GOOD
    )


@given(
    some.text(max_size=200),
    some.lists(some.tuples(some.sampled_from(Label), some.integers(0, 199), some.integers(1, 60)), max_size=5),
)
def test_any_draft_with_any_marks_has_suggestions_that_fit(text: str, marked: list[tuple[Label, int, int]]) -> None:
    marks = tuple(
        Mark(label, start, min(start + size, len(text))) for label, start, size in marked if start < len(text)
    )
    draft = DraftAssessment(STATUS, text, frozenset(mark.label for mark in marks), marks, Tone.PESKY)
    suggestions = suggest(draft)
    assert all(0 <= each.start < each.end <= len(text) for each in suggestions)
    assert all(before.end <= after.start for before, after in pairwise(suggestions))
    assert take_all(draft) is not None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "status_email:\n  interest: I like {job}.",
            "file.yaml:2: status_email.interest: 'I like {job}.' has an unknown field",
        ),
        ("status_email:\n  interest:\n    - I like it.\n    - I like {role.", "file.yaml:4: status_email.interest.1: "),
        ("status_email:\n  interest: I like it", "should be a whole sentence"),
        ("status_email:\n  intrest: I like it.", "Did you mean 'interest'?"),
        ("status:\n  interest: I like it.", "Did you mean 'status_email'?"),
    ],
)
def test_mistakes_in_the_library_are_named_with_their_place(text: str, problem: str) -> None:
    with pytest.raises(PackError) as raised:
        parse_replacements(text, "file.yaml")
    assert problem in str(raised.value)
