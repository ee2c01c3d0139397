"""What an employer said about hearing back, as the last moment of it: 'in two to three weeks', 'by Friday', 'soon'.

The grammar is small. A time is a number of units ('10 working days'), a part of a period ('early next week') or a day
('Friday at 3', 'the 22nd'); the word before it ('by', 'before', 'not until') says which end of it counts. Where words
leave a choice, the later time is taken: who waits too long is patient, who waits too little is pesky.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from etiquette.plan.errors import EntryError
from etiquette.plan.local_time import (
    DATE_PATTERN,
    HOURS,
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    TimeOfDay,
    dates_of,
    day_of_month,
    elapsed,
    end_of_day,
    later,
    local_datetime,
    read_clock,
    spell,
    written_date,
    zone_of,
)

LONGEST_HEARING = 240
FARTHEST = timedelta(days=731)
FARTHEST_WITHOUT_YEAR = timedelta(days=300)
REMEDY = "Write a date, or leave it empty if they gave none."
WEDNESDAY, FRIDAY, SATURDAY = 2, 4, 5
FEW = {"hour": 5, "day": 5, "week": 4, "month": 3, "year": 2}
PART_ENDS = {"early": 10, "1st half": 15, "1st part": 15, "mid": 15, "1st week": 7, "2nd week": 14, "3rd week": 21}
TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
DIGITS = {word: str(n) for n, word in enumerate((*HOURS, *TEENS), 1)} | {"thirty": "30", "dozen": "12"}
IRREGULAR = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth", 20: "twentieth"}
ORDINALS = {IRREGULAR.get(n, f"{word}th"): n for n, word in enumerate((*HOURS, *TEENS), 1)} | {"thirtieth": 30}
NEXT = {"next", "following", "coming", "upcoming"}
NUMBER, UNIT = r"(?:\d{1,3}|few|several)", "(?:hour|day|week|month|year)"


def _ordinal(day: int) -> str:
    return f"{day}" + {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")


# What people write for one thing, and the one form of it that the patterns below read, in order.
PLAIN_WORDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<=\d) ?([ap])\.? ?m\b\.?", r"\1m"),
        (r"\bwe['’]d\b", "we would"),
        (r"['’‘]", ""),
        (r"[–—−]", "-"),
        (r"[;!?()\n]|\.(?!\d)", ","),
        (r"[^\w ,/:.-]|\s+", " "),
        (r" {2,}", " "),
        (rf"\b({'|'.join(DIGITS)})\b", lambda each: DIGITS[each[0]]),
        (
            rf"(?:(?<=the )|\b(?=\S+ (?:of|week|half|part)\b))(?:([23]0)[ -])?({'|'.join(ORDINALS)})\b"
            r"(?! to (?!the|\d))",
            lambda each: _ordinal(int(each[1] or 0) + ORDINALS[each[2]]),
        ),
        (r"\b([23])0[ -](?=[1-9]\b)", r"\1"),
        (r"\bon or before\b", "by"),
        (r"\b(after|before|by|until) (?:the )?new years?(?: day| eve)?\b", r"\1 newyear"),
        (r"\bhalf an hour\b", "1 hour"),
        (r"\bw/c\b|\bweek (?:beginning|starting|from)\b", "week of"),
        (r"\b((?:in|within|next) \d+)h\b", r"\1 hours"),
        (r"(?<=\d)(?=(?:wk|week|day|hr|hour|month)s?\b)", " "),
        (r"\b(wk|hr|mth)(?=s?\b)", lambda each: {"wk": "week", "hr": "hour", "mth": "month"}[each[1]]),
        (r"\b(?:an?|1) (week|month) and a half\b", r"2 \1s"),
        (r"\bhalf a year\b", "6 months"),
        (r"\bthis (week|month) or (?:maybe |perhaps )?next\b(?! \w)", r"this \1 or next \1"),
        (r"\bcouple(?: of)?\b", "2"),
        (r"\b(?:an?|1) fortnights?\b", "2 weeks"),
        (r"\bthe next fortnight\b|\bfortnights?\b", "2 weeks"),
        (r"\ban? (?:good |full )?(?=\d|few|several)", ""),
        (r"\beow\b", "end of week"),
        (r"\beom\b", "end of month"),
        (r"\b(?:eod|cob|(?:close|end) of (?:business|play))\b", "end of day"),
        (rf"\bend of (?:the )?(?:working |business )?day,? (?:on |of )?(?=(?:{WEEKDAY}|tomorrow)\b|(?:the )?\d)", ""),
        (r"\b(?:middle|midway|halfway)\b", "mid"),
        (r"\b(?:start|beginning)\b", "early"),
        (r"\b(early|mid)[ -]?week,? (?:of |in )?(?=(?:the )?(?:this|next|following) week)", r"\1 "),
        (r"\b(week|month|year|day)s?[ -]end\b", r"end of \1"),
        (r"\b(?:late|later|close|tail end|last week|(?:2nd|latter) (?:half|part))(?= (?:of|in|this|next)\b)", "end"),
        (rf"\blate(?=[ -](?:{MONTH})\b)", "end"),
        (r"\b(?:early|mid|end) ?(?:to|or|-|/) ?(?=(?:mid|end|late)\b)", ""),
        (rf"\b(?:(?:in|over|during) the (?:next|coming)|within the(?: next| coming)?) (?={UNIT}\b)", "within 1 "),
        (
            rf"\b(?:in|within|over|matter of|the)(?: the)?(?: next| coming)? (?=(?:working |business )?{UNIT}s\b)",
            "within few ",
        ),
    )
)
# The patterns of times. They are tried in the order in which `_spans` names their readers.
DURATION_PATTERN = re.compile(
    rf"(?<![\d.])\b(?P<n>{NUMBER}|an?|another)(?: ?(?:to|or|and|maybe|perhaps|possibly|,|-|/)+ ?(?P<m>{NUMBER}))?"
    r"[ -](?:more |further |full |whole |calendar |short )?(?P<working>(?:working|business|week|work)[ -]?)?"
    rf"(?P<unit>{UNIT})s?\b"
    rf"(?:,? (?:or|to|maybe|perhaps|possibly) (?P<o>{NUMBER})\b(?! ?(?:working|business|{UNIT})))?(?! ago)"
)
SHIFT_PATTERN = re.compile(rf"\b({NUMBER}|an?) (working |business )?(day|week)s?(?: (?:from|on|after|of))? (?:the )?$")
WEEK_OF_PATTERN = re.compile(
    r"\b(?:(early|mid)\W(?:in |of )?(?:the )?)?week (?:of|commencing)(?: monday)?,? (?:the )?$"
)
WHICH_WEEK = r"(?:(?:this|next|following|coming) week|week after next)"
WEEKDAY_PATTERN = re.compile(
    rf"\b(?:(?P<week>{WHICH_WEEK}),? (?:on )?)?(?:(?P<which>this|next|coming|following|last) )?(?P<day>{WEEKDAY})s?\b"
    rf"(?:,? (?:of |in )?(?:the )?(?P<week2>{WHICH_WEEK})\b|(?P<later> week| after next)\b)?"
    r"(?! (?:after|before) (?:the|my|our|their|easter|christmas|xmas)\b)"
)
INTERVIEWED_PATTERN = re.compile(
    r"\b(?:(?:had|did) (?:the|an|my)(?: \w+)? interview|met(?: \w+){0,2}|interviewed)(?: on)? $"
)
NEAR_PATTERN = re.compile(r"\b(?:(today|tonight|this (?=morning|afternoon|evening))|(day after tomorrow)|(tomorrow))\b")
REST_PATTERN = re.compile(r"\b(?:(next )?(weekend)|christmas|xmas|(newyear))\b")
NUMBER_PATTERN = re.compile(
    r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th)\b(?: of (this|next|the) month\b)?"
    r"(?! (?:week|half|part|quarter|round|interview|stage|thing|floor|candidate|person))"
    rf"|\b(?:the|by|on|{WEEKDAY}) (\d{{1,2}})\b"
    rf"(?![/:.h]| ?(?:[ap]m|oclock|-|to |or |{UNIT}|working|business|of us|candidate|people|other))"
)
PART = r"(?:1st|2nd|3rd) week|1st (?:half|part)|early|mid|end"
PERIOD_PATTERN = re.compile(
    rf"\b(?:(?P<part>{PART})[ -]?(?:(?:of|in|on|through|into|during|part of) )?)?"
    r"(?P<which>(?:(?:the|this|that|next|following|coming|upcoming|same|working|business|new) ){0,3})"
    rf"(?:(?P<unit>week|month|year|day)(?P<after> after(?: next| that|(?= the interview)|(?=,|$)))?(?! after)"
    rf"|(?P<month>{MONTH})(?: (?P<year>\d{{4}}))?)\b"
)
CLOCK_PATTERN = re.compile(
    r"\b(?P<clock>\d{1,2}(?:[:.h]\d\d)? ?[ap]m|\d{1,2}[:.h]\d\d|\d{1,2}h|\d{1,2} oclock|noon|midday)\b"
    rf"|\b(?:at|by|before|around) (?P<bare>\d{{1,2}})\b(?![:/.\d]| ?(?:-|to|or|{UNIT}|working|business)\b)"
    r"|\b(?P<part>morning|afternoon|lunch(?:time)?)\b"
)
PARTS_OF_DAY = {"morning": time(12), "afternoon": time(18), "lunch": time(14), "lunchtime": time(14)}
# The words around a time.
NOT = r"not?|wont|never|unlikely|cant|cannot|dont|doesnt|isnt|nothing"
PREPOSITION_PATTERN = re.compile(
    rf"(?P<not>\b(?:{NOT})(?: \w+){{0,4}} )?\b(?P<word>before|prior to|ahead of|until|till|til|earlier than|sooner than"
    r"|after|from|starting|since|earlier|by|on|in|of|within)"
    r"(?: (?:at least|about|around|roughly|maybe|sometime|the|on|in)){0,3} ?$"
)
STARTS_PATTERN = re.compile(r"\b(?:starts|begins|early date)(?: \w+){0,2} $")
LATER_PATTERN = re.compile(r" (?:after(?:wards| that)?|later|from then|thereafter)\b(?! the| my| your| this)")
EARLIEST_PATTERN = re.compile(r" (?:at the (?:very )?(?:earliest|soonest)|or later|onwards?)\b")
CALL_PATTERN = re.compile(r"\b(?:call|ring|phone|telephone|buzz|bell)\b(?! (?:you|interview|screen|call|number))")
GIVE_PATTERN = re.compile(r"\b(?:give|drop) (?!you\b)(?:\w+ ){1,3}an? (?:\w+ )?$")
THEY = r"(?:we|they|she|he|hr|someone|somebody|manager|recruiter)"
NOT_AN_INVITATION_PATTERN = re.compile(
    rf"\b(?:{THEY}(?:ll|d)?|ill|{THEY}(?: all| both)? (?:will|would|may|might|can|could|should|to|also|then))"
    r"(?: (?:then|also|either|definitely|try to|be))? $|(?<!\byou )(?<!\bi )\b(?:will|would)(?: then| also)? $"
    r"|\b(?:promised|going|hop\w+|plan\w*|intend\w*|aim\w*|try\w*|agreed|offered|due|likely|about|want\w*) to $"
    r"|\b(?:not|dont|never|phone|no|the|your|our|their|an?|a \w+) $"
)
CONDITION_PATTERN = re.compile(r"\b(?:if|unless|should you|in case)\b")
# Without a time: words that speak of hearing back, and words that seem to name a date which nobody could read.
VAGUE_PATTERN = re.compile(
    r"\b(?:soon\w*|shortly|asap|possible|quick\w*|fast|now|away|immediate\w*|future|convenience|due|course|eventual\w*"
    r"|later|while|once|when\w*|time\w*|long|depend\w*|wait\w*|still|take|touch|posted|contact\w*|back|know\w*|idea"
    r"|hear\w*|updates?|news|call|ring|phone|e-?mail\w*|writ\w+|reply|respond|reach|decid\w*|decisions?|interview\w*"
    r"|references?|candidates?|said|say|tell|told|mention\w*|specif\w+|nothing|none|no|not|nope|na|n/a|nil|tb[acd]"
    r"|un\w+|didnt|dont|wont|vague\w*|holidays?|vacation)\b"
)
UNREAD_PATTERN = re.compile(
    r"\b(?:by|on|in|within|before|until|till|after|at|around|next|this) (?:the )?"
    r"(?:\d|easter|spring|summer|autumn|winter|quarter)|\d(?:st|nd|rd|th)\b(?! (?:interview|round|stage)\b)"
    rf"|\d[/:.]\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d {UNIT}"
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What they said about hearing back.

    Attributes:
        by: The last moment of it, in the zone in which it was said; None if it names no date.
        call: They invited a call, for after `by`, if nothing has been heard.
        why: A sentence for the learner: their words, the date they are taken for, and the reason.
    """

    by: datetime | None
    call: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Span:
    """The days that some words name, and where the words stand."""

    start: int
    end: int
    first: date
    last: date
    kind: Literal["day", "rest", "period", "month", "part", "length"] = "day"
    reason: str = "they gave no time, so the whole day counts"
    moment: datetime | None = None  # of a number of hours


