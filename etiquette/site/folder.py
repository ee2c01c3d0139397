"""Writes the folder: the page, prerendered, and all that it loads."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from etiquette.files import notebooks
from etiquette.judge import ARTICLE, Policy
from etiquette.sessions import STATIC, Assets, Notebook, Session, install, page_html, widget_markup
from etiquette.site.offline import offline_head, write_offline
from etiquette.site.runtime import RUNTIME, Runtime
from etiquette.site.trainers import write_trainers_page
from etiquette.site.worker import LonePlatform, WorkerEnvironment, pack_policy
from etiquette.views import set_environment

HERE = Path(__file__).parent
ELEMENT_ID = re.compile(r' data-id="[^"]*"')
"""Live views find their elements by it. It is new each time, but a page that is written again should be the same."""


@dataclass(frozen=True, slots=True)
class WorkerPage:
    """What the page's script reads first: where its files are, relative to `base`, the policy to teach, and more.

    `keeps` says whether browsers keep the files for the next visit. `disk` is the script with which the page runs when
    it is opened from a file, if there is one.
    """

    base: str
    worker: str
    python: str
    snapshot: str
    modules: str
    bytes: int
    brotli: bool
    policy: str
    keeps: bool
    disk: str


def write_site(
    folder: Path,
    policy: Policy = ARTICLE,
    base_url: str = "./",
    *,
    brotli: bool = True,
    installable: bool = True,
    from_disk: bool = False,
) -> None:
    """Write the page and all that it loads into this folder, which is created if it does not exist.

    With the usual `base_url`, the folder may be anywhere. Files that were there stay, unless they have the same name.
    Without `brotli`, the large files are there as `.gz` only, which all browsers can unpack by themselves.
    A page that is `installable` is kept in browsers, and works offline. With `from_disk`, the page also works when
    somebody opens `index.html` from a disk; it takes 20 MB more, and a relative `base_url`. Without, it says there what
    to do.

    Raises:
        NotBuiltError: the page, or Python for the browser, has not been built yet.
        OSError: the folder cannot be written.
    """
    assets, runtime = Assets.read(), Runtime.read()
    static = folder / "static"
    static.mkdir(parents=True, exist_ok=True)
    scripts = [assets.early, assets.js, assets.worker]
    if installable:
        scripts += [assets.offline, assets.service]
    for name in (*scripts, assets.css, "licences.txt"):
        _write(static / name, (STATIC / name).read_bytes())
    for name in (runtime.python, runtime.snapshot):
        for end in (".gz", ".br") if brotli else (".gz",):
            shutil.copyfile(RUNTIME / f"{name}{end}", static / f"{name}{end}")
    shutil.copyfile(RUNTIME / runtime.modules, static / runtime.modules)
    page = WorkerPage(
        base=base_url,
        worker=f"static/{assets.worker}",
        python=f"static/{runtime.python}",
        snapshot=f"static/{runtime.snapshot}",
        modules=f"static/{runtime.modules}",
        bytes=runtime.bytes,
        brotli=brotli,
        policy=pack_policy(policy),
        keeps=installable,
        disk=f"static/{_write_disk_script(static, assets, runtime)}" if from_disk else "",
    )
    notebook = Notebook.read(notebooks() / "app.ipynb")
    notes = Markup((HERE / "notes.html").read_text(encoding="utf-8"))
    head = offline_head(base_url, assets) if installable else Markup()
    html = page_html(notebook, _first_views(notebook, policy), assets, page, notes, head)
    _write(folder / "index.html", html.encode())
    write_trainers_page(folder, policy)
    if installable:
        write_offline(folder, ["index.html", "trainers.html"], assets, runtime, brotli=brotli)


def _write_disk_script(static: Path, assets: Assets, runtime: Runtime) -> str:
    """Write the script for a page that is opened from a file, where it can read no other; returns its name."""
    names = {
        "page": assets.js,
        "worker": assets.worker,
        "python": f"{runtime.python}.gz",
        "snapshot": f"{runtime.snapshot}.gz",
        "modules": runtime.modules,
    }
    files = {key: _data_url(static / name) for key, name in names.items()}
    script = (HERE / "disk.js").read_text(encoding="utf-8").format(files=json.dumps(files))
    name = f"disk-{sha256(script.encode()).hexdigest()[:8]}.js"
    (static / name).write_text(script, encoding="utf-8")
    return name


def _data_url(path: Path) -> str:
    kind = "text/javascript" if path.suffix == ".js" else "application/octet-stream"
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"


def _first_views(notebook: Notebook, policy: Policy) -> list[Markup]:
    """The page's views as they first appear."""
    install()
    session = Session(LonePlatform(), lambda _: None)
    session.run(set_environment, WorkerEnvironment(session, policy))
    views = [widget_markup(each.widget) if each.widget else Markup() for each in session.run(notebook.run)]
    session.close()
    return [Markup(ELEMENT_ID.sub("", view)) for view in views]


def _write(path: Path, content: bytes) -> None:
    """Write a file and, for servers that can use it, the same file packed."""
    path.write_bytes(content)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))
