"""The `etiquette` command by its other names; what its subcommands do is tested with the rooms that do it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

from etiquette.cli import main


def test_it_names_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"etiquette {version('etiquette')}\n"


def test_the_package_can_be_run_as_a_module() -> None:
    ran = subprocess.run([sys.executable, "-m", "etiquette", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"etiquette {version('etiquette')}\n"
