"""What a reason is, and the names of the guidelines. The texts are in `reasons_references` and the modules beside it.

Which reason applies is decided in `guidelines`. A text names the times of the situation as `{email:when}`; `SpokenTime`
has the formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from etiquette.judge.situation import Situation
from etiquette.judge.spoken_times import SpokenTime

GUIDELINE_TITLES = {
    "references": "References",
    "thank-you": "Thanks",
    "calling": "Calling",
    "principle": "Giving them time",
}
GUIDELINE_SENTENCES = {
    "references": "If they ask for your references, send them as soon as you can, before anything else.",
    "thank-you": "Send one email of thanks, at the right time. Don’t ask in it whether you got the job.",
    "calling": "Email before you call, and call only once. If nobody answers, leave a friendly voicemail and wait.",
    "principle": "Give them time, answer when they write, and don’t nag.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Templates of a sentence or two for the learner, and of how we read the article if it leaves the matter open.

    The text says the principle and what to do instead. `also` says the same in other words, for a quiz that never
    repeats a sentence: no sentence stands in two wordings, of this reason or of another.
    """

    text: str
    reading: str = ""
    also: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """All wordings, `text` first."""
        return (self.text, *self.also)


def fill_template(template: str, situation: Situation, times: tuple[tuple[str, timedelta], ...]) -> str:
    """The text of a template, given its times by name."""
    return template.format_map({name: SpokenTime(situation, time) for name, time in times})
