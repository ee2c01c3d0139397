"""The page opened from a file, without any server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from etiquette.site import write_site
from tests.conftest import arrive
from tests.views.test_stories_page import QUIET_WEEK, choose, examine_at

pytestmark = pytest.mark.slow


def test_a_story_goes_on_where_it_was_left(visitor: BrowserContext, tmp_path: Path) -> None:
    write_site(tmp_path, from_disk=True)
    page = arrive(visitor, (tmp_path / "index.html").as_uri())
    page.get_by_role("button", name=QUIET_WEEK).click()
    when = page.locator(".pp-when")
    start = when.inner_text()
    choose(page, "Put the phone in a drawer")
    expect(when).not_to_have_text(start)
    later = when.inner_text()
    page.reload()
    expect(page.locator("#soon")).to_have_count(0, timeout=60_000)
    expect(when).to_have_text(later)


def test_a_folder_that_was_not_written_for_it_says_at_once_what_to_do(visitor: BrowserContext, tmp_path: Path) -> None:
    write_site(tmp_path)
    page = visitor.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.get_by_role("alert")).to_contain_text("Put the folder on your web space and open the page there.")
    expect(page.locator("#soon")).to_have_count(0)
    examine_at(page, 320)
