"""A visit to the page, in a process that has been warmed up as the snapshot's is. Prints, as JSON, which files of the
package it still reads, and which packages it still imports.
"""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import etiquette
from etiquette.judge import ARTICLE
from etiquette.practice import Mode
from etiquette.sessions import Session
from etiquette.site.worker import WorkerEnvironment
from etiquette.stories import library
from etiquette.views import App, DraftView, FollowUp, QuizView, set_environment
from tests.views.drawn import buttons

PACKAGE = Path(etiquette.__file__).parent
WARM = PACKAGE / "site" / "freeze" / "warm.py"
ASKING = "Dear Ms Okafor, thank you for the hour. Did I get the clerk job? Hannah Pryce"
ENTRIES = {"job": "payroll clerk", "day": "2026-03-03", "time": "11:00", "place": "Toronto"}
"""What is typed into the form, by the name of the field."""


def main() -> None:
    warm = runpy.run_path(str(WARM), run_name="warm")
    warm["preload"]()
    opened, imported = set[str](), set(sys.modules)

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]).startswith(str(PACKAGE)):
            opened.add(str(arguments[0]))

    platform = warm["LoopOfItsOwn"]()
    session = Session(platform, lambda _: None)

    def do(step: Callable[..., Any], *arguments: Any) -> Any:
        result = session.run(step, *arguments)
        platform.run_all()
        return result

    sys.addaudithook(note)
    do(set_environment, WorkerEnvironment(session, ARTICLE))
    visit(do(App), do)
    print(json.dumps({"opened": sorted(opened), "imported": sorted({*sys.modules} - imported)}))


def visit(app: App, do: Callable[..., Any]) -> None:
    """Play every story, pass a quiz, read the lessons, have a draft judged, make a plan, and look at the progress."""
    for name in library():
        do(app.go, f"practise/stories/{name}")
        assert app.player
        while app.player.showing != "debrief":
            do(buttons(app.player.choices)[0].click)
            do(app.player.onward.click)
    do(app.go, "practise/quiz")
    do(pass_quiz, app.quiz)
    for address in app.addresses:
        do(app.go, address)
    draft, follow_up = app.parts["my-interview/draft"], app.parts["my-interview/plan"]
    assert isinstance(draft, DraftView)
    assert isinstance(follow_up, FollowUp)
    do(setattr, draft.field, "value", ASKING)
    do(draft.judge_button.click)
    assert draft.assessment
    do(setattr, follow_up.browser_zone, "zone", "Asia/Tokyo")
    do(fill_in, follow_up)
    for _ in range(3):
        do(follow_up.submit.click)
    assert follow_up.plan
    do(app.go, "practise/review")


def pass_quiz(view: QuizView) -> None:
    """Take a graded quiz of five questions."""
    view._begin(5, Mode.GRADED)
    while view.sitting and view.sitting.question:
        view.choices.click(str(view.sitting.question.best))
        view.sure.click("SURE")
    assert view.link.href


def fill_in(view: FollowUp) -> None:
    """Type into the form."""
    for name, field in view.form._fields_by_name():
        if name in ENTRIES:
            field.text = ENTRIES[name]


if __name__ == "__main__":
    main()
