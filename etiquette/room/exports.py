"""Exports of a session: the numbers of every decision as CSV, and every vote as a line of JSON."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from etiquette.practice import format_timestamp
from etiquette.room.debrief import RoomDebrief
from etiquette.room.prompt import Prompt
from etiquette.room.votes import Vote

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets do not recognise UTF-8
FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = (
    "decision",
    "id",
    "guideline",
    "contested",
    "option",
    "says",
    "verdict",
    "credit",
    "best",
    "happened",
    "first_votes",
    "first_percent",
    "last_votes",
    "last_percent",
)

ANSWERED = {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}}
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
HOME_PAGE = "http://localhost/"
"""The xAPI `homePage` of every account: the address of the site that issued people’s numbers."""


def as_csv(debrief: RoomDebrief) -> str:
    """A row for each option of each decision, as CSV (RFC 4180).

    A cell that a spreadsheet would read as a formula is prefixed with an apostrophe.
    """
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for decision in debrief.decisions:
        prompt, first, last = decision.prompt, decision.tallies[0], decision.tallies[-1]
        for number, option in enumerate(prompt.options):
            table.writerow(
                [
                    decision.number,
                    escape_cell(prompt.id),
                    prompt.guideline,
                    "yes" if decision.contested else "no",
                    number + 1,
                    escape_cell(option.says),
                    option.verdict,
                    option.credit,
                    "yes" if number == prompt.best else "no",
                    "yes" if number == decision.choice else "no",
                    first.counts[number],
                    first.percent(number),
                    last.counts[number],
                    last.percent(number),
                ]
            )
    return BYTE_ORDER_MARK + out.getvalue()


def escape_cell(text: str) -> str:
    """A text on one line, escaped so that a spreadsheet shows it instead of calculating it."""
    flat = " ".join(text.split())
    return "'" + flat if text.startswith(FORMULA_PREFIXES) or flat.startswith(FORMULA_PREFIXES) else flat


def as_json_lines(debrief: RoomDebrief, code: str, *, nicknames: bool = False) -> str:
    """Every vote of the debrief as an xAPI statement, one on each line, in the order in which they were cast.

    People are identified by their numbers in the room; `nicknames` adds the nicknames that the facilitator has not
    hidden.
    """
    statements = _statements(debrief, code, nicknames=nicknames)
    return "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in statements)


def _statements(debrief: RoomDebrief, code: str, *, nicknames: bool) -> Iterator[dict[str, Any]]:
    room = debrief.room
    names = {each.number: each.nickname for each in debrief.people if each.nickname and not each.hidden}
    first_vote = debrief.votes[0].at if debrief.votes else None
    session = uuid.uuid5(uuid.NAMESPACE_URL, f"{HOME_PAGE}rooms/{code}/{first_vote}")
    stages = {ballot: (index, stage) for index, stage in enumerate(room.stages) for ballot in stage.ballots}
    prompts = {each.stage: each.prompt for each in debrief.decisions}
    included = prompts.keys() | {each.stage for each in debrief.alone}
    paths: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for vote in sorted(debrief.votes, key=lambda vote: vote.turn):
        paths[vote.ballot, vote.person].append(vote.option)
    for vote in debrief.votes:
        index, stage = stages[vote.ballot]
        if index not in included:
            continue
        path = paths[vote.ballot, vote.person][: vote.turn]
        prompt = prompts.get(index) or Prompt.of_run(room.replay(stage, path))
        account = {"homePage": HOME_PAGE, "name": f"{code}-{vote.person}"}
        actor: dict[str, Any] = {"objectType": "Agent", "account": account}
        if nicknames and vote.person in names:
            actor["name"] = names[vote.person]
        yield {
            "id": str(uuid.uuid5(session, f"{vote.ballot} {vote.person} {vote.turn}")),
            "actor": actor,
            "verb": ANSWERED,
            "object": _object(prompt),
            "result": _result(prompt, vote),
            "context": {
                "registration": str(session),
                "extensions": {f"{HOME_PAGE}vote": stage.ballots.index(vote.ballot) + 1},
            },
            "timestamp": format_timestamp(vote.at),
        }


def _object(prompt: Prompt) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"{HOME_PAGE}decisions/{prompt.id}",
        "definition": {
            "type": INTERACTION,
            "interactionType": "choice",
            "choices": [
                {"id": str(number + 1), "description": {"en": option.says}}
                for number, option in enumerate(prompt.options)
            ],
            "correctResponsesPattern": [str(prompt.best + 1)],
        },
    }


def _result(prompt: Prompt, vote: Vote) -> dict[str, Any]:
    option = prompt.options[vote.option]
    extensions: dict[str, Any] = {f"{HOME_PAGE}verdict": option.verdict}
    if vote.sureness is not None:
        extensions[f"{HOME_PAGE}sureness"] = vote.sureness.name.lower()
    return {
        "response": str(vote.option + 1),
        "success": vote.option == prompt.best,
        "score": {"scaled": option.credit / 100, "raw": option.credit, "min": 0, "max": 100},
        "extensions": extensions,
    }
