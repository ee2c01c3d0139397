"""The standing meter: pesky on one side, passive on the other."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from etiquette.judge import Verdict
from etiquette.stories import HIGHEST_STANDING, STARTING_STANDING, Run

RADIUS = 22
AROUND = 2 * 3.14159265 * RADIUS


def meter(run: Run) -> Markup:
    """Where the learner stands. The number and the ring are the standing; the place is what it was lost to."""
    pesky, passive = lost(run, Verdict.PESKY), lost(run, Verdict.PASSIVE)
    lean = max(-STARTING_STANDING, min(STARTING_STANDING, passive - pesky))
    words = f"Standing {run.standing} of {HIGHEST_STANDING}. " + (
        f"Lost so far: {pesky} to pesky steps, {passive} to passive ones."
        if pesky or passive
        else "Nothing lost so far."
    )
    return Markup("""
<svg class="pp-meter" role="img" aria-label="{words}" width="100%" height="76">
  <line class="pp-track" x1="10%" x2="90%" y1="30" y2="30"/>
  <line class="pp-tick" x1="10%" x2="10%" y1="22" y2="38"/>
  <line class="pp-tick" x1="50%" x2="50%" y1="22" y2="38"/>
  <line class="pp-tick" x1="90%" x2="90%" y1="22" y2="38"/>
  <text class="pp-pesky" x="10%" y="68" text-anchor="middle">pesky</text>
  <text class="pp-muted" x="50%" y="68" text-anchor="middle">in good standing</text>
  <text class="pp-passive" x="90%" y="68" text-anchor="middle">passive</text>
  <svg class="pp-needle" x="{x:.1f}%" y="30" overflow="visible">
    <circle class="pp-dial" r="{radius}"/>
    <circle class="pp-fill" r="{radius}" transform="rotate(-90)" stroke-dasharray="{filled:.1f} {around:.1f}"/>
    <text class="pp-number" y="6" text-anchor="middle">{standing}</text>
  </svg>
</svg>""").format(
        words=words,
        x=50 + 40 * lean / STARTING_STANDING,
        radius=RADIUS,
        around=AROUND,
        filled=AROUND * run.standing / HIGHEST_STANDING,
        standing=run.standing,
    )


def lost(run: Run, verdict: Verdict) -> int:
    """What steps of this verdict have cost in standing so far."""
    before = (STARTING_STANDING, *(step.standing for step in run.steps))
    steps: Iterable[tuple[int, int]] = (
        (earlier, step.standing)
        for earlier, step in zip(before, run.steps, strict=False)
        if step.assessment.verdict is verdict
    )
    return sum(earlier - later for earlier, later in steps)
