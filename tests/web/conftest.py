"""A real browser for the page's tests. Needs Chromium and Playwright's Python package; skips where one is missing."""
# SPDX-License-Identifier: Apache-2.0

import json
import shutil

import pytest

from serving import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: make setup")
    if CHROMIUM is None:
        pytest.skip("no Chromium: make setup")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page_of(browser):
    """Opens pages as a browser of these options would: page_of(color_scheme="dark"). None may complain, or ask another host."""
    opened = []

    def open_page(**options):
        page = browser.new_page(**options)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
                else page.problems.append(f"asked for {asked.url}"))
        opened.append(page)
        return page
    yield open_page
    for page in opened:
        assert page.problems == []
        page.close()


@pytest.fixture
def page(page_of):
    return page_of(viewport={"width": 1400, "height": 900})


@pytest.fixture(scope="module")
def address(binary, demo_store):
    with serving(binary, demo_store) as address:
        yield address


# Towns and a country that the gazetteer has; the demo's are invented.
PLACES = [
    ("Gunmen attacked a police station in Mosul on 3 March 2026, killing 12 officers, the interior ministry said.", "2026-03-04"),
    ("A bomb killed six people in a market in Mosul on 9 March 2026, police said.", "2026-03-10"),
    ("A car bomb killed four people outside a bank in Athens on 11 March 2026, police said.", "2026-03-12"),
    ("France expelled two diplomats on 14 March 2026. They had been in Paris since January 2020.", "2026-03-15"),
]


@pytest.fixture(scope="session")
def places_store(output_of, models, tmp_path_factory):
    """A store of a few happenings at places that are on a map."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "reports.jsonl").write_text("".join(
        json.dumps({"text": text, "date": day, "outlet": "Horn Wire", "title": text[:20]}) + "\n" for text, day in PLACES))
    output_of("ingest", folder / "reports.jsonl", "--store", folder / "places.db")
    return folder / "places.db"
