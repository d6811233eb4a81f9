"""People put right on the page what was read wrongly, with the server's token, and take it back."""
# SPDX-License-Identifier: Apache-2.0

import json
import urllib.request
from urllib.parse import urljoin

import pytest

from serving import serving

expect = pytest.importorskip("playwright.sync_api", reason="no Playwright: make setup").expect


def answer_of(address, path):
    with urllib.request.urlopen(urljoin(address, path)) as answer:
        return json.load(answer)


def give(page, act, **values):
    for name, value in values.items():
        page.fill(f".correct [name={name}]", value)
    page.click(f".correct button:has-text('{act}')")


def test_a_correction_from_form_to_history_and_back(binary, demo_copy, page):
    with serving(binary, demo_copy) as address:
        page.goto(f"{address}#h:r14.v11")
        day = page.locator("#open tr:has(th:has-text('When')) td").first
        expect(day).to_contain_text("6 March 2026")
        page.locator("#open tr.acts button:has-text('Change')").first.click()
        expect(page.locator(".correct [name=day]")).to_have_value("2026-03-06")
        give(page, "Change", day="2026-03-03", who="Ada", why="the bomb, not the arrests", token="wrong")
        expect(page.locator(".correct .problem")).to_be_visible()
        page.problems.clear()  # The refusal.
        give(page, "Change", token=address.token)
        expect(page.locator(".correct")).to_have_count(0)
        history = page.locator("#open .history li")
        expect(history).to_have_count(1)
        expect(history).to_contain_text("Ada: changed")
        expect(history).to_contain_text("2026-03-03")
        expect(day).to_contain_text("3 March 2026")
        (logged,) = answer_of(address, "/api/corrections")["corrections"]
        assert (logged["act"], logged["who"], logged["why"]) == ("change", "Ada", "the bomb, not the arrests")
        page.click("#open .history button")
        expect(page.locator("#open .history li")).to_contain_text(["taken back by 2", "took correction 1 back"])
        expect(day).to_contain_text("6 March 2026")


def test_an_account_is_split_off_and_merged_again(binary, demo_copy, page):
    with serving(binary, demo_copy) as address:
        page.goto(f"{address}#h:r14.v11")
        page.check("#open .controls input")
        accounts = page.locator("#open .reports td")
        before = accounts.count()
        event = page.locator("#open .reports a").last.get_attribute("href").partition("#")[2]
        page.locator("#open tr.acts td").last.locator("button:has-text('Not this one')").click()
        give(page, "Not this one", who="Ada", token=address.token)
        expect(accounts).to_have_count(before - 1)
        page.click("#open p.acts button:has-text('Merge')")
        give(page, "Merge", **{"with": event})
        expect(accounts).to_have_count(before)


def test_chosen_words_add_a_happening(binary, demo_copy, page):
    with serving(binary, demo_copy) as address:
        page.goto(f"{address}#r14")
        expect(page.locator("#open .text")).to_be_visible()
        page.evaluate("""() => {
          const walker = document.createTreeWalker(document.querySelector('#open .text'), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf('have been cut');
            if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 'have been cut'.length);
          }
        }""")
        page.click("#told button")
        expect(page.locator(".correct blockquote")).to_have_text("have been cut")
        page.select_option(".correct [name=type]", "COERCE")
        give(page, "Add", who="Ada", token=address.token)
        expect(page.locator(".correct")).to_have_count(0)
        expect(page.locator("#open mark.in-event", has_text="have been cut")).to_be_visible()
