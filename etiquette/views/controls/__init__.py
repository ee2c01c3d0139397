"""Controls and drawings shared by several parts of the page.

Buttons, fields and other small widgets; the announcer, which moves the focus and speaks to screen readers; the
progress store; the environment, which connects views to the host or kernel they run in; and drawings of verdicts,
feedback and timelines.
"""

from etiquette.views.controls.announcer import Announcer
from etiquette.views.controls.browser_zone import BrowserZone
from etiquette.views.controls.button_group import ButtonGroup, GroupButton
from etiquette.views.controls.buttons import SOMETHING_WENT_WRONG, Looks, Notice, button, show_labels
from etiquette.views.controls.copy_link import CopyLink
from etiquette.views.controls.countdown import Countdown
from etiquette.views.controls.download import Download
from etiquette.views.controls.environment import (
    Environment,
    KernelEnvironment,
    environment,
    outcome_of,
    set_environment,
)
from etiquette.views.controls.feedback import feedback, feedback_card, paragraphs
from etiquette.views.controls.field import (
    Field,
    FieldLooks,
    choice_field,
    date_field,
    suggesting_field,
    text_field,
    time_field,
)
from etiquette.views.controls.in_browser import InBrowser
from etiquette.views.controls.lesson_link import lesson_address, lesson_link
from etiquette.views.controls.policy_note import policy_note
from etiquette.views.controls.progress_store import LONGEST_ITEM, MEMBERSHIP, VOTED, ProgressStore, utc_now
from etiquette.views.controls.qr import qr_code
from etiquette.views.controls.slider import Slider
from etiquette.views.controls.style import style
from etiquette.views.controls.table import bar, table
from etiquette.views.controls.timeline import MARK_KINDS, SHAPES, now_mark, numbered_mark, timeline
from etiquette.views.controls.upload import Upload
from etiquette.views.controls.verdicts import VERDICT_MEANINGS, badge, four_verdicts, verdict_table
from etiquette.views.controls.view import View, close_all

__all__ = [
    "LONGEST_ITEM",
    "MARK_KINDS",
    "MEMBERSHIP",
    "SHAPES",
    "SOMETHING_WENT_WRONG",
    "VERDICT_MEANINGS",
    "VOTED",
    "Announcer",
    "BrowserZone",
    "ButtonGroup",
    "CopyLink",
    "Countdown",
    "Download",
    "Environment",
    "Field",
    "FieldLooks",
    "GroupButton",
    "InBrowser",
    "KernelEnvironment",
    "Looks",
    "Notice",
    "ProgressStore",
    "Slider",
    "Upload",
    "View",
    "badge",
    "bar",
    "button",
    "choice_field",
    "close_all",
    "date_field",
    "environment",
    "feedback",
    "feedback_card",
    "four_verdicts",
    "lesson_address",
    "lesson_link",
    "now_mark",
    "numbered_mark",
    "outcome_of",
    "paragraphs",
    "policy_note",
    "qr_code",
    "set_environment",
    "show_labels",
    "style",
    "suggesting_field",
    "table",
    "text_field",
    "time_field",
    "timeline",
    "utc_now",
    "verdict_table",
]
