"""A workshop: learners in a room vote on the same questions, and a facilitator sets the pace.

An `Agenda` lists the questions and stories of a session. A `Room` is the session's state, an immutable value; each
`Command` produces the next one. Snapshots hold what a learner, the projector and the facilitator may see. The debrief
and its exports are computed from the votes. `room.store` persists all of it.
"""

from etiquette.room.access import (
    AttemptLimit,
    check_token,
    clean_nickname,
    derive_token,
    format_code,
    hash_token,
    matches_hash,
    new_code,
    new_secret,
    parse_code,
    projector_secret,
)
from etiquette.room.agenda import Agenda, AgendaPart, FreeQuestion, Play
from etiquette.room.debrief import (
    AlonePaths,
    BranchPoint,
    DecisionResult,
    LearnerDebrief,
    LearnerDecision,
    LearnerPath,
    MissedGuideline,
    RoomDebrief,
    TogetherPath,
    debrief_learner,
    debrief_room,
)
from etiquette.room.errors import MovedOnError, RoomError, StoreError
from etiquette.room.exports import as_csv, as_json_lines
from etiquette.room.prompt import Prompt, PromptOption
from etiquette.room.session import VOTES_PER_QUESTION, Command, Phase, Room, Stage
from etiquette.room.snapshots import (
    BallotAnswer,
    Counts,
    FacilitatorSnapshot,
    LearnerSnapshot,
    Person,
    ProjectorSnapshot,
    Revealed,
    Screen,
    facilitator_snapshot,
    learner_snapshot,
    screen_of,
)
from etiquette.room.speaker_notes import SpeakerNotes, speaker_notes
from etiquette.room.usual_course import next_step
from etiquette.room.votes import Movement, Tally, Vote, count_votes

__all__ = [
    "VOTES_PER_QUESTION",
    "Agenda",
    "AgendaPart",
    "AlonePaths",
    "AttemptLimit",
    "BallotAnswer",
    "BranchPoint",
    "Command",
    "Counts",
    "DecisionResult",
    "FacilitatorSnapshot",
    "FreeQuestion",
    "LearnerDebrief",
    "LearnerDecision",
    "LearnerPath",
    "LearnerSnapshot",
    "MissedGuideline",
    "MovedOnError",
    "Movement",
    "Person",
    "Phase",
    "Play",
    "ProjectorSnapshot",
    "Prompt",
    "PromptOption",
    "Revealed",
    "Room",
    "RoomDebrief",
    "RoomError",
    "Screen",
    "SpeakerNotes",
    "Stage",
    "StoreError",
    "Tally",
    "TogetherPath",
    "Vote",
    "as_csv",
    "as_json_lines",
    "check_token",
    "clean_nickname",
    "count_votes",
    "debrief_learner",
    "debrief_room",
    "derive_token",
    "facilitator_snapshot",
    "format_code",
    "hash_token",
    "learner_snapshot",
    "matches_hash",
    "new_code",
    "new_secret",
    "next_step",
    "parse_code",
    "projector_secret",
    "screen_of",
    "speaker_notes",
]
