"""A session to take away: a table of its figures as CSV, and every vote as a line of JSON."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterator
from typing import Any

from etiquette.practice import format_timestamp
from etiquette.room.agenda import Prompt
from etiquette.room.debrief import RoomDebrief
from etiquette.room.session import Stage
from etiquette.room.votes import Vote

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take UTF-8 for something else
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
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
HOME = "http://localhost/"


def as_csv(debriefing: RoomDebrief) -> str:
    """The figures of every decision, a line for each option, in the manner of RFC 4180.

    No cell is taken for a formula: where one would begin like that, it begins with an apostrophe.
    """
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for line in debriefing.lines:
        prompt = line.prompt
        for number, option in enumerate(prompt.options):
            table.writerow(
                [
                    line.number,
                    harmless(prompt.id),
                    prompt.guideline,
                    "yes" if line.contested else "no",
                    number + 1,
                    harmless(option.says),
                    option.assessment.verdict.value,
                    option.credit,
                    "yes" if number == prompt.best else "no",
                    "yes" if number == line.choice else "no",
                    line.tallies[0].counts[number],
                    line.tallies[0].percent(number),
                    line.tallies[-1].counts[number],
                    line.tallies[-1].percent(number),
                ]
            )
    return BYTE_ORDER_MARK + out.getvalue()


def harmless(text: str) -> str:
    """A text as a spreadsheet shows it, and does not calculate it, on one line."""
    flat = " ".join(text.split())
    return "'" + flat if text.startswith(FORMULAS) or flat.startswith(FORMULAS) else flat


def as_json_lines(debriefing: RoomDebrief, code: str, home: str = HOME, *, nicknames: bool = False) -> str:
    """Every vote of the debrief as a statement in the shape of xAPI, one a line, in the order in which they were cast.

    People are numbers of this room; `nicknames` adds what they called themselves, unless the facilitator has hidden
    it. `home` is the address of whoever vouches for the numbers.
    """
    lines = (
        json.dumps(each, ensure_ascii=False, separators=(",", ":"))
        for each in _statements(debriefing, code, home, nicknames=nicknames)
    )
    return "".join(line + "\n" for line in lines)


def _statements(debriefing: RoomDebrief, code: str, home: str, *, nicknames: bool) -> Iterator[dict[str, Any]]:
    room = debriefing.room
    named = {each.number: each.nickname for each in debriefing.people if each.nickname and not each.hidden}
    opened = debriefing.votes[0].at if debriefing.votes else None
    session = uuid.uuid5(uuid.NAMESPACE_URL, f"{home}rooms/{code}/{opened}")
    stages = {ballot: (at, stage) for at, stage in enumerate(room.stages) for ballot in stage.ballots}
    told = {line.stage for line in debriefing.lines} | {paths.stage for paths in debriefing.alone}
    prompt = {line.stage: line.prompt for line in debriefing.lines}
    ways: dict[tuple[int, int], list[int]] = {}
    for vote in sorted(debriefing.votes, key=lambda vote: (vote.ballot, vote.person, vote.turn)):
        ways.setdefault((vote.ballot, vote.person), []).append(vote.option)
    for vote in debriefing.votes:
        at, stage = stages[vote.ballot]
        if at not in told:
            continue
        decision = prompt.get(at) or _along(debriefing, stage, ways[vote.ballot, vote.person][: vote.turn])
        actor: dict[str, Any] = {
            "objectType": "Agent",
            "account": {"homePage": home, "name": f"{code}-{vote.person}"},
        }
        if nicknames and vote.person in named:
            actor["name"] = named[vote.person]
        yield {
            "id": str(uuid.uuid5(session, f"{vote.ballot} {vote.person} {vote.turn}")),
            "actor": actor,
            "verb": ANSWERED,
            "object": _object(decision, home),
            "result": _result(decision, vote, home),
            "context": {
                "registration": str(session),
                "extensions": {f"{home}vote": stage.ballots.index(vote.ballot) + 1},
            },
            "timestamp": format_timestamp(vote.at),
        }


def _along(debriefing: RoomDebrief, stage: Stage, way: list[int]) -> Prompt:
    return Prompt.of_run(debriefing.room.run_along(stage, way))


def _object(prompt: Prompt, home: str) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"{home}decisions/{prompt.id}",
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


def _result(prompt: Prompt, vote: Vote, home: str) -> dict[str, Any]:
    option = prompt.options[vote.option]
    extensions: dict[str, Any] = {f"{home}verdict": option.assessment.verdict.value}
    if vote.sureness is not None:
        extensions[f"{home}sureness"] = vote.sureness.name.lower()
    return {
        "response": str(vote.option + 1),
        "success": vote.option == prompt.best,
        "score": {"scaled": option.credit / 100, "raw": option.credit, "min": 0, "max": 100},
        "extensions": extensions,
    }
