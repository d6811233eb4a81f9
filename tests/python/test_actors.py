"""dateline actors: who is named over reports, under which names; by tables of one's own, too."""
# SPDX-License-Identifier: Apache-2.0

import csv
import io
import json
import time

HEAD = "name\tnames\tkind\tcountry\tsector\n"


def report(number, text, outlet="Lantern", date="2024-02-05"):
    return json.dumps({"id": f"n{number}", "text": text, "date": date, "outlet": outlet})


def ingest(dateline, tmp_path, lines, *options):
    reports = tmp_path / "reports.jsonl"
    reports.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = dateline("ingest", reports, "--store", tmp_path / "a.db", *options)
    assert done.returncode == 0, done.stderr.decode()
    return tmp_path / "a.db"


def listed(output_of, store, *options):
    return [json.loads(line) for line in output_of("actors", "--store", store, "--format", "jsonl", *options).splitlines()]


REPORTS = [
    report(1, "The Karst Liberation Movement (KLM) attacked a convoy of the Kenyan army near Lodwar on Sunday. Paul Otieka, "
              "the interior minister of Kenya, said the KLM had killed four soldiers."),
    report(2, "Fighters of the KLM freed two drivers near Lodwar, Paul Otieka, the interior minister of Kenya, said. "
              "The KLM said nothing.", "Harbour Post", "2024-02-08"),
    report(3, "The Karst Liberation Movement accused Kenya's army of an attack. Paul Otieka, the interior minister of Kenya, denied it.",
           "Horn Wire", "2024-03-01"),
]


def test_one_actor_is_found_under_all_its_names(dateline, output_of, models, tmp_path):
    store = ingest(dateline, tmp_path, REPORTS)
    actors = listed(output_of, store)
    assert actors == sorted(actors, key=lambda a: (-a["reports"], a["actor"]))
    for name in ("KLM", "karst liberation movement", "The Karst Liberation Movement"):
        life, = listed(output_of, store, name)
        assert life["reports"] == 3, life
        assert {"KLM", "Karst Liberation Movement"} <= {one["name"] for one in life["names"]}
        assert {outlet for one in life["names"] for outlet in one["outlets"]} == {"Lantern", "Harbour Post", "Horn Wire"}
        assert (life["first_seen"], life["last_seen"]) == ("2024-02-05", "2024-03-01")
    assert listed(output_of, store, life["actor"]) == [life]
    told = [json.loads(line)["event"] for line in output_of("timeline", "--each", "--actor", "KLM", "--store", store).splitlines()]
    assert any(event.startswith("r3.") for event in told)  # Which has the long name alone.
    minister, = listed(output_of, store, "Paul Otieka", "--kind", "person")
    assert minister["reports"] == 3 and minister["country"] == "KEN"
    assert "interior minister" in {one["role"] for one in minister["roles"]}
    assert listed(output_of, store, "--country", "ken", "--limit", "1")[0]["country"] == "KEN"


def test_tables_and_csv(dateline, output_of, models, tmp_path):
    store = ingest(dateline, tmp_path, REPORTS)
    rows = list(csv.DictReader(io.StringIO(output_of("actors", "--store", store, "--format", "csv"))))
    assert [row["actor"] for row in rows] == [one["actor"] for one in listed(output_of, store)]
    assert "Karst Liberation Movement (" in next(row for row in rows if row["name"] in ("KLM", "Karst Liberation Movement"))["names"]
    table = output_of("actors", "KLM", "--store", store, "--format", "table")
    assert "CALLED" in table and "Harbour Post" in table
    nobody = dateline("actors", "Nobody Atall", "--store", store, "--format", "table")
    assert nobody.returncode == 0 and b"no actor fits" in nobody.stderr
    assert dateline("actors", "--store", store, "--kind", "ghost").returncode == 2


def test_own_rows_win_and_nothing_is_read_again(dateline, output_of, models, tmp_path):
    store = ingest(dateline, tmp_path, [
        report(1, "Salma Tirouh, the mayor of Lodwar, met Odo Brannik."),
        report(2, "Ms. Tirouh spoke in Nairobi. The Lodwar Lioness, as she is called, criticized the Column.", date="2024-09-05"),
        report(3, "The Talvik Column burned a mill, police said.", date="2025-09-05"),
    ])
    own = tmp_path / "own"
    own.mkdir()
    (own / "own_actors.tsv").write_text(HEAD + "Salma Tirouh\tTirouh\tperson\tKEN\tLEG\nTalvik Column\tColumn\t\tKEN\tREB\n", encoding="utf-8")
    before = [one for one in listed(output_of, store) if one["name"] == "Salma Tirouh"]
    assert [one["reports"] for one in before] == [1]
    done = dateline("match", "--store", store, "--knowledge", own)
    assert done.returncode == 0, done.stderr.decode()
    mayor, = listed(output_of, store, "Tirouh")
    assert (mayor["reports"], mayor["country"], mayor["sector"], mayor["kind"]) == (2, "KEN", "LEG", "person")
    again = dateline("ingest", tmp_path / "reports.jsonl", "--store", store, "--knowledge", own)
    assert b"read 0, skipped 3" in again.stderr, again.stderr.decode()
    assert listed(output_of, store, "Tirouh")[0]["reports"] == 2


def test_mistakes_in_own_rows_are_named(dateline, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    rows = ["Salma Tirouh\tTirouh\tperson\tKEN\tLEG", "Amina Tirouh\tTIROUH\tperson\t\t", "Tirouh\t\tcountry\t\t", "A\tB\tghost\t\t",
            "C\t\t\tXXX\t", "D\t\t\t\tXXX", "E\t...\t\t\t"]
    (own / "own_actors.tsv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    done = dateline("knowledge", "check", own)
    assert done.returncode == 1
    for line, why in ((3, "'TIROUH' is there twice, see line 2"), (5, "'ghost' is no kind"), (6, "'XXX' is no country"),
                      (7, "'XXX' is no sector"), (8, "'...' is no name")):
        assert f"own_actors.tsv:{line}: {why}" in done.stderr.decode()
    refused = dateline("match", "--store", tmp_path / "none.db", "--knowledge", own)
    assert refused.returncode != 0


def test_many_reports_of_one_name_cost_what_few_do(dateline, output_of, models, tmp_path):
    many = [report(n, f"Paul Otieka, the interior minister of Kenya, opened well number {n}.", f"Outlet {n % 7}",
                   f"20{10 + n % 12:02}-0{1 + n % 9}-11") for n in range(300)]
    store = ingest(dateline, tmp_path, many, "--reading", "fast")
    assert listed(output_of, store, "Paul Otieka")[0]["reports"] == 300
    begun = time.monotonic()
    ingest(dateline, tmp_path, [report(999, "Paul Otieka, the interior minister of Kenya, resigned.")], "--reading", "fast")
    assert time.monotonic() - begun < 30
    assert listed(output_of, store, "Paul Otieka")[0]["reports"] == 301
