"""The held-out set of labelled drafts. Do not look at it while tuning the classifier."""

from __future__ import annotations

import json
from pathlib import Path

HELD_OUT = [
    json.loads(line) for line in (Path(__file__).parent / "unseen.jsonl").read_text(encoding="utf-8").splitlines()
]
LABELS = {
    "thanks",
    "looks_forward",
    "asks_outcome",
    "demands_or_pressures",
    "acknowledges_busy",
    "inquires_status",
    "at_convenience",
    "attaches_references",
    "apologetic_desperate",
    "overlong",
    "names_role_or_interview",
    "identifies_sender",
}


def test_every_draft_is_fully_labelled() -> None:
    assert len({draft["id"] for draft in HELD_OUT}) == len(HELD_OUT) == 64
    for draft in HELD_OUT:
        assert draft["kind"] in ("thank_you_email", "references_email", "status_email", "voicemail")
        assert draft["verdict"] in ("persistent", "borderline", "pesky")
        assert set(draft["labels"]) == LABELS
        assert draft["labels"]["overlong"] == (len(draft["text"].split()) > 200)


def test_a_draft_that_asks_for_the_outcome_or_presses_is_labelled_pesky() -> None:
    for draft in HELD_OUT:
        if draft["labels"]["asks_outcome"] or draft["labels"]["demands_or_pressures"]:
            assert draft["verdict"] == "pesky", draft["id"]
