"""Builds a JupyterLite site: JupyterLab with the notebooks, whose Python runs in the browser. `make lite` runs this.

The site asks no other host for anything. Its Python is Pyodide, which loads each package from a wheel that is named in
`pyodide-lock.json`. The wheels are made of the packages that are installed here, and so are tested, without what is
compiled for this machine: each of them can do the same in plain Python.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from email import message_from_bytes
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from etiquette.sessions.page.build import ensure_node, install_packages

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PINS = ("package.json", "package-lock.json", "requirements.txt")
"""The versions and hashes of what is downloaded. The kernel was made for this version of Pyodide."""

EXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
KERNEL = EXTENSIONS / "@jupyterlite" / "pyodide-kernel-extension"
NEEDED = (KERNEL, EXTENSIONS / "@jupyter-widgets" / "jupyterlab-manager", EXTENSIONS / "anywidget")
"""The extensions of JupyterLab that the notebooks need."""

FOR_JUPYTERLAB = ("jupyterlab-widgets", "widgetsnbextension")
"""Packages that have nothing but such extensions."""

LEFT_OUT = ("etiquette/sessions/static/", "etiquette/site/runtime/", "jedi/third_party/")
"""The hosted page, Python for pages without a server, and what completion would know about other packages."""


@dataclass(frozen=True, slots=True)
class Package:
    """A wheel, as Pyodide's lock file describes it."""

    name: str
    version: str
    file_name: str
    sha256: str
    imports: tuple[str, ...]
    depends: tuple[str, ...]
    install_dir: str = "site"
    package_type: str = "package"
    unvendored_tests: bool = False

    @classmethod
    def read(cls, wheel: Path, python: str) -> Package:
        """Describe this wheel, with what it requires in a browser that has this version of Python."""
        name, version, *_ = parse_wheel_filename(wheel.name)
        with ZipFile(wheel) as archive:
            files = archive.namelist()
            [metadata] = (file for file in files if file.endswith(".dist-info/METADATA"))
            required = message_from_bytes(archive.read(metadata)).get_all("Requires-Dist", ())
        browser = {
            "platform_system": "Emscripten",
            "python_full_version": python,
            "python_version": python.rpartition(".")[0],
            "sys_platform": "emscripten",
        }
        depends = {
            canonicalize_name(each.name)
            for each in map(Requirement, required)
            if each.marker is None or each.marker.evaluate(browser)
        }
        return cls(
            name,
            str(version),
            wheel.name,
            hashlib.sha256(wheel.read_bytes()).hexdigest(),
            tuple(sorted({file.split("/")[0].removesuffix(".py") for file in files if file.endswith(".py")})),
            tuple(sorted(depends.difference(FOR_JUPYTERLAB))),
        )


def pack(wheel: Path, files: Iterable[str], read: Callable[[str], bytes]) -> None:
    """Write a wheel of these files, except commands, what is left out, and what is compiled for this machine."""
    with ZipFile(wheel, "w", ZIP_DEFLATED) as archive:
        for file in files:
            if not file.startswith(("../", *LEFT_OUT)) and not file.endswith((".pyc", ".pyd", ".so")):
                archive.writestr(file, read(file))


def pack_installed(name: str, folder: Path) -> Path:
    """Put a wheel of what is installed of this package into the folder.

    Raises:
        PackageNotFoundError: nothing is.
    """
    found = distribution(name)
    wheel = folder / f"{name.replace('-', '_')}-{found.version}-py3-none-any.whl"
    files = {file.as_posix(): Path(str(file.locate())) for file in found.files or ()}
    pack(wheel, files, lambda file: files[file].read_bytes())
    return wheel


def pack_ours(folder: Path) -> None:
    """Put a wheel of this checkout into the folder."""
    with TemporaryDirectory() as built:
        run("hatchling", "build", "--target", "wheel", "--directory", built, HATCH_BUILD_NO_HOOKS="true")
        [wheel] = Path(built).glob("*.whl")
        with ZipFile(wheel) as archive:
            pack(folder / wheel.name, archive.namelist(), archive.read)


