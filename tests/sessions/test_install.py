"""Code outside all sessions, such as a notebook's, has its widgets as if there were no sessions."""

from __future__ import annotations

import comm
from ipywidgets import Label, Widget
from ipywidgets.widgets import widget as registry

from etiquette.sessions import install
from tests.sessions.conftest import NotebookComm
from tests.sessions.page import Page


def test_a_notebook_s_widgets_are_registered_where_they_were_before(notebook_widgets: dict[str, Widget]) -> None:
    label = Label()
    assert notebook_widgets[label.model_id] is label
    assert registry._instances[label.model_id] is label
    label.close()
    assert label not in notebook_widgets.values()


def test_a_notebook_s_widgets_have_the_comms_of_its_kernel() -> None:
    label = Label()
    assert type(label.comm) is NotebookComm


def test_a_session_and_a_notebook_do_not_see_each_other(notebook_widgets: dict[str, Widget]) -> None:
    page, outside = Page(), Label()
    inside = page.make(Label)
    assert set(page.session.widgets).isdisjoint(notebook_widgets)
    assert inside.model_id not in registry._instances
    assert outside.model_id not in page.states()["states"]


def test_installing_twice_changes_nothing() -> None:
    before = comm.create_comm, registry._instances
    install()
    assert (comm.create_comm, registry._instances) == before