def read_hearing(text: str, said_at: datetime) -> Hearing:
    """What these words, said at that time, promise about hearing back. Public holidays are not taken into account.

    A day given for the call itself ('call me on Friday') begins with its first minute; all others end with their last.

    Raises:
        EntryError: The words cannot be read, or name a date that had passed or is years away.
        ValueError: `said_at` has no ZoneInfo.
    """
    zone, said = zone_of(said_at), said_at.date()
    if len(text) > LONGEST_HEARING:
        raise EntryError(f"Keep it to {LONGEST_HEARING} characters: only what they said about when you will hear.")
    words = text.casefold()
    for pattern, plain in PLAIN_WORDS:
        words = pattern.sub(plain, words)
    words = words.strip(" ,.-")
    call = _invitation(words)
    spans, rest = _spans(words, said_at)
    clock = _clock(rest, has_day=bool(spans))
    if clock and not spans:
        spans = [_Span(0, 0, said, said)]
    quoted = "“" + " ".join(text.split()).strip('“”" ') + "”"
    if not spans:
        if words and (UNREAD_PATTERN.search(words) or not VAGUE_PATTERN.search(words)):
            raise EntryError(f"We can’t tell which date that is. {REMEDY}")
        return Hearing(None, call is not None, f"{quoted} names no date." if words else "They gave no date.")
    chosen = max(spans, key=lambda each: (each.last, each.start))
    if chosen.last - said > FARTHEST:
        raise EntryError(f"That is more than two years away. {REMEDY}")
    reason = chosen.reason if len(spans) == 1 else "that is the last date they named"
    is_for_call = call is not None and chosen.kind == "day" and _is_for_the_call(words, call, chosen)
    by, has_time = chosen.moment or end_of_day(chosen.last, zone), chosen.moment is not None
    if clock and chosen.first == chosen.last and not has_time:
        by, has_time = local_datetime(chosen.last, TimeOfDay(clock, is_second=True), zone), True
        reason = "that is the time they named"
    elif is_for_call and chosen.last > said:
        by, reason = datetime.combine(chosen.last, time.min, zone), "that is the day they gave for your call"
    if call is not None and not is_for_call:
        reason += ", and the call is for after it"
    if elapsed(said_at, by) <= timedelta(0):
        raise EntryError(f"That was over before they said it. {REMEDY}")
    named = f"{by:%A} {by.day} {by:%B}" + (f" {by.year}" if by.year != said.year else "")
    at = f" at {by:%H:%M}" if has_time else ""
    return Hearing(by, call is not None, f"{quoted} is taken as {named}{at}: {reason}.")


