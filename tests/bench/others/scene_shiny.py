"""The scene in Shiny for Python: `python scene_shiny.py PORT STORIES.json`."""
# mypy: ignore-errors

import json
import sys
from functools import partial
from pathlib import Path

from shiny import App, reactive, render, run_app, ui

STORIES = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
MOST_CHOICES = max(len(story["choices"]) for story in STORIES)

page = ui.page_fluid(
    ui.h1("Stories"),
    *(ui.input_action_button(f"story{number}", story["title"]) for number, story in enumerate(STORIES)),
    ui.output_ui("story"),
    ui.output_ui("feedback"),
)


def server(input, output, session):  # noqa: ARG001
    """What one visitor sees."""
    story, chosen = reactive.value(None), reactive.value(None)

    def open_story(number):
        story.set(STORIES[number])
        chosen.set(None)

    def on_click(name, work):
        reactive.effect(reactive.event(input[name])(work))

    for number in range(len(STORIES)):
        on_click(f"story{number}", partial(open_story, number))
    for number in range(MOST_CHOICES):
        on_click(f"choice{number}", partial(chosen.set, number))

    @output(id="story")
    @render.ui
    def _():
        if story() is None:
            return None
        buttons = (
            ui.input_action_button(f"choice{number}", choice["says"], class_="pp-choice")
            for number, choice in enumerate(story()["choices"])
        )
        return ui.div(ui.p(story()["text"]), *buttons)

    @output(id="feedback")
    @render.ui
    def _():
        return None if chosen() is None else ui.p(story()["choices"][chosen()]["feedback"], class_="pp-feedback")


run_app(App(page, server), port=int(sys.argv[1]))
