"""The web page in a real browser: chronology, filters, reports with what was read from them, and nothing from a report runs."""
# SPDX-License-Identifier: Apache-2.0

import json
import re
import shutil
import urllib.request
from urllib.parse import urljoin

import pytest

from pdfs import ferry_and_gunmen
from serving import serving

expect = pytest.importorskip("playwright.sync_api", reason="no Playwright: make setup").expect

HOSTILE = ('<img src=x onerror="window.hacked=1"> strikes\n\n<script>window.hacked=1</script> Rebels attacked the town of '
           'Vall on 3 March 2026, killing 12 soldiers, "a <b>brave</b> man & his \U0001f40e" said on Friday.\n')
BOMBING = ".event:has-text('planted the bomb')"


def open_filters(page):
    page.click(".filters summary")


def test_the_chronology_shows_happenings_with_days_sides_numbers_and_sources(page, address):
    page.goto(address)
    bombing = page.locator(BOMBING).first
    expect(bombing.locator("time")).to_have_text("3 March 2026")
    expect(bombing.locator(".type")).to_have_text("Assault")
    expect(bombing.locator(".sides")).to_contain_text("Hadrel People's Army")
    expect(bombing.locator(".toll").first).to_have_text("13 dead (9–20)")
    expect(bombing.locator(".sources")).to_contain_text("4 sources in 10 reports")
    expect(bombing.locator(".disputed")).to_contain_text("how many dead")
    assert page.inner_text("#totals").startswith("22 reports")


def test_a_date_is_drawn_as_closely_as_it_is_told(page, address):
    page.goto(f"{address}?background=true")
    page.wait_for_selector(".event")
    day = page.locator(".event", has=page.locator("time", has_text=re.compile(r"^3 March 2026$"))).first
    month = page.locator(".event", has=page.locator("time", has_text=re.compile(r"^February 2026$"))).first
    year = page.locator(".event", has=page.locator("time", has_text=re.compile(r"^2019$"))).first
    expect(day.locator(".precision circle")).to_have_count(1)
    widths = [float(one.locator(".precision rect").get_attribute("width")) for one in (month, year)]
    assert 0 < widths[0] < widths[1]


def test_the_address_holds_what_is_shown_and_back_goes_back(page, address):
    page.goto(f"{address}?type=PROTEST&type=AID")
    page.wait_for_selector(".event")
    assert set(page.locator(".event .type").all_inner_texts()) == {"Protest", "Aid"}
    assert [words.split()[0] for words in page.locator(".chip").all_inner_texts()] == ["Protest", "Aid"]
    page.locator(".event .title").first.click()
    title = page.locator("#open h2").text_content()
    shown = page.url
    assert "#h" in shown
    page.click("#clear")
    expect(page.locator(".event .type", has_text="Assault").first).to_be_visible()
    page.go_back()
    expect(page.locator(".event .type", has_text="Assault")).to_have_count(0)
    assert page.url == shown
    page.goto("about:blank")
    page.goto(shown)
    expect(page.locator("#open h2")).to_have_text(title)
    page.locator("#open .close").click()
    expect(page.locator("#open")).to_have_count(0)
    assert page.url.endswith("?type=PROTEST&type=AID")


def test_filters_narrow_and_chips_take_them_away(page, address):
    page.goto(address)
    page.wait_for_selector(".event")
    everything = page.locator(".event").count()
    open_filters(page)
    page.check("#filters [value=ASSAULT]")
    page.check("#filters [value=ACCUSE]")
    page.fill("#filters [name=actor]", "army")
    page.click("#filters button")
    expect(page.locator(".event")).not_to_have_count(everything)
    assert set(page.locator(".event .type").all_inner_texts()) <= {"Assault", "Accuse"}
    assert "type=ACCUSE" in page.url and "type=ASSAULT" in page.url and "actor=army" in page.url
    page.locator(".chip", has_text="Accuse").click()
    expect(page.locator(".event .type", has_text="Accuse")).to_have_count(0)
    page.click("#clear")
    expect(page.locator(".event")).to_have_count(everything)
    open_filters(page)
    page.fill("#filters [name=since]", "1066")
    page.fill("#filters [name=until]", "1067")
    page.click("#filters button")
    expect(page.locator("#message")).to_have_text("Nothing fits.")


def test_time_is_chosen_with_the_pointer(page, address):
    page.goto(address)
    plot = page.locator(".strip svg").first
    expect(plot).to_be_visible()
    page.wait_for_selector(".event")
    box = plot.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.96, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator(".chip", has_text="from")).to_be_visible()
    assert re.search(r"since=2026-03-\d\d&until=2026-03-\d\d", page.url)
    expect(page.locator(".strip")).to_have_count(2)
    chosen = page.locator(".strip figcaption").first.inner_text()
    page.locator(".strip button").first.click()
    expect(page.locator(".chip")).to_have_count(0)
    assert page.locator(".strip figcaption").first.inner_text() != chosen


def test_time_is_chosen_with_the_keys(page, address):
    page.goto(address)
    first = page.locator(".strip [role=slider]").first
    expect(first).to_have_attribute("aria-valuetext", "1 June 2025")
    first.focus()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".chip", has_text="from 12 March 2026")).to_be_visible()
    expect(first).to_have_attribute("aria-valuetext", "12 March 2026")
    page.keyboard.press("Escape")
    expect(page.locator(".chip")).to_have_count(0)