def _invitation(words: str) -> int | None:
    """Where they invite a call. 'We will call you' does not."""
    for match in CALL_PATTERN.finditer(words):
        before = words[max(0, match.start() - 60) : match.start()]
        giving = GIVE_PATTERN.search(before)
        if giving and not NOT_AN_INVITATION_PATTERN.search(before[: giving.start()]):
            return match.start()
        if not giving and not NOT_AN_INVITATION_PATTERN.search(before):
            return match.start()
    return None


def _is_for_the_call(words: str, call: int, span: _Span) -> bool:
    """Whether a day is that of the call ('call on Friday if ...') rather than the end of the silence before it."""
    preposition = PREPOSITION_PATTERN.search(words[: span.start])
    is_limit = preposition is not None and preposition["word"] not in ("on", "in")
    return call < span.start and not is_limit and not CONDITION_PATTERN.search(words, call, span.start)


def _clock(words: str, *, has_day: bool) -> time | None:
    """The time of day that the words name, read as one in office hours."""
    for match in CLOCK_PATTERN.finditer(words):
        if match["part"]:
            if has_day or match["part"].startswith("lunch"):
                return PARTS_OF_DAY[match["part"]]
        elif read := read_clock(match["clock"] or match["bare"]):
            at, is_certain = read
            return at if is_certain else at.replace(hour=at.hour + 12)
    return None