def add_packages(folder: Path, downloads: Path, python: str) -> list[Package]:
    """Put wheels of the kernel, of our package and of all that these require into the folder, and describe them."""
    pack_ours(folder)
    for wheel in (*KERNEL.glob("static/pypi/*.whl"), *downloads.glob("*.whl")):
        if not wheel.name.startswith(FOR_JUPYTERLAB):
            shutil.copy(wheel, folder)
    packages = [Package.read(wheel, python) for wheel in sorted(folder.glob("*.whl"))]
    for package in packages:  # of which there are more with each that is packed
        for name in package.depends:
            if name not in (each.name for each in packages):
                packages.append(Package.read(pack_installed(name, folder), python))
    return packages


def add_pyodide(folder: Path) -> None:
    """Put Pyodide into the folder, and the packages, which are all that its lock file then names."""
    downloads = download()
    pyodide = downloads / "node_modules" / "pyodide"
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        shutil.copy(pyodide / name, folder)
    lock = read_lock(pyodide)
    packages = add_packages(folder, downloads, lock["info"]["python"])
    lock["packages"] = {package.name: asdict(package) for package in packages}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def download() -> Path:
    """The folder with Pyodide, from npm, and micropip. They are downloaded unless these versions are there."""
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in PINS)).hexdigest()
    downloads = ROOT / "build" / f"lite-downloads-{digest[:12]}"
    if not downloads.exists():
        downloads.parent.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=downloads.parent) as temporary:
            part = Path(temporary) / "part"
            part.mkdir()
            for name in PINS:
                shutil.copy(HERE / name, part)
            ensure_node()
            install_packages(part)
            newer = ["--python-version", read_lock(part / "node_modules" / "pyodide")["info"]["python"]]
            strict = ["--no-deps", "--only-binary", ":all:", "--require-hashes"]
            run("pip", "download", *newer, *strict, "--requirement", "requirements.txt", folder=part)
            part.rename(downloads)
    return downloads


def read_lock(pyodide: Path) -> dict[str, Any]:
    """Pyodide's own lock file."""
    lock: dict[str, Any] = json.loads((pyodide / "pyodide-lock.json").read_bytes())
    return lock


def run(module: str, *arguments: str | Path, folder: Path = ROOT, **variables: str) -> None:
    """Run a command of this environment in this folder.

    Raises:
        SystemExit: it failed; with all that it printed.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    environment = os.environ | variables
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"{ran.stdout}{ran.stderr}\n{module} failed.")


def build(out: Path) -> None:
    """Build the site in this folder, which is replaced."""
    shutil.rmtree(out, ignore_errors=True)
    with TemporaryDirectory() as temporary:
        parts = Path(temporary)
        shutil.copy(HERE / "jupyter-lite.json", parts)
        server_only = shutil.ignore_patterns("facilitator.ipynb", ".*")
        shutil.copytree(ROOT / "notebooks", parts / "files", ignore=server_only)
        pyodide = parts / "static" / "pyodide"
        pyodide.mkdir(parents=True)
        add_pyodide(pyodide)
        options = ["--apps=lab", "--no-sourcemaps", "--no-unused-shared-packages", "--ignore-sys-prefix"]
        options += [f"--LiteBuildConfig.federated_extensions={each}" for each in NEEDED]
        run("jupyterlite_core", "build", f"--output-dir={out.resolve()}", *options, folder=parts)


def main() -> None:
    """Build the site, and say how to look at it."""
    parser = argparse.ArgumentParser(description="Build a JupyterLite site with the notebooks.")
    parser.add_argument("out", type=Path, help="the folder of the site, which is replaced")
    out = parser.parse_args().out
    build(out)
    print(f"The site is in {out}. To look at it, run\n  python3 -m http.server --bind 127.0.0.1 --directory {out}")
    print("and open http://127.0.0.1:8000/lab/?path=start.ipynb")


if __name__ == "__main__":
    main()
