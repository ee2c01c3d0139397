"""How to say when something was or will be, seen from the present of a situation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from etiquette.judge.lengths import A_DAY, AN_HOUR, exactly, in_hours, spoken
from etiquette.judge.situation import AT_THE_INTERVIEW, LAST_MINUTE, Situation

NEAR = 6 * A_DAY  # further away, a weekday alone is ambiguous
NEIGHBOURS: dict[int | None, str] = {1: "yesterday", 0: "today", -1: "tomorrow"}  # by how many days they lie back


def clock_in_words(when: datetime) -> str:
    """The time of day, as it stands in a sentence: '9:05', '15:10'."""
    return f"{when.hour}:{when:%M}"


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """A moment in a situation, or a length of time, to be formatted by a template.

    A rounded length never says that a wait is over that is not: 'almost a week'.
    """

    situation: Situation
    time: timedelta

    def __format__(self, spec: str) -> str:
        """The time in words; `spec` says how.

        A moment that has been:
            ago      'yesterday', 'on Friday', 'eight days ago'
            from     'from Friday'
            when     'on Friday at 15:10'
            hours    '47 hours ago'
            for      'three days'
            lasting  'since Friday at 15:10' or, if the date is not known, 'for three days'
            since    'a week since the interview', or 'since they last got in touch'
            contact  the same, or 'since you were last in touch'
        Any moment:
            moment   'Friday at 15:10'
            by       'by Friday at 15:10'
            day      'on Friday'
        Now:
            present  '15:10 on Friday'
        A length:
            length   'eight days'
            span     '47 hours'
            limit    a threshold, exactly
        """
        match spec:
            case "ago":
                return self._ago()
            case "from":
                return f"from {self._ago().removeprefix('on ').replace('just now', 'a moment ago')}"
            case "when":
                return self._when()
            case "for":
                return spoken(self._elapsed)
            case "hours":
                return f"{in_hours(self.situation.now - self.time)} ago"
            case "lasting":
                return self._lasting()
            case "since":
                return self._since("they last got in touch")
            case "contact":
                return self._since("you were last in touch")
            case "moment":
                return self._moment()
            case "by":
                known = self.situation.interview is not None
                return f"by {self._moment()}" if known else f"within {self._moment()}".replace(" after ", " of ")
            case "day":
                return self._day()
            case "present":
                known = self.situation.interview is not None
                return f"{clock_in_words(self._local)} on {self._local:%A}" if known else self._moment()
            case "length":
                return spoken(self.time)
            case "span":
                return in_hours(self.time)
            case "limit":
                return exactly(self.time)
        raise ValueError(f"{spec!r} is no format of a time")

    @property
    def _local(self) -> datetime:
        return self.situation.local_time(self.time)

    @property
    def _elapsed(self) -> timedelta:
        """How long ago it was, as hours or by the clock on the wall, whichever is longer."""
        s = self.situation
        elapsed = s.now - self.time
        return elapsed if s.interview is None else max(elapsed, s.local_time(s.now) - self._local)

    @property
    def _days_back(self) -> int | None:
        """How many midnights lie between then and now, if the date is known."""
        s = self.situation
        return None if s.interview is None else (s.local_time(s.now).date() - self._local.date()).days

    def _ago(self) -> str:
        if self._elapsed < AN_HOUR:
            words = spoken(self._elapsed)
            return "just now" if words == "a moment" else f"{words} ago"
        match self._days_back:
            case 1:
                return "yesterday"
            case 2 | 3 | 4 | 5 | 6:
                return f"on {self._local:%A}"
        return f"{spoken(self._elapsed)} ago"

    def _when(self) -> str:
        days = self._days_back
        if days is None or self._elapsed < AN_HOUR:
            return self._ago()
        if days < 2:
            clock = clock_in_words(self._local)
            return f"yesterday at {clock}" if days else f"at {clock} today"
        return f"on {self._moment()}"

    def _lasting(self) -> str:
        s = self.situation
        at_the_interview = self.time == s.round_began == AT_THE_INTERVIEW
        return f"since {self._moment()}" if s.interview or at_the_interview else f"for {spoken(self._elapsed)}"

    def _since(self, event: str) -> str:
        start = "the interview" if self.time == self.situation.round_began else event
        return f"{spoken(self._elapsed)} since {start}"

    def _moment(self) -> str:
        """The moment, fit to follow 'until', 'since' or 'by'. The last minute of a day stands for the whole of it."""
        if self.situation.interview is None:
            return self._from_the_interview()
        local, day, clock = self._local, self._named_day(), clock_in_words(self._local)
        if local.time() == LAST_MINUTE:
            return f"the end of {day}"
        return f"{clock} {day}" if self._days_back in NEIGHBOURS else f"{day} at {clock}"

    def _day(self) -> str:
        if self.situation.interview is None:
            return self._from_the_interview()
        day = self._named_day()
        return day if self._days_back in NEIGHBOURS else f"on {day}"

    def _named_day(self) -> str:
        local, near = self._local, abs(self.time - self.situation.now) < NEAR
        return NEIGHBOURS.get(self._days_back, f"{local:%A}" if near else f"{local:%A} {local.day} {local:%B}")

    def _from_the_interview(self) -> str:
        """The moment where the date is not known: in whole hours or days, those to come rounded up."""
        if self.time == AT_THE_INTERVIEW:
            return "the interview"
        length = abs(self.time)
        unit = AN_HOUR if length < 3 * A_DAY else A_DAY
        later = self.time > self.situation.now
        length = -(-length // unit) * unit if later else length // unit * unit
        return f"{exactly(length)} {'after' if self.time > AT_THE_INTERVIEW else 'before'} the interview"
