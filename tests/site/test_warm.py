"""What the snapshot has to hold: in a browser, the package's own files are not there to be read."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import ROOT


def test_after_the_warm_up_no_view_reads_a_file_of_the_package_and_only_a_calendar_file_needs_more_modules() -> None:
    command = [sys.executable, "-m", "tests.site.a_visit"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert ran.stderr == ""
    found = json.loads(ran.stdout)
    assert found["opened"] == []
    needed = {name.partition(".")[0] for name in found["imported"]}
    assert needed <= {"icalendar", "dateutil", "encodings"}
    assert "icalendar" in needed
