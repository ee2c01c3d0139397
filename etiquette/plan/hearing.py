"""Reads what an employer said about hearing back ('in two to three weeks', 'by Friday', 'soon') as a deadline.

The words are normalized (`library/hearing.txt`), and each of the `READERS` recognizes spans of days. The span that ends
last counts, because waiting too long is patient and waiting too little is pesky. Other words about time are rejected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from etiquette.files import LIBRARY, read_text
from etiquette.plan.errors import EntryError
from etiquette.plan.local_time import (
    DATE_PATTERN,
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    end_of_day,
    in_month,
    later,
    parse_date,
    read_clock,
    working_days_after,
    zone_of,
)

LONGEST_HEARING, FARTHEST, FARTHEST_WITHOUT_YEAR = 240, timedelta(days=731), timedelta(days=340)
REMEDY = "Write a date, or leave this empty if they didn’t give one."
WEDNESDAY, FRIDAY = 2, 4
FEW = {"hour": 5, "day": 5, "week": 4, "month": 3}
PART_ENDS = {"early": 10, "mid": 15, "1st half": 15, "1st week": 7, "2nd week": 14, "3rd week": 21}  # of a month

SAME_WORDS = {
    written.strip(): read.strip()
    for read, equals, several in (line.partition(" = ") for line in read_text(LIBRARY / "hearing.txt").splitlines())
    for written in several.split("|")
    if equals and not read.startswith("#")
}
SAME_WORDS_PATTERN = re.compile(rf"\b(?:{'|'.join(sorted(SAME_WORDS, key=len, reverse=True))})\b")
UNIT, NUMBER, HOUR = "hour|day|week|month", r"\d{1,3}|few|an?|one|another", r"\d\d?(?:[:.]\d\d)?(?: ?[ap]\.?m\b)?|noon"
PUNCTUATION = (
    (r"(?<![\d/.:£$€-])(0[7-9]|1\d)([0-5]\d)(?![\d/.:-]| (?:appl|cand|peop))", r"\1:\2"),  # 1400
    (r"\b(\d\d?)(?: ?[-–] ?| (?:to|and|or) )(?=\d\d?(?:[:.]\d\d)? ?[ap]\.?m\b)", r"\1:00 "),  # 2-4pm
    (rf"\b(?:between|from|at) ({HOUR}) ?(?:and|to|until|or|-|–) ?({HOUR})(?= on |,? if |[,;.]|$)", r"at \1 at \2"),
    (rf"\b\d\d?(?:[a-z]{{2}})? ?(?:and|to|or|-|–) ?(?=\d\d?(?:st|nd|rd|th)?(?: of)? (?:{MONTH})\b)", ""),
    (r"(?<=\d) in the (?:(m)orning|afternoon|evening)", lambda each: "am" if each[1] else "pm"),
    (r"n['’]t\b", " not"),
    (r"['’‘]", ""),
    (r"(?<=\d) ?([ap])\.? ?m\b\.?", r"\1m"),
    (r",(?! ?\d{4}\b)|[;!?()\n]|\.(?!\d)", " , "),
    (r"(?<!\d)[-–/]|[-–/](?!\d)|[^\w ,/:.–-]|\s+", " "),
    (r"(?<=\d)(?=wk|week|day|hr|hour|month)|(?<=24|36|48|72)(?=h\b)", " "),
)
NOT_ABOUT_HEARING = re.compile(
    r"\b(?:next|\d+(?:st|nd|rd|th)?) (?:candidate|people|applica|interview|round|stage|step|refer|of us|of them)\w*"
    rf"|\b(?:since|last|(?:met|interviewed)(?: \w+)?(?: on)?) (?:{WEEKDAY}|(?:week|month|year)(?! of))\b"
    rf"|\b(?:{NUMBER}) (?:{UNIT})s? ago\b|\bany day\b|\bstart(?= date\S* (?:\S+ )*(?:tb|confirm|agree|decide|follow))"
)
TIME_WORD_PATTERN = re.compile(
    rf"\d|\b(?:{WEEKDAY}|(?!mar|may)(?:{MONTH})|days|weeks?|months?|years?|easter|spring|summer|autumn|winter|quarter"
    r"|begins?|starts?|day after|next|(?:by|on) \w{3,}(?:st|nd|rd|th)|\w{3,}(?:st|nd|rd|th) of)\b"
)
VAGUE_PATTERN = re.compile(
    r"^$|(?:\S+ ){3}|\b(?:soon|short|asap|due|when|touch|post|know|hear|silence|those|call|mail|sa[iy]"
    r"|deci|event|holi|futur|confirm|mind|long|delay|vague|n ?a|no|tb|un)"
)
AFTER_NTH = r"$|,|\d|to \d|(?:if|or|and|at|but|we|you|they|i|he|she|once|when|as|please|call|in|on|by|then|with|will)\b"
DATE_IN_WORDS_PATTERN = re.compile(
    rf"(?P<week>week of )?(?P<date>today|tomorrow|(?:(?:{WEEKDAY}) )?(?:, )?(?:{DATE_PATTERN.pattern}"
    rf"(?! ?(?:{UNIT}|working))|(?P<nth>\d\d?)(?:st|nd|rd|th)\b))(?(nth)(?= ?(?:{AFTER_NTH})))"
)
WEEKS = "(?:this|next|following|coming) week|week after next"
WEEKDAY_PATTERN = re.compile(
    rf"(?:(?P<before>{WEEKS}) (?:, )?(?:on )?)?(?P<which>this |next |following |coming )?"
    rf"(?P<day>(?!sat\b|sun\b)(?:{WEEKDAY}))s?\b(?: (?:, )?(?:of |in )?(?P<after>{WEEKS}|week)\b)?"
    r"(?! (?:after|before) (?!noon|\d+(?:[ap]m|[:.])))"
)
LENGTH_PATTERN = re.compile(
    rf"(?P<within>within |another )?(?:next )?(?:(?P<n>{NUMBER})(?:(?: | ?(?:to|or|and|,|-|–) ?)(?P<m>{NUMBER}))? )?"
    rf"(?P<working>working )?(?P<unit>{UNIT})(?P<plural>s?)\b"
    rf"(?:(?: ,| or| , or| to) (?P<o>\d+|few)\b(?![/.:]| ?(?:working|{UNIT}|{MONTH})))?"
    rf"(?: after that| afterwards| later| after(?= ,|$))?(?! contract| notice| (?:on )?(?:{WEEKDAY}|tomorrow)\b)"
    r"(?! (?:after|before|until|since|of) (?!(?:my |our |your )?interview|today|now|then|hearing|,))"
)
PERIOD_PATTERN = re.compile(
    rf"(?:(?:(?:early|mid|end) (?:to |or |of )?)?(?P<part>{'|'.join(PART_ENDS)}|late|later|end) (?:of |in |on )?)?"
    r"(?P<which>(?:this |that |same |next |following |coming )*)(?:(?:working )?(?P<unit>week|month)\b"
    r"(?P<after> or next(?! \w)| after next| after that| after(?= interview| ,|$))?(?! (?:after|before|of))"
    rf"|(?P<month>{MONTH})\b(?! \w*(?:first|second|third|th)\b))"
)
COUNTS_ON_PATTERN = re.compile(r"that|same|following|after$|later$|afterwards$")
RANGE_PATTERN = re.compile(r" (?:to |and |or |until )?")
CLOCK_PATTERN = re.compile(  # "p" stands before the end of a part of the day
    r"\b(?:(?:at|by|before) )?(?P<part>p)?"
    r"(?P<clock>\d\d?(?:[:.h]\d\d)?[ap]m|\d\d?[:.h]\d\d|\d\d? o ?clock|(?:12 )?noon|midday)\b"
    rf"|\b(?:at|by|before) (?P<bare>\d\d?)\b(?![:/.\d-]| (?:to|or|and|working|{UNIT}|{MONTH}))"
)
NOT = r"(?:not?(?! need| have to)|never|unlikely|nothing|silence|dont|wont|cant)(?: \w+){0,4}"
NOT_BEFORE_PATTERN = re.compile(rf"\b{NOT} (?:before|until) (?:at |in )?$")
LIMIT_PATTERN = re.compile(r"\b(before|until|after|by|within|in|of|for|during)(?: (?:at|on))? $")
CALL_PATTERN = re.compile(r"\b(?:(?:give|drop) (?!you\b)(?:\w+ ){1,2}an? )?call\b(?! (?:you|interview|screen|call))")
THEIRS_PATTERN = re.compile(  # they call, nobody does, or it is a call that they expect
    r"\b(?:(?:we|they|he|she|hr|them|some\w+|will|would|might|is|are|was|going|hop\w+|promised|it)(?:d|ll|s|re)?\b"
    r"(?! (?:said|told|asked|invited))(?: (?!(?:you|i|me|us|please|welcome|free|if|,)(?: |$))\S+)*"
    r"|an?|call|your|our|their|my|his|her|(?:no|not|dont|never|wont)(?: need)?(?: to)?(?: \w+ or)?|rather than) $"
)
NO_CALLS_PATTERN = re.compile(
    r"(?:^|, |(?<!\bif )\b(?!(?:if|we|they|he|she|hr|it|who|does|do|did|will|would|wo|can|could|ca|may)\b)\w+ )"
    r"(?:(?:do|did|must|should|can|ca) )?(?:not|dont|never|no need|rather than)(?: need)?(?: to)?(?: \w+ or)? "
    rf"{CALL_PATTERN.pattern}(?P<for_now>(?: or \w+| me| us| him| her| them)* (?:before|until|this|today|on|in)\b)?"
)
REFUSAL_PATTERN = re.compile(r"(?=.*\bsilence\b).*\b(?:unsuccessful(?! cand| appl)|a no|no(?= ,|$))|.*\bonly those\b")
CALL_AFTER_PATTERN = re.compile(r"(?:^|\bplease |\b(?:you|i) (?:can|could|may|should) )call\b")
EARLIEST_PATTERN = re.compile(r".{0,30}\b(?:after (?:that|then)|afterwards|or later|onwards|at earliest)\b")
CALL_BY_PATTERN = re.compile(r"(?: me| us| him| her| them| back| hr| please)* (?:by|before|within) (?:.* )?")
FOR_THE_CALL_PATTERN = re.compile(
    r" (?:.*\bnot before |(?:(?!if|unless|in case|should|before|until|after|by)[\w:.]+ )*)"
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """The deadline, if they gave one; whether they invite calls or rule them out; whether silence means no; and why."""

    by: datetime | None
    call: bool
    why: str
    no_calls: bool = False
    silence_refuses: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    """The days that some words name, and the position of the words. Of a part of a period only the last day counts."""

    first: date
    last: date
    reason: str = "they gave no time, so we allow the whole day"
    kind: Literal["day", "period", "month", "part"] = "day"
    start: int = 0
    end: int = 0
    hours: int = 0


def read_hearing(text: str, said_at: datetime) -> Hearing:
    """What these words, said at that time, promise about hearing back. Public holidays are ignored.

    A day for the call itself ('call me on Friday') counts from its first minute; other days count to their last.

    Raises:
        EntryError: The words cannot be read, or name a date that had already passed or is years away.
        ValueError: `said_at` has no ZoneInfo.
    """
    zone, said = zone_of(said_at), said_at.date()
    if len(text) > LONGEST_HEARING:
        raise EntryError(f"Write only what they said about when you’ll hear, in at most {LONGEST_HEARING} characters.")
    words, quoted = _plain(text), "“" + " ".join(text.split()).strip('“”" ') + "”"
    spans, rest = _read(words, said)
    calls = (m.end() for m in CALL_PATTERN.finditer(words) if not THEIRS_PATTERN.search(words[: m.start()]))
    call, clocks = next(calls, None), _clocks(rest)
    is_one_day = len(spans) == 1 and spans[0].first == spans[0].last
    if re.search(r"(?:\d\S*|noon) (?:, )?zone\b", words):
        raise EntryError("Leave out the time zone, and give the time where they are, such as “Friday 17:00”.")
    if not is_one_day and ((clocks and not (spans and " p1" in rest)) or any(span.hours for span in spans)):
        raise EntryError("Which day is that time for? Write one day and its time, such as “Friday 17:00”.")
    if number := re.search(r"~ (1?\d|2[0-3])(?=$| if)", rest):
        raise EntryError(f"Is {number[1]} a time or a day? Write “{number[1]}:00”, or the day and the month.")
    if TIME_WORD_PATTERN.search(CLOCK_PATTERN.sub("", rest)) or not (spans or VAGUE_PATTERN.search(words)):
        raise EntryError(f"We can’t tell which date that is. {REMEDY}")
    no_calls = None if call else NO_CALLS_PATTERN.search(words)
    if spans and no_calls and no_calls["for_now"]:
        raise EntryError("Do they want a call later, or no call at all? Write “call me after …” or “no calls”.")
    is_refusal = not call and REFUSAL_PATTERN.match(words)
    besides = " They asked you not to call." * bool(no_calls) + " They said that silence means no." * bool(is_refusal)
    if not spans:
        no_date = f"{quoted} doesn’t give a date.{besides}" if words else "They didn’t give a date."
        return Hearing(None, bool(call), no_date, bool(no_calls), bool(is_refusal))
    chosen = max(spans, key=lambda span: (span.last, span.start))
    if chosen.last - said > (timedelta(days=100) if "holidays" in text.casefold() else FARTHEST):
        raise EntryError(f"{chosen.last.day} {chosen.last:%B %Y} is too far away. {REMEDY}")
    reason = chosen.reason if len(spans) == 1 else "the last date they gave"
    is_for_call = call and chosen.kind != "part" and FOR_THE_CALL_PATTERN.fullmatch(words, call, chosen.start)
    not_before = NOT_BEFORE_PATTERN.search(words[: chosen.start]) or EARLIEST_PATTERN.match(words, chosen.end)
    is_until_day = not_before and not_before[0].endswith("until ") and chosen.kind == "day"
    if not_before and not (is_until_day or call or re.search(r"\b(?:if|unless|should|case)\b.* silence", words)):
        day = (chosen.last if chosen.kind == "part" else chosen.first) + timedelta(days=7)
        reason = "they only gave the earliest day, so we allow a week after that"
        chosen, clocks = replace(chosen, first=day, last=day, hours=0), []
    starts = ends = later(said_at, timedelta(hours=chosen.hours)) if chosen.hours else end_of_day(chosen.last, zone)
    if clocks and is_one_day:
        starts, ends = (datetime.combine(chosen.last, clock, zone) for clock in (clocks[0], clocks[-1]))
        reason = "the time they gave"
    elif is_for_call:
        starts, reason = datetime.combine(chosen.first, time.min, zone), "the day they gave for your call"
    if ends.timestamp() <= said_at.timestamp():
        raise EntryError(f"That had already passed when they said it. {REMEDY}")
    is_now = call and (CALL_BY_PATTERN.fullmatch(words, call, chosen.start) or (is_for_call and starts <= said_at))
    by = starts if is_for_call and not is_now else ends
    at = f" at {by:%H:%M}" if chosen.hours or (clocks and is_one_day) else ""
    named = f"{by:%A} {by.day} {by:%B}" + (f" {by.year}" if by.year != said.year else "") + at
    besides += " Call only after that." * bool(call and not is_for_call)
    why = f"We read {quoted} as " + (f"a call they want by {named}." if is_now else f"{named}: {reason}.{besides}")
    return Hearing(None if is_now else by, bool(call), why, bool(no_calls), bool(is_refusal))


def _plain(text: str) -> str:
    """The words, normalized and without those that do not matter."""
    words = text.casefold()
    for pattern, plain in PUNCTUATION:
        words = re.sub(pattern, plain, words)
    words = SAME_WORDS_PATTERN.sub(lambda each: SAME_WORDS[each[0]], " ".join(words.split()))
    words = re.sub(r"\b(week|month)\b(.{0,9}) (early|mid|end|late)(?: of)? next(?! \w)", r"\1\2 \3 next \1", words)
    return " ".join(NOT_ABOUT_HEARING.sub(" ", " ".join(words.split())).split()).strip(" ,.-")


def _read(words: str, said: date) -> tuple[list[_Span], str]:
    """The spans that the words name, and the words that no reader recognizes."""
    spans: list[_Span] = []
    rest, at = "", 0
    while at < len(words):
        if span := _span_at(at, words, said, max(spans, key=lambda each: each.last, default=None)):
            spans.append(_placed(span, words))
            rest, at = rest + "~ ", span.end + 1
        else:
            end = (words + " ").index(" ", at) + 1
            rest, at = rest + words[at:end], end
    return spans, rest.strip()


def _clocks(words: str) -> list[time]:
    """The times of day in what is left once the days have been read. An unclear one is in office hours."""
    exact = [match for match in CLOCK_PATTERN.finditer(words) if not match["part"]] or CLOCK_PATTERN.finditer(words)
    found = [read for match in exact if (read := read_clock(match["clock"] or match["bare"]))]
    return [at if is_certain else at.replace(hour=at.hour + 12) for at, is_certain in found]


def _span_at(at: int, words: str, said: date, earlier: _Span | None) -> _Span | None:
    """The span that begins at this word, if a reader recognizes one."""
    for pattern, reader in READERS:
        if match := pattern.match(words, at):
            is_range = earlier and reader in (_date, _weekday) and RANGE_PATTERN.fullmatch(words, earlier.end, at)
            counts_on = COUNTS_ON_PATTERN.search(match[0]) or (is_range and "next" not in match[0])
            if span := reader(match, earlier.last if earlier and counts_on else said):
                return replace(span, start=at, end=match.end(), hours=0 if earlier and counts_on else span.hours)
    return None


def _placed(span: _Span, words: str) -> _Span:
    """A span, adjusted to the words before it, such as 'before' or 'until'."""
    before = words[: span.start]
    word = limit[1] if (limit := LIMIT_PATTERN.search(before)) else ""
    if span.kind == "part" or (word == "after" and CALL_AFTER_PATTERN.search(before)):
        return span
    if word == "after":
        day = working_days_after(span.last, 1)
        return replace(span, first=day, last=day, reason="the first working day after that")
    if NOT_BEFORE_PATTERN.search(before) or word == "until" or (word == "by" and span.kind == "month"):
        return replace(span, last=span.first, reason=span.reason if span.kind == "day" else "the day it begins")
    if word == "before" and not CLOCK_PATTERN.match(words, span.end + 1):
        day = span.first - timedelta(days=1)
        return replace(span, first=day, last=day, reason="the day before")
    return span


def _date(match: re.Match[str], since: date) -> _Span | None:
    """'20 March', '20/3', 'Friday 20 March', 'the 20th', 'the week of 16 March'."""
    if match["s5"] == "." and (int(match["b5"]) > 12 or match.string.endswith("at ", 0, match.start())):
        return None
    on = parse_date(match["date"], since)
    if on < since <= (again := in_month(on.year + 1, on.month, on.day)) <= since + FARTHEST_WITHOUT_YEAR:
        on = again
    return _week(on - timedelta(days=on.weekday()), "") if match["week"] else _Span(on, on)


def _weekday(match: re.Match[str], since: date) -> _Span:
    """'Friday', 'next Friday', 'Tuesday of next week', 'Friday week'."""
    ahead, which, after = WEEKDAYS.index(match["day"][:3]) - since.weekday(), match["which"] or "", match["after"] or ""
    if week := match["before"] or after.removesuffix("week") or (which if "next" in which else ""):
        ahead += 14 if "after" in week else 0 if "this" in week else 7
    else:
        ahead = (ahead % 7 or (0 if which == "this " else 7)) + (7 if after == "week" else 0)
    on = since + timedelta(days=ahead)
    return _Span(on, on)


def _length(match: re.Match[str], since: date) -> _Span | None:
    """'2-3 weeks', '10 working days', 'a week or two', 'the coming weeks'."""
    unit, written = match["unit"], [word for word in match.group("n", "m", "o") if word]
    if not (written or match["within"]):
        return None
    written = written or ["few" if match["plural"] else "a"]
    n = max(int(word) if word.isdecimal() else FEW[unit] if word == "few" else 1 for word in written)
    units = f"{n} {unit}s" if n > 1 else f"one {unit}"
    reason = f"we count “a few {unit}s” as {units}" if written == ["few"] else f"{units} after they said it"
    if unit == "day" and match["working"]:
        last, reason = working_days_after(since, n), f"{units}, not counting weekends"
    elif unit == "month":
        last = in_month(since.year, since.month + n, since.day)
    else:
        last = since + timedelta(days=7 * n if unit == "week" else n if unit == "day" else -(-n // 24))
    reason = "the later of the two" if len(written) > 1 else reason
    return _Span(last, last, reason, "part", hours=n * (unit == "hour"))


def _period(match: re.Match[str], since: date) -> _Span | None:
    """'next week', 'the end of the month', 'early next week', 'mid-March'."""
    unit, part, which, after = match["unit"], match["part"] or "", match["which"], match["after"] or ""
    comes = LIMIT_PATTERN.search(match.string[: match.start()])
    if not (part or which or after if unit else part or comes or match["month"] not in ("may", "march", "mar")):
        return None
    offset = 2 if after == " after next" else 1 if after or re.search("next|following|coming", which) else 0
    if unit == "week":
        return _week(since - timedelta(days=since.weekday() - 7 * (offset or since.weekday() > FRIDAY)), part)
    number = since.month + offset if unit else MONTHS.index(match["month"][:3]) + 1
    number += 12 if number < since.month else 0
    if number > since.month + 9 and not unit:
        raise EntryError(f"{match['month'].title()} had already passed when they said it. {REMEDY}")
    first, last = in_month(since.year, number, 1), in_month(since.year, number, PART_ENDS.get(part, 31))
    reason = f"we count “{part}” as up to {last.day} {last:%B}" if part in PART_ENDS else "the last day of the month"
    return _Span(first, last, reason, "part" if part else "period" if unit else "month")


def _week(monday: date, part: str) -> _Span:
    last = monday + timedelta(days=WEDNESDAY if part in PART_ENDS else FRIDAY)
    reason = f"we count “{part}” as up to Wednesday" if part in PART_ENDS else "a working week ends on Friday"
    return _Span(monday, last, reason, "part" if part else "period")


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], _Span | None]], ...] = (
    (DATE_IN_WORDS_PATTERN, _date),
    (WEEKDAY_PATTERN, _weekday),
    (LENGTH_PATTERN, _length),
    (PERIOD_PATTERN, _period),
)
