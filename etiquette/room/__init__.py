"""A workshop: learners in a room vote on the same questions, and a facilitator sets the pace.

An `Agenda` lists the questions and stories of a session; a `PreparedSession` is one that is saved for another day. A
`Room` is the session's state, an immutable value; each `Command` produces the next one. Snapshots hold what a learner,
the projector and the facilitator may see. The debrief and its exports are computed from the votes. `room.store`
persists all of it.
"""

from etiquette.room.access import (
    AttemptLimit,
    check_token,
    clean_nickname,
    derive_token,
    distinct_nickname,
    format_code,
    hash_token,
    matches_hash,
    new_code,
    new_secret,
    parse_code,
    projector_secret,
    same_nickname,
)
from etiquette.room.agenda import Agenda, AgendaPart, FreeQuestion, Play, SavedAgenda
from etiquette.room.debrief import (
    AlonePaths,
    DecisionResult,
    FreeAnswers,
    MissedGuideline,
    PlayedMoment,
    RoomDebrief,
    TogetherPath,
    debrief_room,
)
from etiquette.room.errors import MovedOnError, RoomError, StoreError
from etiquette.room.exports import as_csv_archive, as_json_lines
from etiquette.room.guessing import GuessLimits, Source
from etiquette.room.judged_entries import (
    KIND_CHOICES,
    OptionEntries,
    moment_problem,
    option_entries,
    read_judged_question,
    read_moment,
)
from etiquette.room.judged_question import FEWEST_OPTIONS, MOST_OPTIONS, JudgedQuestion, OwnOption
from etiquette.room.judged_story import draft_story
from etiquette.room.learner_debrief import (
    FinalAnswer,
    LearnerDebrief,
    LearnerDecision,
    LearnerPath,
    debrief_learner,
)
from etiquette.room.prepared import (
    LARGEST_FILE,
    NAME_TAKEN,
    PreparedSession,
    UnreadableSession,
    check_name,
    free_name,
    shipped_sessions,
)
from etiquette.room.prompt import Prompt, PromptOption
from etiquette.room.questions import (
    MAX_QUESTION_LENGTH,
    QuestionState,
    RoomQuestion,
    check_pace,
    check_room_for_more,
    clean_question,
    mark_question,
)
from etiquette.room.room_key import RoomKey
from etiquette.room.session import DAMAGED_STATE, VOTES_PER_QUESTION, Command, Phase, Room, Stage
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
from etiquette.room.tables import OPTION_LETTERS, decision_title, session_tables, topic_of
from etiquette.room.timing import minutes, total_minutes
from etiquette.room.usual_course import next_step, previous_step
from etiquette.room.votes import Movement, Tally, Vote, count_votes
from etiquette.room.workbook import as_workbook

__all__ = [
    "DAMAGED_STATE",
    "FEWEST_OPTIONS",
    "KIND_CHOICES",
    "LARGEST_FILE",
    "MAX_QUESTION_LENGTH",
    "MOST_OPTIONS",
    "NAME_TAKEN",
    "OPTION_LETTERS",
    "VOTES_PER_QUESTION",
    "Agenda",
    "AgendaPart",
    "AlonePaths",
    "AttemptLimit",
    "BallotAnswer",
    "Command",
    "Counts",
    "DecisionResult",
    "FacilitatorSnapshot",
    "FinalAnswer",
    "FreeAnswers",
    "FreeQuestion",
    "GuessLimits",
    "JudgedQuestion",
    "LearnerDebrief",
    "LearnerDecision",
    "LearnerPath",
    "LearnerSnapshot",
    "MissedGuideline",
    "MovedOnError",
    "Movement",
    "OptionEntries",
    "OwnOption",
    "Person",
    "Phase",
    "Play",
    "PlayedMoment",
    "PreparedSession",
    "ProjectorSnapshot",
    "Prompt",
    "PromptOption",
    "QuestionState",
    "Revealed",
    "Room",
    "RoomDebrief",
    "RoomError",
    "RoomKey",
    "RoomQuestion",
    "SavedAgenda",
    "Screen",
    "Source",
    "SpeakerNotes",
    "Stage",
    "StoreError",
    "Tally",
    "TogetherPath",
    "UnreadableSession",
    "Vote",
    "as_csv_archive",
    "as_json_lines",
    "as_workbook",
    "check_name",
    "check_pace",
    "check_room_for_more",
    "check_token",
    "clean_nickname",
    "clean_question",
    "count_votes",
    "debrief_learner",
    "debrief_room",
    "decision_title",
    "derive_token",
    "distinct_nickname",
    "draft_story",
    "facilitator_snapshot",
    "format_code",
    "free_name",
    "hash_token",
    "learner_snapshot",
    "mark_question",
    "matches_hash",
    "minutes",
    "moment_problem",
    "new_code",
    "new_secret",
    "next_step",
    "option_entries",
    "parse_code",
    "previous_step",
    "projector_secret",
    "read_judged_question",
    "read_moment",
    "same_nickname",
    "screen_of",
    "session_tables",
    "shipped_sessions",
    "speaker_notes",
    "topic_of",
    "total_minutes",
]
