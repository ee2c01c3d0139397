"""The scene in NiceGUI: `python scene_nicegui.py STORIES PORT`."""
# mypy: ignore-errors

import json
import sys
from functools import partial

from nicegui import ui

STORIES = json.loads(sys.argv[1])


@ui.page("/")
def page():
    """What one visitor sees."""

    def open_story(story):
        feedback.clear()
        scene.clear()
        with scene:
            ui.label(story["text"])
            for choice in story["choices"]:
                ui.button(choice["says"], on_click=partial(choose, choice))

    def choose(choice):
        feedback.clear()
        with feedback:
            ui.label(choice["feedback"]).classes("pp-feedback")

    ui.label("Stories").classes("text-h4")
    for story in STORIES:
        ui.button(story["title"], on_click=partial(open_story, story))
    scene, feedback = ui.column(), ui.column()


ui.run(host="127.0.0.1", port=int(sys.argv[2]), reload=False, show=False, title="Stories")
