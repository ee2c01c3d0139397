"""What makes a folder's page work offline, and lets people install it: a service worker, a manifest and icons."""

from __future__ import annotations

import json
import shutil
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from etiquette.sessions import Assets
from etiquette.site.runtime import Runtime

HERE = Path(__file__).parent
INSTALLED = ("manifest.webmanifest", "icon.svg")
"""What an installed page asks for when it is opened, besides the page itself."""


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """The files that the service worker keeps in the browser; the names are relative to the folder.

    `named` has the hashes of the content of those whose names have none. Those in `packed` are there as `.gz` only, and
    with `brotli` as `.br` too.
    """

    named: dict[str, str]
    hashed: Sequence[str]
    packed: Sequence[str]
    brotli: bool


def offline_head(base_url: str, assets: Assets) -> Markup:
    """What a page has in its head to be kept in browsers, and installed."""
    return Markup((HERE / "head.html").read_text(encoding="utf-8")).format(base=base_url, script=assets.offline)


def write_offline(folder: Path, pages: Sequence[str], assets: Assets, runtime: Runtime, *, brotli: bool) -> None:
    """Write the service worker, the manifest and the icons into a folder that has all its other files.

    Raises:
        OSError: the folder cannot be read or written.
    """
    shutil.copytree(HERE / "installed", folder, dirs_exist_ok=True)
    hashed = (assets.early, assets.js, assets.css, assets.worker, assets.offline, runtime.modules)
    files = KeptFiles(
        named={name: _integrity(folder / name) for name in (*pages, *INSTALLED)},
        hashed=[f"static/{name}" for name in hashed],
        packed=[f"static/{name}" for name in (runtime.python, runtime.snapshot)],
        brotli=brotli,
    )
    script = (HERE / "sw.js").read_text(encoding="utf-8")
    script = script.format(files=json.dumps(asdict(files)), script=f"static/{assets.service}")
    (folder / "sw.js").write_text(script, encoding="utf-8")


def _integrity(path: Path) -> str:
    """The hash of a file, in the form that browsers check."""
    return f"sha256-{b64encode(sha256(path.read_bytes()).digest()).decode()}"