def _spans(words: str, said_at: datetime) -> tuple[list[_Span], str]:
    """The times that the words name, as their prepositions have them, and the words with these blanked."""
    said, rest = said_at.date(), words
    found: list[_Span] = []
    for read in (_dates, _weekdays, _other_days, _lengths, _periods):
        for span in list(read(rest, said_at)):
            if "~" not in rest[span.start : span.end]:
                rest = rest[: span.start] + "~" * (span.end - span.start) + rest[span.end :]
                if placed := _placed(_counted_on(span, found, words, rest, said), words):
                    found.append(placed)
    return [span for span in found if span.last >= said or len(found) == 1], rest


def _counted_on(span: _Span, found: list[_Span], words: str, rest: str, said: date) -> _Span:
    """A span that counts from an earlier one: 'they meet on the 12th and decide within a week after that'.

    In `rest`, the words of the earlier ones are blanked.
    """
    earlier = [each.last for each in found if each.end <= span.start]
    if not earlier or span.moment:
        return span
    shift = max(earlier) - said
    if span.kind == "day" and timedelta(0) < max(earlier) - span.last < timedelta(days=7):
        is_range = re.search(r"~ ?(?:-|/|to|and|or|until) ?$", rest[: span.start])
        shift = timedelta(days=7 if is_range else 0)
    elif span.kind != "length":
        if not re.search(r"\b(?:that|following|after(?! next))\b", words[span.start : span.end]):
            return span
        shift = timedelta(days=(shift.days + said.weekday()) // 7 * 7)
    elif not LATER_PATTERN.match(words, span.end):
        return span
    return replace(span, first=span.first + shift, last=span.last + shift)


def _placed(span: _Span, words: str) -> _Span | None:
    """A span, cut to the end that the word before it means; None if it is past or about when the job starts."""
    preposition = PREPOSITION_PATTERN.search(words[: span.start])
    word = preposition["word"] if preposition else ""
    is_whole = span.kind in ("day", "rest", "period", "month")
    if word in ("since", "earlier") or STARTS_PATTERN.search(words[: span.start]):
        return None
    if not is_whole:
        return span
    if word == "after" and CALL_PATTERN.search(words, 0, span.start):
        return span
    if word == "after":
        day = _working_days_after(span.last, 1)
        return replace(span, first=day, last=day, reason="that is the first working day after it")
    starts = word in ("until", "till", "til", "from", "starting", "earlier than", "sooner than")
    is_earliest = EARLIEST_PATTERN.match(words, span.end) or (word == "before" and preposition and preposition["not"])
    if starts or is_earliest or (word == "by" and span.kind == "month"):
        reason = span.reason if span.kind == "day" else "that is when it begins"
        return replace(span, last=span.first, reason=reason)
    if word in ("before", "prior to", "ahead of") or (word == "by" and span.kind == "rest"):
        day = span.first - timedelta(days=1)
        return replace(span, first=day, last=day, reason="that is the last day before it")
    return span


def _working_days_after(day: date, number: int) -> date:
    for _ in range(number):
        day += timedelta(days={FRIDAY: 3, SATURDAY: 2}.get(day.weekday(), 1))
    return day


def _number(word: str, unit: str) -> int:
    return int(word) if word.isdecimal() else FEW[unit] if word in ("few", "several") else 1


def _dates(words: str, said_at: datetime) -> Iterator[_Span]:
    """'20 March', '20/3', 'the 20th', perhaps after a weekday, which has to be the right one."""
    said = said_at.date()
    for match in DATE_PATTERN.finditer(words):
        is_number = match["s5"] and re.match(rf" ?(?:{UNIT}|working|business|[ap]m)", words[match.end() :])
        is_time = match["s5"] == "." and (int(match["b5"]) > 12 or re.search(r"\bat $", words[: match.start()]))
        if is_number or is_time:
            continue
        year, month, day = written_date(match)
        days = [each for n in (0, 1) for each in dates_of(year or said.year + n, month, day)]
        if not dates_of(2000, month, day) or not days:
            raise EntryError(f"There is no such day. {REMEDY}")
        on = next((each for each in days if each >= said), days[0])
        if year is None and on != days[0] and on - said > FARTHEST_WITHOUT_YEAR:
            raise EntryError(f"{spell(days[0])} had passed when they said it. {REMEDY}")
        yield _checked(on, words, match.start(), match.end())
    for match in NUMBER_PATTERN.finditer(words):
        number = int(match[1] or match[3])
        if match[3] is None or number > 12 or match[0][:2] not in ("by", "on"):
            near = _in_month(said.year, said.month + 1, 1) if match[2] == "next" else said
            start = match.start(3) if match[3] else match.start()
            yield _checked(day_of_month(near, number, 1), words, start, match.end())


def _checked(on: date, words: str, start: int, end: int) -> _Span:
    """The span of a date, with the weekday or 'the week of' before it."""
    before = words[:start]
    if week := WEEK_OF_PATTERN.search(before):
        monday = on - timedelta(days=on.weekday())
        return _week(week.start(), end, monday, week[1] or "")
    weekday = re.search(rf"\b({WEEKDAY}),? (?:the )?$", before)
    if weekday and WEEKDAYS[on.weekday()] != weekday[1][:3]:
        raise EntryError(f"{spell(on)} is a {on:%A}. Check the date.")
    return _shifted(on, words, weekday.start() if weekday else start, end)


def _week(start: int, end: int, monday: date, part: str) -> _Span:
    last = FRIDAY if part in ("", "end") else WEDNESDAY
    reason = "the working week ends on Friday" if last == FRIDAY else f"we take “{part}” as until Wednesday"
    return _Span(start, end, monday, monday + timedelta(days=last), "part" if part else "period", reason)


def _shifted(on: date, words: str, start: int, end: int) -> _Span:
    """The span of a day, or of one counted from it: 'a week on Friday'."""
    shift = SHIFT_PATTERN.search(words[:start])
    if shift is None:
        return _Span(start, end, on, on)
    n = _number(shift[1], shift[3])
    on = _working_days_after(on, n) if shift[2] else on + timedelta(days=n * (7 if shift[3] == "week" else 1))
    return _Span(shift.start(), end, on, on)


def _weekdays(words: str, said_at: datetime) -> Iterator[_Span]:
    """'Friday', 'next Friday', 'Tuesday of next week', 'a week on Friday', 'Friday week'."""
    said = said_at.date()
    monday = said - timedelta(days=said.weekday())
    for match in WEEKDAY_PATTERN.finditer(words):
        before = words[: match.start("day")]
        is_word = match["day"] in ("sat", "sun") and not re.search(
            r"(?:^|[-/,]|\b(?:or|and|to|by|on|until)) ?$", before
        )
        if is_word or match["which"] == "last" or INTERVIEWED_PATTERN.search(before):
            continue
        index = WEEKDAYS.index(match["day"][:3])
        week = match["week"] or match["week2"] or (match["which"] == "next" and "next week") or ""
        ahead = (index - said.weekday()) % 7
        on = said + timedelta(days=ahead or (0 if match["which"] == "this" else 7))
        if re.search("next|following|after|coming", week):
            on = monday + timedelta(days=index + (14 if "after" in week else 7))
        yield _shifted(
            on + timedelta(days={" week": 7, " after next": 14}.get(match["later"], 0)),
            words,
            match.start(),
            match.end(),
        )


def _other_days(words: str, said_at: datetime) -> Iterator[_Span]:
    """'tomorrow', 'the weekend', 'Christmas'."""
    said = said_at.date()
    for match in NEAR_PATTERN.finditer(words):
        on = said + timedelta(days=0 if match[1] else 2 if match[2] else 1)
        yield _shifted(on, words, match.start(), match.end())
    for match in REST_PATTERN.finditer(words):
        first = said + timedelta(days=(SATURDAY - said.weekday()) % 7 + (7 if match[1] else 0))
        if match[3]:
            first = date(said.year + 1, 1, 1)
        elif match[2] is None:
            first = next(day for n in (0, 1) if (day := date(said.year + n, 12, 25)) >= said)
        yield _Span(match.start(), match.end(), first, first + timedelta(days=1), "rest", "that is the end of it")


def _lengths(words: str, said_at: datetime) -> Iterator[_Span]:
    """'2-3 weeks', '10 working days', 'a week or two', '48 hours'."""
    said = said_at.date()
    for match in DURATION_PATTERN.finditer(words):
        unit, before = match["unit"], words[: match.start()]
        if unit == "hour" and not re.search(r"\b(?:in|within|next|after|another|about|least) $", before):
            continue
        numbers = [_number(word, unit) for word in (match["n"], match["m"], match["o"]) if word]
        n = max(numbers)
        if n > {"hour": 999, "day": 731, "week": 105, "month": 24, "year": 2}[unit]:
            raise EntryError(f"That is more than two years away. {REMEDY}")
        is_few = not any(word and word.isdecimal() for word in (match["n"], match["m"], match["o"])) and n > 1
        plural = f"{n} {unit}s" if n > 1 else f"one {unit}"
        reason = f"“a few {unit}s” is taken as {plural}" if is_few else f"{plural} after they said it"
        moment = None
        if unit == "hour":
            moment = later(said_at, timedelta(hours=n))
            last = moment.date()
        elif unit == "day" and (match["working"] or is_few):
            last = _working_days_after(said, n)
            reason = "“a few days” is taken as a working week" if is_few else f"{plural}, not counting weekends"
        elif unit in ("day", "week"):
            last = said + timedelta(days=n if unit == "day" else 7 * n)
        else:
            last = _in_month(said.year, said.month + n * (12 if unit == "year" else 1), said.day)
        if len(numbers) > 1:
            reason = "that is the later of the two"
        yield _Span(match.start(), match.end(), last, last, "length", reason, moment)


def _in_month(year: int, month: int, day: int) -> date:
    """That day, or the last of a shorter month. Months beyond December are those of later years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _periods(words: str, said_at: datetime) -> Iterator[_Span]:
    """'next week', 'the end of the month', 'early next week', 'mid-March', 'the new year'."""
    said = said_at.date()
    for match in PERIOD_PATTERN.finditer(words):
        part, which, unit = match["part"] or "", set(match["which"].split()), match["unit"]
        before = words[: match.start()]
        is_named = part or which - {"the", "working", "business"} or match["after"]
        if match["month"] in ("may", "march", "mar") and not part:
            is_named = re.search(r"\b(?:in|by|before|until|till|of|after|for|during|from) $", before)
        if not (is_named or (match["month"] and match["month"] not in ("may", "march", "mar"))):
            continue
        offset = 2 if match["after"] == " after next" else 1 if which & NEXT or match["after"] else 0
        kind: Literal["part", "period", "month"] = "part" if part else "period"
        if unit == "week":
            monday = said - timedelta(days=said.weekday() - 7 * (offset or said.weekday() > FRIDAY))
            yield _week(match.start(), match.end(), monday, part)
            continue
        if unit == "day":
            if part != "end":
                continue
            first, last, reason = said, said, "that is the end of the day"
        elif unit == "year" and "new" not in which:
            first = date(said.year + offset, 1, 1)
            months = 3 if part == "early" else 6 if part in ("mid", "1st half", "1st part") else 12
            last, reason = _in_month(first.year, months, 31), "that is the last day of it"
        else:
            kind = "part" if part else "period" if unit == "month" else "month"
            number = said.month + offset if unit == "month" else 13 if unit else MONTHS.index(match["month"][:3]) + 1
            year = int(match["year"] or said.year)
            if match["month"] and not match["year"] and number < said.month:
                number += 12
                if number - said.month > 9:
                    raise EntryError(f"{match['month'].title()} had passed when they said it. {REMEDY}")
            if not said.year <= year <= said.year + 2:
                raise EntryError(f"Check the year: {year} cannot be right.")
            first, last = _in_month(year, number, 1), _in_month(year, number, PART_ENDS.get(part, 31))
            is_start = part in PART_ENDS
            reason = f"we take “{part}” as until the {_ordinal(last.day)}" if is_start else "that is the last day of it"
        yield _Span(match.start(), match.end(), first, last, kind, reason)
