"""How a verdict looks: its name and an icon, so that its meaning never depends on colour alone."""

from __future__ import annotations

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.judge import Verdict
from etiquette.views.controls.announcer import Announcer
from etiquette.views.controls.view import View

VERDICT_SIGNS = {
    Verdict.PERSISTENT: "M4 10.5l4 4 8-9",
    Verdict.PATIENT: "M7 5v10M13 5v10",
    Verdict.PESKY: "M10 4v8M10 15.5v.5",
    Verdict.PASSIVE: "M4.5 10h11",
}
"""SVG path data, in a box of 20 by 20."""

VERDICT_MEANINGS = {
    Verdict.PERSISTENT: "asked for or allowed, and in time",
    Verdict.PATIENT: "you owe them nothing, and they need time",
    Verdict.PESKY: "too much, too soon or too often",
    Verdict.PASSIVE: "too little or too late",
}


def badge(verdict: Verdict, label: str = "") -> Markup:
    """The verdict's icon and a label, its name by default."""
    return Markup(
        '<span class="pp-badge pp-{0}"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="{1}"/></svg>{2}</span>'
    ).format(verdict, VERDICT_SIGNS[verdict], label or verdict.capitalize())


def verdict_table() -> Markup:
    """The four verdicts as a table: making contact and holding back, right and wrong."""

    def cell(verdict: Verdict) -> Markup:
        return Markup("<td>{}<p>{}</p></td>").format(badge(verdict), VERDICT_MEANINGS[verdict])

    return Markup(
        '<table class="pp-four"><caption class="pp-unseen">The four verdicts</caption>'
        '<thead><tr><td></td><th scope="col">right</th><th scope="col">wrong</th></tr></thead><tbody>'
        '<tr><th scope="row">make contact</th>{}{}</tr><tr><th scope="row">hold back</th>{}{}</tr></tbody></table>'
    ).format(cell(Verdict.PERSISTENT), cell(Verdict.PESKY), cell(Verdict.PATIENT), cell(Verdict.PASSIVE))


class FourVerdicts(View):
    """The four verdicts, for a notebook cell."""

    def __init__(self) -> None:
        self.announcer = Announcer()
        super().__init__([HTML(verdict_table())], root=True)


def four_verdicts() -> FourVerdicts:
    """The four verdicts, for a notebook cell."""
    return FourVerdicts()
