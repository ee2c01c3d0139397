"""Turns the entries of the form into an application, and an application into entries."""

from __future__ import annotations

from datetime import datetime

from etiquette.plan.application import Application
from etiquette.plan.form import FormEntries


class FormError(ValueError):
    """A form cannot be used as it is. `problems` maps the name of each wrong field to a sentence for the learner."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def parse_form(entries: FormEntries, now: datetime) -> Application:
    """The application that these entries describe.

    Raises:
        FormError: Some entries cannot be used. Fields of rows are named as in 'rows[2].time'.
    """
    raise NotImplementedError


def understood(entries: FormEntries, now: datetime) -> dict[str, str]:
    """How the entries in free words are read: a sentence for each of `hearing`, `place` and 'rows[2].then'."""
    raise NotImplementedError


def form_of(application: Application) -> FormEntries:
    """The entries that describe this application: the inverse of `parse_form`."""
    raise NotImplementedError
