"""docs/notebook.ipynb runs, and what notebooks show of a record and a timeline is right and harmless."""
# SPDX-License-Identifier: Apache-2.0

import ast
import html
import json
import pathlib
import re
from html.parser import HTMLParser

import pytest

engine = pytest.importorskip("dateline", reason="no package in PYTHONPATH: make package")
ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSTILE = '<script>alert(1)</script> & "quotes" <img src=x onerror=alert(1)> Gunmen killed five people in Lagos on 6 March 2026, <b>police</b> said.'


class Shown(HTMLParser):
    """The words that a browser shows, the tags and the addresses."""

    def __init__(self, page):
        super().__init__()
        self.words, self.tags, self.attributes = "", set(), []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.words += data


def shown_by(value):
    return value._repr_html_() if hasattr(value, "_repr_html_") else repr(value)


def test_the_notebook_runs(demo_store, tmp_path, monkeypatch):
    """As a kernel does: each cell in turn, its last expression shown."""
    for needed in ("pyarrow", "pandas", "spacy"):
        pytest.importorskip(needed)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chronicle.db").symlink_to(demo_store)
    names, shown = {}, []
    for cell in json.loads((ROOT / "docs/notebook.ipynb").read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs")
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = ast.Expression(tree.body.pop().value)
            exec(compile(tree, "notebook", "exec"), names)
            shown.append(shown_by(eval(compile(last, "notebook", "eval"), names)))
    assert len(shown) == 6 and all(len(one) > 20 for one in shown)
    assert "<mark" in shown[0] and "['first', 'second'], [ReportError('DL1006" in shown[2] and "<table" in shown[3]


@pytest.fixture(scope="module")
def hostile():
    return engine.Reader(reading="fast").read(HOSTILE, title="<i>bad</i>", uri="javascript:alert(1)", outlet='"><script>', date="2026-03-09", verbatim=True)


def test_a_report_cannot_write_html(hostile):
    shown = Shown(hostile._repr_html_())
    assert shown.tags <= {"div", "p", "b", "small", "mark", "a"}
    assert {name for name, _ in shown.attributes} <= {"class", "style", "title", "href", "rel"}
    assert not any(value.startswith("javascript") for name, value in shown.attributes if name == "href")
    assert "<i>bad</i>" in shown.words and HOSTILE.partition("Gunmen")[0] in shown.words


def test_all_the_text_is_shown_and_words_are_marked(hostile, demo_store):
    with engine.Chronicle(demo_store) as chronicle:
        records = [hostile] + [record for _, record in chronicle.reports()][:8]
    for record in records:
        page = record._repr_html_()
        text = page.partition("pre-wrap")[2].partition(">")[2]
        plain = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r" <small[^>]*>.*?</small>", "", text)))
        assert plain == record.text
    marked = re.findall(r'<mark class="dateline-event"[^>]*>([^<]*) <small[^>]*>(\w+)</small></mark>', hostile._repr_html_())
    assert ("killed", "ASSAULT") in marked


def test_a_record_without_anything_is_shown():
    assert engine.Record.of({"id": "a", "text": "<b>"})._repr_html_().count("&lt;b&gt;") == 1


def test_a_timeline_is_a_table(demo_store):
    with engine.Chronicle(demo_store) as chronicle:
        events = chronicle.timeline(since="2026-03")
        page = events._repr_html_()
        assert page.count("<tr>") == len(events) + 1
        for event in events:
            assert html.escape(event["event"]) in page and html.escape(event["trigger"]["words"]) in page
    assert type(events)()._repr_html_().count("<tr>") == 1
    assert "and 20 more" in type(events)(events[:1] * 520)._repr_html_()


def test_a_timeline_cannot_write_html():
    from dateline._chronicle import Timeline

    event = {"event": "r1.v1", "type": "ASSAULT", "words": HOSTILE, "span": [0, len(HOSTILE)], "trigger": {"words": "killed", "span": [HOSTILE.index("killed"), HOSTILE.index("killed") + 6]},
             "actors": [{"words": "<b>"}], "report": {"title": "<i>", "uri": "javascript:1", "outlet": "<u>"}}
    shown = Shown(Timeline([event])._repr_html_())
    assert shown.tags <= {"table", "thead", "tbody", "tr", "th", "td", "mark", "br", "small"} and HOSTILE in shown.words

