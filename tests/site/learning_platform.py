"""A learning platform on this machine. For SCORM it uses scorm-again; for cmi5 it is a small record store of its own.

It serves a package to one learner, keeps what the page has it keep, and notes all that is not as the standard has it.
"""

from __future__ import annotations

import base64
import json
import mimetypes
import threading
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from etiquette.site import Standard
from tests.conftest import ROOT, free_port

HERE = Path(__file__).parent
SCORM_AGAIN = ROOT / "etiquette" / "sessions" / "page" / "node_modules" / "scorm-again" / "dist"
RUN_TIMES = {Standard.SCORM_1_2: "scorm12.min.js", Standard.SCORM_2004: "scorm2004.min.js"}

CONTEXT = "https://w3id.org/xapi/cmi5/context"
CATEGORY = f"{CONTEXT}/categories"
SESSION = f"{CONTEXT}/extensions/sessionid"
MASTERY = f"{CONTEXT}/extensions/masteryscore"
ACTOR = {"objectType": "Agent", "account": {"homePage": "http://127.0.0.1", "name": "learner 7"}}
MASTERY_SCORE = 0.8


class Told(NamedTuple):
    """The grade, whether the course is complete, and whether it was passed; None where nothing was said."""

    grade: int | None = None
    complete: bool = False
    passed: bool | None = None


