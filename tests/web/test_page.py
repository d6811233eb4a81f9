"""The web page in a real browser: timeline, filters, report with highlights, and nothing from a report runs.

Needs Chromium and Playwright's Python package; skips where one is missing.
"""

import json
import shutil
import urllib.request
from urllib.parse import urljoin

import pytest

from pdfs import ferry_and_gunmen
from serving import serving

playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: make setup")
expect = playwright.expect
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]

HOSTILE = ('<img src=x onerror="window.hacked=1"> strikes\n\n<script>window.hacked=1</script> Rebels attacked the town of '
           'Vall on 3 March 2026, killing 12 soldiers, "a <b>brave</b> man & his \U0001f40e" said on Friday.\n')


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium: make setup")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    yield page
    assert page.problems == []
    page.close()


@pytest.fixture(scope="module")
def address(binary, demo_store):
    with serving(binary, demo_store) as address:
        yield address


def test_timeline_shows_happenings_with_sources_and_words(page, address):
    page.goto(address)
    page.wait_for_selector("#events .event")
    assert page.inner_text("#totals").startswith("22 reports")
    first = page.locator("#events .event").first
    assert first.locator("time").inner_text()
    assert first.locator(".type").inner_text()
    assert first.locator("q").inner_text()
    assert "independent source" in first.locator("summary").inner_text()


def test_a_happening_opens_to_its_accounts_side_by_side(page, address):
    page.goto(address)
    disputed = page.locator("#events .event", has=page.locator(".disputed", has_text="dead")).first
    disputed.locator("summary").click()
    rows = disputed.locator("table.accounts tbody tr")
    expect(rows.first).to_be_visible()
    assert rows.count() > 2
    sources = {row.locator("td").first.inner_text().split(",")[0] for row in rows.all()}
    assert len(sources) > 1
    rows.nth(1).locator("button").click()
    page.wait_for_selector("#report .chosen")


def test_the_address_holds_what_is_shown_and_back_goes_back(page, address):
    page.goto(f"{address}?type=PROTEST")
    page.wait_for_selector("#events .event")
    assert set(page.locator("#events .type").all_inner_texts()) == {"PROTEST"}
    assert page.input_value("#filters [name=type]") == "PROTEST"
    page.locator("#events .event button").first.click()
    page.wait_for_selector("#report h2")
    title = page.inner_text("#report h2")
    shown = page.url
    page.click("#clear")
    expect(page.locator("#events .type", has_text="ASSAULT").first).to_be_visible()
    page.go_back()
    expect(page.locator("#events .type", has_text="ASSAULT")).to_have_count(0)
    assert page.url == shown
    page.goto("about:blank")
    page.goto(shown)
    expect(page.locator("#report h2")).to_have_text(title)


def test_a_day_that_is_inferred_is_marked(page, address):
    page.goto(address)
    page.wait_for_selector("#events .event")
    for summary in page.locator("#events summary").all()[:10]:
        summary.click()
    days = page.locator("table.accounts tbody tr td:nth-child(2)")
    expect(days.nth(9)).to_be_visible()
    days = days.all_inner_texts()
    assert any(day.startswith("(") for day in days) and any(day[:1].isdigit() for day in days)


def test_filters_narrow_and_clear(page, address):
    page.goto(address)
    page.wait_for_selector("#events .event")
    everything = page.locator("#events .event").count()
    page.select_option("#filters [name=type]", "ASSAULT")
    with page.expect_response(lambda answer: "type=ASSAULT" in answer.url):
        page.click("#filters button:not([type=button])")
    expect(page.locator("#events .event")).not_to_have_count(everything)
    assert set(page.locator("#events .type").all_inner_texts()) == {"ASSAULT"}
    page.click("#clear")
    expect(page.locator("#events .event")).to_have_count(everything)
    page.fill("#filters [name=since]", "1066")
    page.fill("#filters [name=until]", "1067")
    page.click("#filters button:not([type=button])")
    expect(page.locator("#message")).to_have_text("Nothing fits.")


def test_a_click_opens_the_report_with_its_sentence_marked(page, address):
    page.goto(address)
    page.wait_for_selector("#events .event")
    item = page.locator("#events .event").first
    words = " ".join(item.locator("q").inner_text().split())
    item.locator("button").click()
    page.wait_for_selector("#report h2")
    marked = " ".join(" ".join(page.locator("#report .chosen").all_text_contents()).split())
    assert words[:20].replace(" ", "") in marked.replace(" ", "")
    assert page.locator("#report mark.time").count() > 0


def test_search_marks_the_words_found(page, address):
    page.goto(address)
    page.fill("#search input", "ceasefire")
    page.click("#search button")
    page.wait_for_selector("#events mark")
    assert "ceasefire" in page.locator("#events mark").first.inner_text().casefold()
    page.locator("#events button").first.click()
    page.wait_for_selector("#report h2")


def test_nothing_from_a_report_becomes_markup(binary, output_of, models, page, tmp_path):
    reports = tmp_path / "reports.jsonl"
    reports.write_text(json.dumps({"id": "hostile", "text": HOSTILE, "date": "2026-03-04", "title": "<i>Title</i>",
                                   "url": "javascript:window.hacked=1"}) + "\n")
    store = tmp_path / "hostile.db"
    output_of("ingest", reports, "--store", store)
    with serving(binary, store) as address:
        page.goto(address)
        page.fill("#search input", "soldiers")
        page.click("#search button")
        page.wait_for_selector("#events button")
        page.locator("#events button").first.click()
        page.wait_for_selector("#report h2")
        assert page.evaluate("window.hacked") is None
        assert page.locator("#report img, #report script, #report b, #events img, #events script").count() == 0
        assert page.locator("a[href^=javascript]").count() == 0
        assert "<script>window.hacked=1</script>" in page.inner_text("#report")


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
            page.click("#report a:has-text('page as it was read')")
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
        page.wait_for_selector("#events .event")
        page.locator("#events .event", has_text="Gunmen killed").first.locator("button").click()
        original = page.locator("#report a:has-text('page 2 of the PDF')")
        assert page.locator("#report .chosen").first.inner_text().startswith("Gunmen")
        where = original.get_attribute("href")
        assert where.endswith("#page=2")
        # What a browser without a screen does with a PDF differs: what it is given does not.
        assert page.request.get(where).body() == ferry_and_gunmen()
