"""The page over 200,000 events: the list and the choice of a time answer at once."""
# SPDX-License-Identifier: Apache-2.0

import os
import time

import pytest

from many import copy_many
from serving import serving

expect = pytest.importorskip("playwright.sync_api", reason="no Playwright: make setup").expect
SECONDS = float(os.environ.get("DATELINE_PAGE_SECONDS", "5"))  # One is wanted of an idle machine; others run beside the tests.


@pytest.fixture(scope="module")
def many(browser, binary, demo_store, tmp_path_factory):
    store = tmp_path_factory.mktemp("many") / "many.db"
    assert copy_many(demo_store, store, 200_000) >= 200_000
    with serving(binary, store) as address:
        yield address


def seconds_until(page, what, act):
    begin = time.monotonic()
    act()
    what(page)
    return time.monotonic() - begin


@pytest.mark.slow
def test_list_and_brush_answer_at_once(page, many):
    listed = seconds_until(page, lambda shown: expect(shown.locator(".event").nth(99)).to_be_attached(), lambda: page.goto(many))
    strip = page.locator(".strip svg").first
    expect(strip).to_be_visible(timeout=30_000)
    page.wait_for_load_state("networkidle")
    box = strip.bounding_box()

    def brush():
        page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + 20, steps=5)
        page.mouse.up()
    before = page.locator("h3.month").first.inner_text()
    brushed = seconds_until(page, lambda shown: expect(shown.locator("h3.month").first).not_to_have_text(before), brush)
    closer = seconds_until(page, lambda shown: expect(shown.locator(".strip")).to_have_count(2, timeout=30_000), lambda: None)
    more = seconds_until(page, lambda shown: expect(shown.locator(".event").nth(150)).to_be_attached(),
                         lambda: page.locator(".event").nth(99).scroll_into_view_if_needed())
    times = {"listed": listed, "brushed": brushed, "drawn closer": brushed + closer, "next page": more}
    assert max(times.values()) < SECONDS, times
