"""The other views of the page: map, a happening's accounts, actors, sources."""
# SPDX-License-Identifier: Apache-2.0

import pytest

from serving import serving

expect = pytest.importorskip("playwright.sync_api", reason="no Playwright: make setup").expect


def test_a_happening_opens_to_its_accounts_in_columns_by_source(page, address):
    page.goto(address)
    page.locator(".event:has-text('planted the bomb') .title").first.click()
    table = page.locator("#open table.accounts")
    expect(table.locator(".source-name")).to_have_count(4)
    assert len(set(table.locator(".source-name").all_inner_texts())) == 4
    expect(table.locator("tr.differ th")).to_have_text(["When ≠", "Who ≠", "Dead ≠", "Wounded ≠"])
    assert table.locator("tr.differ td.differs").count() > 2
    assert "day taken from" in table.inner_text()
    page.check("#open .controls input")
    expect(table.locator(".reports td")).to_have_count(16)
    assert "with a chance of" in table.locator("tr", has_text="Why here").inner_text()
    words = table.locator(".in-words td").first
    words.locator("button").click()
    around = words.locator(".around")
    expect(around.locator("mark")).to_have_count(1)
    assert len(around.inner_text()) > len(around.locator("mark").inner_text()) + 50
    words.locator("a").click()
    expect(page.locator("#open .text .chosen").first).to_be_visible()
    page.click("#open a:has-text('All accounts')")
    expect(table).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#open")).to_have_count(0)


def test_the_map_has_towns_as_points_countries_as_areas_and_a_click_filters(binary, places_store, page):
    with serving(binary, places_store) as address:
        page.goto(f"{address}?view=map&background=true")
        towns = page.locator(".map circle.town")
        expect(towns.first).to_be_visible()
        assert page.locator(".map .country").count() > 170
        expect(page.locator(".places a", has_text="Mosul")).to_be_visible()
        mosul = float(towns.nth(0).get_attribute("r"))
        assert mosul > float(towns.nth(1).get_attribute("r"))
        expect(page.locator(".map [class*=step]")).not_to_have_count(0)
        towns.nth(0).click()
        expect(page.locator(".chip", has_text="where: Mosul")).to_be_visible()
        expect(page.locator("#message")).to_contain_text("2 happenings.")
        page.click("#message a")
        expect(page.locator(".event")).to_have_count(2)
        page.go_back()
        page.go_back()
        page.locator(".map [class*=step]").first.click()
        expect(page.locator(".chip", has_text="in FRA")).to_be_visible()


def test_places_that_no_map_has_are_counted_and_told(page, address):
    page.goto(f"{address}?view=map")
    expect(page.locator("#message")).to_contain_text("no report says where")
    off = page.locator(".place-lists div", has_text="On no map")
    expect(off.locator("a", has_text="Kolvar")).to_be_visible()
    off.locator("a", has_text="Kolvar").click()
    expect(page.locator(".chip", has_text="where: Kolvar")).to_be_visible()


def test_an_actor_shows_names_roles_and_deeds_and_leads_to_its_chronology(page, address):
    page.goto(f"{address}?view=actors")
    page.fill(".find input", "Highland Front")
    page.click(".find button")
    page.locator(".sheet tbody a").first.click()
    actor = page.locator("#open .actor")
    expect(actor.locator("h3", has_text="Names, and who uses them")).to_be_visible()
    expect(actor).to_contain_text("What it did")
    actor.locator("a.type").first.click()
    expect(page.locator(".chip", has_text="who does it")).to_be_visible()
    expect(page.locator(".event").first).to_be_visible()


def test_sources_say_how_they_stand_to_each_other(page, address):
    page.goto(f"{address}?view=sources")
    rows = page.locator(".sources tbody tr")
    expect(rows.first).to_be_visible()
    assert "Northwire" in " ".join(rows.all_inner_texts())
    outlet = rows.first.locator("a").inner_text()
    rows.first.locator("a").click()
    expect(page.locator(".chip")).to_contain_text(f"source: {outlet}")
