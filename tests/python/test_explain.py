"""dateline explain: the rule, its file and line, and the anchor behind a value; what a place might have been."""
# SPDX-License-Identifier: Apache-2.0

import pathlib
import re

import pytest

pytestmark = pytest.mark.usefixtures("models")

REPORT = ("Vara left Lomé on May 3, 2019. Two days later at least 14 men were killed, and the damage came to $2 million. "
          "The court will rule on Friday.\n")


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    return path


def explained(done):
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def rows_named(text):
    """Each row that is named, with the line of the table it names."""
    for row, path, line in re.findall(r"^  (?:rule|row) +(.+?)  (\S+):(\d+)", text, re.M):
        yield row, pathlib.Path(path).read_text().split("\n")[int(line) - 1]


def test_a_time_counted_from_an_earlier_one(dateline, report):
    text = explained(dateline("explain", report, "Two days later", "--date", "2026-03-11"))
    assert text.startswith('t2 31-45 "Two days later"  DATE 2019-05-05\n')
    assert 'anchor   t1 "May 3, 2019" 2019-05-03' in text
    [(row, line)] = rows_named(text)
    assert line.startswith(row + "\t")


def test_a_time_counted_from_the_day_of_publication(dateline, report):
    text = explained(dateline("explain", report, "Friday", "--date", "2026-03-11"))
    assert "anchor   published 2026-03-11" in text


def test_quantities_name_the_row_that_says_what_is_counted(dateline, report):
    named = dict(rows_named(explained(dateline("explain", report, "46-111"))))
    assert named["kill"].split("\t")[2] == "dead"
    assert named["at least"].split("\t") == ["at least", "at_least", ""]
    assert named["$"].split("\t")[1] == "USD"


QUANTITIES = [
    ("The toll rose to 14.", "14", {"toll": "dead"}),
    ("Dozens of men were hurt.", "Dozens", {"hurt": "hurt", "dozens": "vague"}),
    ("He owes 30 Canadian dollars.", "30 Canadian dollars", {"canadian dollars": "CAD"}),
    ("It cost 9 million pounds.", "9 million pounds", {"million pounds": "GBP", "million": "scale"}),
    ("Some 40 arrests were made.", "Some 40", {"some": "about", "arrest": "detained"}),
    ("Two-thirds of it burned.", "Two-thirds", {"two": "one", "thirds": "part"}),
    ("The march drew 300 or more people.", "300 or more", {"or more": "after", "draw": "march"}),
    ("No one died.", "No one", {"die": "dead"}),
    ("Nobody knows how many men were arrested.", "how many men", {"arrest": "detained"}),
    ("Ten died, four of them in bed.", "four", {"die": "dead", "four": "one"}),
    ("It carried 60 dead and wounded.", "60", {"casualty": "casualties"}),
    ("Two men took part in the vote.", "Two", {"take": "part"}),
]


@pytest.mark.parametrize("sentence, words, rows", QUANTITIES)
def test_each_row_behind_a_quantity_is_named_with_its_line(dateline, tmp_path, sentence, words, rows):
    path = tmp_path / "report.txt"
    path.write_text(sentence)
    named = dict(rows_named(explained(dateline("explain", path, words))))
    for row, says in rows.items():
        assert row in named
        cells = [cell.split("|") for cell in named[row].split("\t")]
        assert row in cells[0] and any(says in cell for cell in cells[1:]), named[row]


def test_a_span_counts_code_points(dateline, report):
    assert explained(dateline("explain", report, "18-29")).startswith('t1 18-29 "May 3, 2019"')


def test_a_place_lists_what_its_name_might_have_meant(dateline, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("Police in Dallas searched for the driver. The fire burned in Paris.")
    text = explained(dateline("explain", path, "Paris"))
    candidates = re.findall(r"^  might be ([0-9.]+)  (.+)  \((\w+), \d+ people\)$", text, re.M)
    assert {"Paris, Texas, USA", "Paris, Île-de-France, FRA"} <= {name for _, name, _ in candidates}
    assert all(0 <= float(chance) <= 1 for chance, _, _ in candidates)


def test_a_report_of_a_store(dateline, report, tmp_path):
    store = tmp_path / "store.db"
    assert dateline("ingest", report, "--store", store, "--date", "2026-03-11").returncode == 0
    assert "DATE 2026-03-13" in explained(dateline("explain", "r1", "Friday", "--store", store))


def test_one_of_several_reports(dateline, tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text('{"id": "a", "text": "In 2011."}\n{broken\n{"id": "b", "text": "In 2012."}\n')
    assert "DATE 2012" in explained(dateline("explain", path, "2012", "--id", "b"))
    assert "DATE 2011" in explained(dateline("explain", path, "2011"))


@pytest.mark.parametrize("arguments, reason", [
    (("r.txt", ", and"), "no time, quantity, place, party or event was read of"),
    (("r.txt", "Accra"), "neither the words nor the code points Accra are in the report"),
    (("r.txt", "9-5"), "neither the words"),
    (("r.txt", "0-99999999999999999999"), "neither the words"),
    (("r.txt", ""), "neither the words"),
    (("gone.txt", "May"), "there is no file gone.txt"),
    (("r.txt", "May", "--id", "x"), "holds no report x"),
    (("r.txt", "May", "--knowledge", "gone"), "gone"),
    (("r.txt",), "span is required"),
])
def test_what_cannot_be_explained_is_one_line(dateline, report, tmp_path, arguments, reason):
    report.rename(tmp_path / "r.txt")
    done = dateline("explain", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1 and reason in done.stderr.decode(), done.stderr
    assert done.stdout == b""


def test_a_time_counted_from_a_happening(dateline, report):
    report.write_text("Gunmen raided the mill on May 3, 2019. The owner left two days after the raid.\n")
    text = explained(dateline("explain", report, "two days"))
    assert text.startswith('t2 54-62 "two days"  DATE 2019-05-05\n')
    assert 'anchor   t1 "May 3, 2019" 2019-05-03' in text and 'of       "the raid"' in text


def test_a_time_counted_from_a_happening_without_a_day(dateline, report):
    report.write_text("The owner left two days after the attack on the mill, which killed nine men.\n")
    text = explained(dateline("explain", report, "two days"))
    assert re.search(r'anchor   v\d+ "attack"', text) and "DURATION P2D" in text


def test_a_pronoun_names_the_mention_it_was_joined_to_and_others_it_might_mean(dateline, tmp_path):
    path = tmp_path / "talks.txt"
    path.write_text("Ann Lee met Bob Carter in Paris. She told him that the port would open.\n")
    text = explained(dateline("explain", path, "him"))
    assert re.search(r'^  means    0\.\d{3}  "Bob Carter', text, re.M)
    assert " person Bob Carter" in text
