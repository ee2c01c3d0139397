"""Keeps the widgets of many learners in one process, each with their own comms. There is no kernel that runs code.

A `Session` holds one learner's widgets. `install` makes ipywidgets use the current session, so that a widget belongs to
the session whose code creates it, and a page can reach only its own widgets. This package does not depend on servers,
websockets or views: a session gets a `Platform` that runs its work, and a function that sends its messages.

It has the other end too: `page_html` makes a notebook into a page that can be read at once, `page/` is the source of
the scripts that make it live, and `encode_messages` and `split_message` are for the messages between the two.
"""

from etiquette.sessions.assets import STATIC, Assets, NotBuiltError
from etiquette.sessions.hooks import install
from etiquette.sessions.message import Message
from etiquette.sessions.notebook import CodeCell, Notebook, Shown
from etiquette.sessions.page_html import ServerPage, page_html
from etiquette.sessions.prerender import widget_markup
from etiquette.sessions.session import CONTROL, Budget, LimitError, Limits, Platform, Session, StoppedError
from etiquette.sessions.wire import PROTOCOL, decode_message, encode_messages, split_message

__all__ = [
    "CONTROL",
    "PROTOCOL",
    "STATIC",
    "Assets",
    "Budget",
    "CodeCell",
    "LimitError",
    "Limits",
    "Message",
    "NotBuiltError",
    "Notebook",
    "Platform",
    "ServerPage",
    "Session",
    "Shown",
    "StoppedError",
    "decode_message",
    "encode_messages",
    "install",
    "page_html",
    "split_message",
    "widget_markup",
]