class LearningPlatform:
    """A platform with one course and one learner."""

    def __init__(self, package: Path, standard: Standard) -> None:
        self.standard = standard
        self.changed = threading.Condition()
        self.wrong: list[str] = []
        self.refuses = False  # SCORM: to keep anything
        with zipfile.ZipFile(package) as packed:
            self.files = {f"/course/{name}": packed.read(name) for name in packed.namelist()}
        if standard in RUN_TIMES:
            self.files["/player.html"] = (HERE / "player.html").read_bytes()
            self.files["/player.js"] = (HERE / "player.js").read_bytes()
            self.files["/scorm-again.js"] = (SCORM_AGAIN / RUN_TIMES[standard]).read_bytes()
        self.files["/courses.html"] = b"<!doctype html>Your courses"
        self.kept: dict[str, Any] | None = None  # SCORM: the data model, as it was committed last
        self.store = RecordStore(self.wrong)
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def launch(self) -> str:
        """The address at which the learner's browser opens the course, this time."""
        if self.standard in RUN_TIMES:
            return f"{self.address}/player.html"
        return f"{self.address}/course/index.html?{urlencode(self.store.launch(self.address))}"

    @property
    def told(self) -> Told:
        """What the platform has been told of how it went."""
        if self.standard is Standard.CMI5:
            return self.store.told
        if self.kept is None:
            return Told()
        model = self.kept["cmi"]
        if self.standard is Standard.SCORM_1_2:
            grade, status = model["core"]["score"]["raw"], model["core"]["lesson_status"]
            return Told(_number(grade), status == "passed", {"passed": True, "failed": False}.get(status))
        success = {"passed": True, "failed": False}.get(model["success_status"])
        return Told(_number(model["score"]["raw"]), model["completion_status"] == "completed", success)

    def expect(self, told: Told) -> None:
        """Wait until this is what the platform has been told."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.told == told, timeout=30), self.told

    def expect_end(self) -> None:
        """Wait until the session is over."""
        with self.changed:
            assert self.changed.wait_for(lambda: self._over, timeout=30)

    @property
    def _over(self) -> bool:
        """SCORM adds up the time when a session ends."""
        if self.standard is Standard.CMI5:
            return self.store.verbs()[-1] == "terminated"
        model = self.kept["cmi"] if self.kept else {}
        return "total_time" in model.get("core", model)

    def answer(self, method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
        """The status, the type and the content of the answer to a request."""
        with self.changed:
            answer = self._answer(method, url, headers, body)
            self.changed.notify_all()
            return answer

    def _answer(self, method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
        parts = urlsplit(url)
        if parts.path in self.files:
            kind = mimetypes.guess_type(parts.path)[0] or "application/octet-stream"
            return 200, kind, self.files[parts.path]
        if parts.path == "/kept":
            return _json(self.kept)
        if parts.path == "/commit" and self.refuses:
            return _json({"result": False, "errorCode": 101})
        if parts.path == "/commit":
            self.kept = json.loads(body)
            return _json({"result": True, "errorCode": 0})
        if parts.path.startswith(("/token", "/xapi/")):
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            return self.store.answer(method, parts.path, query, headers, body)
        return 404, "text/plain", b""


def _number(text: str) -> int | None:
    return int(text) if text else None


def _json(value: Any) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(value).encode()


def _handler(platform: LearningPlatform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, kind, content = platform.answer(self.command, self.path, dict(self.headers), body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return Handler


class RecordStore:
    """The part of a cmi5 platform that xAPI describes. `wrong` is what it objects to.

    https://github.com/AICC/CMI-5_Spec_Current
    """

    def __init__(self, wrong: list[str]) -> None:
        self.wrong = wrong
        self.registration = str(uuid.uuid4())
        self.activity = "http://127.0.0.1/activities/1"
        self.sessions: dict[str, list[dict[str, Any]]] = {}  # the statements of each, by its id
        self.tokens: dict[str, str] = {}  # of sessions whose address was used
        self.documents: dict[str, Any] = {}

    @property
    def statements(self) -> list[dict[str, Any]]:
        """All statements, in the order of their times."""
        every = [statement for session in self.sessions.values() for statement in session]
        return sorted(every, key=lambda statement: datetime.fromisoformat(statement["timestamp"]))

    @property
    def told(self) -> Told:
        """What the statements say of how it went."""
        verbs = [_verb(statement) for statement in self.statements]
        grades = [s["result"]["score"]["raw"] for s in self.statements if "score" in s.get("result", {})]
        passed = "passed" in verbs or (False if "failed" in verbs else None)
        return Told(grades[-1] if grades else None, "completed" in verbs, passed)

    def verbs(self, session: int = -1) -> list[str]:
        """The verbs of a session, in the order of their times; the latest session by default."""
        mine = list(self.sessions.values())[session]
        return [_verb(statement) for statement in sorted(mine, key=lambda each: each["timestamp"])]

    def launch(self, address: str) -> dict[str, str]:
        """Begin a session, and return the parameters with which it is launched."""
        session = f"session {len(self.sessions) + 1}"
        self.sessions[session] = []
        self.documents["LMS.LaunchData"] = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"id": f"{self.activity}/published"}]},
                "extensions": {SESSION: session},
            },
            "launchMode": "Normal",
            "masteryScore": MASTERY_SCORE,
            "moveOn": "Passed",
            "returnURL": f"{address}/courses.html",
        }
        return {
            "endpoint": f"{address}/xapi",
            "fetch": f"{address}/token?{urlencode({'session': session})}",
            "actor": json.dumps(ACTOR),
            "registration": self.registration,
            "activityId": self.activity,
        }

    def answer(
        self, method: str, path: str, query: dict[str, str], headers: dict[str, str], body: bytes
    ) -> tuple[int, str, bytes]:
        """The answer to a request."""
        if (method, path) == ("POST", "/token"):
            return self._token(query["session"])
        session = self.tokens.get(headers.get("Authorization", "").removeprefix("Basic "))
        if session is None or headers.get("X-Experience-API-Version") != "1.0.3":
            self.wrong.append(f"{method} {path} without a token or a version")
            return 401, "text/plain", b""
        match method, path:
            case "POST", "/xapi/statements":
                for statement in json.loads(body):
                    self._take(session, statement)
                return 200, "application/json", b"[]"
            case (("GET" | "PUT"), "/xapi/activities/state"):
                whose = (query["activityId"], json.loads(query["agent"]), query["registration"])
                if whose != (self.activity, ACTOR, self.registration):
                    self.wrong.append(f"{method} of the state of {whose}")
                if method == "PUT":
                    self.documents[query["stateId"]] = json.loads(body)
                    return 204, "text/plain", b""
                known = self.documents.get(query["stateId"])
                return _json(known) if known else (404, "text/plain", b"")
            case "GET", "/xapi/agents/profile":
                return 404, "text/plain", b""
        self.wrong.append(f"{method} {path}")
        return 404, "text/plain", b""

    def _token(self, session: str) -> tuple[int, str, bytes]:
        if session in self.tokens.values():
            return _json({"error-code": "1", "error-text": "The token was given out already."})
        token = base64.b64encode(uuid.uuid4().bytes).decode()
        self.tokens[token] = session
        return _json({"auth-token": token})

    def _take(self, session: str, statement: dict[str, Any]) -> None:
        """Record a statement, and object to what is wrong with it."""
        verb, context, result = _verb(statement), statement["context"], statement.get("result", {})
        template = self.documents["LMS.LaunchData"]["contextTemplate"]
        categories = {each["id"] for each in context["contextActivities"]["category"]}
        before = self.sessions[session]
        decides = "success" in result or "completion" in result
        scored = result.get("score", {}).get("scaled")
        rules = {
            "a UUID": uuid.UUID(statement["id"]).version == 4,
            "the learner": statement["actor"] == ACTOR,
            "the activity": statement["object"]["id"] == self.activity,
            "the registration": context["registration"] == self.registration,
            "the session": context["extensions"][SESSION] == session,
            "the template": context["contextActivities"]["grouping"] == template["contextActivities"]["grouping"],
            "its category": f"{CATEGORY}/cmi5" in categories,
            "the category of what decides": (f"{CATEGORY}/moveon" in categories) == decides,
            "UTC": statement["timestamp"].endswith("Z"),
            "initialized first": (verb == "initialized") == (not before),
            "nothing after the end": "terminated" not in map(_verb, before),
            "each verb once": verb not in map(_verb, before),
            "one judgement": verb not in ("passed", "failed") or not {"passed", "failed"} & set(map(_verb, before)),
            "completed and passed once": verb not in ("completed", "passed") or verb not in map(_verb, self.statements),
            "no failure after a pass": verb != "failed" or "passed" not in map(_verb, self.statements),
            "success": result.get("success") == {"passed": True, "failed": False}.get(verb),
            "completion": result.get("completion") == (True if verb == "completed" else None),
            "a duration": verb == "initialized" or result.get("duration", "").startswith("PT"),
            "a grade where one belongs": (scored is not None) == (verb in ("passed", "failed")),
            "a grade as judged": scored is None or (scored >= MASTERY_SCORE) == (verb == "passed"),
            "the mastery score": scored is None or context["extensions"][MASTERY] == MASTERY_SCORE,
        }
        self.wrong += [f"{verb}: not {rule}" for rule, kept in rules.items() if not kept]
        before.append(statement)


def _verb(statement: dict[str, Any]) -> str:
    verb: str = statement["verb"]["id"]
    return verb.removeprefix("http://adlnet.gov/expapi/verbs/")


@contextmanager
def a_learning_platform(package: Path, standard: Standard) -> Iterator[LearningPlatform]:
    """A platform with this course. In the end nothing may have been wrong with what the page did."""
    platform = LearningPlatform(package, standard)
    yield platform
    platform.server.shutdown()
    platform.server.server_close()
    assert platform.wrong == []