def test_a_report_opens_with_its_sentence_chosen_and_layers_that_tell_why(page, address):
    page.goto(f"{address}#r14.v11")
    chosen = page.locator("#open .text .chosen")
    expect(chosen.first).to_be_visible()
    assert "".join(chosen.all_text_contents()).startswith("The government says the group planted the bomb")
    page.locator("#open mark.in-when", has_text="the day before").hover()
    expect(page.locator("#told")).to_contain_text("6 March 2026")
    expect(page.locator("#told")).to_contain_text("counted from “Saturday”")
    page.locator("#open mark.in-many", has_text="14").focus()
    expect(page.locator("#told")).to_contain_text("14 dead")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#told")).not_to_contain_text("14 dead")
    expect(page.locator("#open .text mark.in-who")).to_have_count(0)
    page.check(".layers label:has-text('who') input")
    expect(page.locator("#open .text mark.in-who").first).to_be_visible()
    page.uncheck(".layers label:has-text('when') input")
    expect(page.locator("#open .text mark.in-when")).to_have_count(0)


def test_search_marks_the_words_found_and_takes_the_filters(page, address):
    page.goto(f"{address}?source=Northwire")
    page.fill("#search input", "ceasefire")
    page.click("#search button")
    expect(page.locator("#found mark").first).to_be_visible()
    assert "ceasefire" in page.locator("#found mark").first.inner_text().casefold()
    assert page.url.endswith("?view=reports&source=Northwire&q=ceasefire")
    assert {words.split(",")[0] for words in page.locator(".found .facts").all_inner_texts()} == {"Northwire"}
    page.locator(".found .title").first.click()
    expect(page.locator("#open h2")).to_be_visible()


def test_nothing_from_a_report_becomes_markup(binary, output_of, models, page, tmp_path):
    reports = tmp_path / "reports.jsonl"
    reports.write_text(json.dumps({"id": "hostile", "text": HOSTILE, "date": "2026-03-04", "title": "<i>Title</i>",
                                   "outlet": "<img src=x onerror='window.hacked=1'>", "url": "javascript:window.hacked=1"}) + "\n")
    store = tmp_path / "hostile.db"
    output_of("ingest", reports, "--store", store)
    with serving(binary, store) as address:
        for view in ("", "?view=map", "?view=actors", "?view=sources", "?view=reports&q=soldiers"):
            page.goto(f"{address}{view}")
            page.wait_for_load_state("networkidle")
            assert page.locator("main img, main script, main b b").count() == 0
        page.locator("#found .title").first.click()
        expect(page.locator("#open h2")).to_have_text("<i>Title</i>")
        assert "<script>window.hacked=1</script>" in page.inner_text("#open")
        page.goto(address)
        page.locator(".event .title").first.click()
        expect(page.locator("#open table.accounts")).to_be_visible()
        page.locator("#open .in-words button").first.click()
        expect(page.locator("#open .around")).to_contain_text("<script>window.hacked=1</script>")
        assert page.evaluate("window.hacked") is None
        assert page.locator("#open img, #open script").count() == 0
        assert page.locator("a[href^=javascript]").count() == 0


HOSTILE_PAGE = ("<html><head><title>Vall attacked</title><meta http-equiv=refresh content='0; url=/'></head>"
                "<body onload='window.hacked=1'><h1>Vall attacked</h1><script>window.hacked=1</script>"
                "<img src='/api/health' onerror='window.hacked=1'>"
                "<p>Rebels attacked the town of <b>Vall</b> on 3 March 2026, killing 12 soldiers &amp; two guides.</p>"
                "<p>The army said on Wednesday that it had sent another battalion to the valley to look for the attackers.</p>"
                "</body></html>")


def test_the_page_of_a_report_opens_with_its_words_marked_and_dead(binary, output_of, models, page, tmp_path):
    report = tmp_path / "vall.html"
    report.write_text(HOSTILE_PAGE)
    store = tmp_path / "page.db"
    output_of("ingest", report, "--store", store)
    with serving(binary, store) as address:
        with urllib.request.urlopen(urljoin(address, "/api/timeline")) as answer:
            event = next(one for one in json.load(answer)["events"] if "killing 12" in one["words"])
        page.goto(f"{address}#{event['event']}")
        with page.expect_popup() as opened:
            page.click("#open a:has-text('page as it was read')")
        original = opened.value
        original.wait_for_load_state()
        marks = original.locator("mark").all_inner_texts()
        assert " ".join("".join(marks).split()) == "Rebels attacked the town of Vall on 3 March 2026, killing 12 soldiers & two guides."
        assert original.url.endswith("#dateline")
        assert original.locator("h1").inner_text() == "Vall attacked"
        assert original.evaluate("window.hacked") is None
        original.close()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: install poppler-utils")
def test_a_pdf_opens_at_the_page_on_which_an_event_stands(binary, output_of, models, page, tmp_path):
    (tmp_path / "two.pdf").write_bytes(ferry_and_gunmen())
    store = tmp_path / "pdf.db"
    output_of("ingest", tmp_path / "two.pdf", "--store", store)
    with serving(binary, store) as address:
        page.goto(address)
        page.locator(".event", has_text="Gunmen killed").first.locator(".title").click()
        page.locator("#open .reports a").first.click()
        original = page.locator("#open a:has-text('page 2 of the PDF')")
        expect(original).to_be_visible()
        assert page.locator("#open .chosen").first.inner_text().startswith("Gunmen")
        where = original.get_attribute("href")
        assert where.endswith("#page=2")
        # What a browser without a screen does with a PDF differs: what it is given does not.
        assert page.request.get(urljoin(page.url, where)).body() == ferry_and_gunmen()
