"""The standing meter, with pesky on its left and passive on its right."""

from __future__ import annotations

from math import tau

from markupsafe import Markup

from etiquette.judge import Verdict
from etiquette.stories import HIGHEST_STANDING, STARTING_STANDING, Run

RADIUS = 17
CIRCUMFERENCE = tau * RADIUS


def meter(run: Run) -> Markup:
    """The learner's standing. The number and the ring show its value, the position what was lost to which verdict."""
    pesky, passive = standing_lost(run, Verdict.PESKY), standing_lost(run, Verdict.PASSIVE)
    lean = max(-STARTING_STANDING, min(STARTING_STANDING, passive - pesky))
    lost = f"{pesky} to pesky steps and {passive} to passive ones" if pesky or passive else "nothing so far"
    words = f"Standing {run.standing} out of {HIGHEST_STANDING}. You have lost {lost}."
    return Markup("""
<svg class="pp-meter" role="img" aria-label="{words}" width="100%" height="58">
  <line class="pp-track" x1="10%" x2="90%" y1="20" y2="20"/>
  <line class="pp-tick" x1="10%" x2="10%" y1="12" y2="28"/>
  <line class="pp-tick" x1="50%" x2="50%" y1="12" y2="28"/>
  <line class="pp-tick" x1="90%" x2="90%" y1="12" y2="28"/>
  <text class="pp-pesky" x="10%" y="54" text-anchor="middle">pesky</text>
  <text class="pp-muted" x="50%" y="54" text-anchor="middle">in good standing</text>
  <text class="pp-passive" x="90%" y="54" text-anchor="middle">passive</text>
  <svg class="pp-needle" x="{x:.1f}%" y="20" overflow="visible">
    <circle class="pp-dial" r="{radius}"/>
    <circle class="pp-fill" r="{radius}" transform="rotate(-90)" stroke-dasharray="{filled:.1f} {around:.1f}"/>
    <text class="pp-number" y="6" text-anchor="middle">{standing}</text>
  </svg>
</svg>""").format(
        words=words,
        x=50 + 40 * lean / STARTING_STANDING,
        radius=RADIUS,
        around=CIRCUMFERENCE,
        filled=CIRCUMFERENCE * run.standing / HIGHEST_STANDING,
        standing=run.standing,
    )


def standing_lost(run: Run, verdict: Verdict) -> int:
    """How much standing the steps with this verdict have cost so far; negative if they have raised it."""
    before = (STARTING_STANDING, *(decision.standing for decision in run.decisions))
    return sum(
        standing - decision.standing
        for standing, decision in zip(before, run.decisions, strict=False)
        if decision.assessment.verdict is verdict
    )
