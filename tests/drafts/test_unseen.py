"""The labelled drafts that are kept aside: whoever tunes a judge of words does not look at them."""

from __future__ import annotations

import json
from pathlib import Path

UNSEEN = [
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
    assert len({draft["id"] for draft in UNSEEN}) == len(UNSEEN) == 64
    for draft in UNSEEN:
        assert draft["kind"] in ("thank_you_email", "references_email", "status_email", "voicemail")
        assert draft["verdict"] in ("persistent", "borderline", "pesky")
        assert set(draft["labels"]) == LABELS
        assert draft["labels"]["overlong"] == (len(draft["text"].split()) > 200)


def test_asking_for_the_outcome_or_pressing_for_it_is_always_pesky() -> None:
    for draft in UNSEEN:
        if draft["labels"]["asks_outcome"] or draft["labels"]["demands_or_pressures"]:
            assert draft["verdict"] == "pesky", draft["id"]
