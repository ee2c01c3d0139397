"""The scene in Shiny for Python: `python scene_shiny.py STORIES PORT`."""
# mypy: ignore-errors

import json
import sys
from functools import partial

from shiny import App, reactive, render, run_app, ui

STORIES = json.loads(sys.argv[1])
MOST_CHOICES = max(len(story["choices"]) for story in STORIES)


def buttons(name, labels):
    """A button for each label, with the name and a number for its id."""
    return [ui.input_action_button(f"{name}{number}", label) for number, label in enumerate(labels)]


def server(input, output, session):  # noqa: ARG001
    """What one visitor sees."""
    opened, chosen = reactive.value(None), reactive.value(None)

    def open_story(number):
        opened.set(STORIES[number])
        chosen.set(None)

    def on_click(name, work):
        reactive.effect(reactive.event(input[name])(work))

    for number in range(len(STORIES)):
        on_click(f"story{number}", partial(open_story, number))
    for number in range(MOST_CHOICES):
        on_click(f"choice{number}", partial(chosen.set, number))

    @render.ui
    def story():
        if opened() is None:
            return None
        return ui.div(ui.p(opened()["text"]), *buttons("choice", (each["says"] for each in opened()["choices"])))

    @render.ui
    def feedback():
        return None if chosen() is None else ui.p(opened()["choices"][chosen()]["feedback"], class_="pp-feedback")


titles = buttons("story", (story["title"] for story in STORIES))
page = ui.page_fluid(ui.h1("Stories"), *titles, ui.output_ui("story"), ui.output_ui("feedback"))
run_app(App(page, server), port=int(sys.argv[2]))
