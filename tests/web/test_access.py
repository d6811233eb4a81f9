"""Everybody can use the page: with a screen reader, with the keys alone, on a narrow screen, on paper."""
# SPDX-License-Identifier: Apache-2.0

import pathlib

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="no Playwright: make setup").expect
AXE = pathlib.Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
VIEWS = ["", "?view=map", "?view=reports&q=ceasefire", "?view=actors", "?view=sources", "?type=ASSAULT&since=2026-03#h242b472228c9", "#r14.v11"]


def settle(page):
    page.wait_for_load_state("networkidle")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: make page")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page_of, address, scheme):
    page = page_of(color_scheme=scheme, viewport={"width": 1400, "height": 900})
    found = []
    for view in VIEWS:
        page.goto("about:blank")
        page.goto(f"{address}{view}")
        settle(page)
        if not view:
            page.click(".filters summary")
        if "#h" in view:
            page.locator("#open tr.acts button:has-text('Change')").first.click()
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run().then((results) => results.violations)")
        found += [(view, one["id"], one["impact"], node["html"][:120]) for one in violations if one["impact"] in ("serious", "critical")
                  for node in one["nodes"]]
    assert found == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_narrow_screen_needs_no_scrolling_sideways(page_of, address, view):
    page = page_of(viewport={"width": 360, "height": 700})
    page.goto(f"{address}{view}")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_keys_lead_from_the_list_to_a_report_and_back(page, address):
    page.goto(address)
    title = page.locator(".event .title").nth(2)
    title.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#open h2")).to_be_visible()
    expect(page.locator("#open")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#open")).to_have_count(0)
    expect(title).to_be_focused()


def test_paper_shows_what_is_open_and_no_buttons(page, address):
    page.goto(f"{address}#r14.v11")
    expect(page.locator("#open .chosen").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#open .text")).to_be_visible()
    for gone in ("main", "nav", ".close", ".layers", "#search"):
        expect(page.locator(gone).first).to_be_hidden()
