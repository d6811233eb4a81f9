"""`dateline export`: every format holds what the store holds, each value beside its words and its report."""
# SPDX-License-Identifier: Apache-2.0

import csv
import datetime
import io
import json
import pathlib
import re
import sqlite3
import subprocess

import geojson
import icalendar
import jsonschema
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What a format has to bear: line breaks, quotes, formulas, markup and control characters; no day, no place, only a country.
NASTY = [
    {"id": "title", "title": 'Blast, "huge"\r\nand\nloud; a,b\\c \U0001f4a5 <script>alert(1)</script>', "outlet": "=HYPERLINK(1)", "date": "2026-03-09",
     "url": "https://post.example/a b<c>", "text": "Gunmen killed at least five people in Lagos, Nigeria, on Friday, the police said.\u2028 The army denied it."},
    {"id": "undated", "text": 'Gunmen\x07 killed "three" people in Lagos. \U0001f480 They fled <b>north</b>.'},
    {"id": "country", "date": "2026-03-09", "outlet": "Horn & Sons", "text": "Rebels attacked soldiers in Somalia in February, killing between 10 and 15."},
    {"id": "nowhere", "date": "2026-03-09", "text": "Protesters marched last year."},
]


@pytest.fixture(scope="module")
def nasty_store(output_of, models, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nasty")
    (folder / "nasty.jsonl").write_text("".join(json.dumps(report) + "\n" for report in NASTY))
    output_of("ingest", folder / "nasty.jsonl", "--store", folder / "nasty.db")
    return folder / "nasty.db"


@pytest.fixture(scope="module", params=["demo", "nasty"])
def store(request):
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture(scope="module")
def texts(store):
    """Handle of a report to its text."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
        return {f"r{key}": text for key, text in connection.execute("SELECT key, text FROM reports")}


@pytest.fixture(scope="module")
def exported(dateline, store):
    """What a format gives of the whole store, and what was said of it."""
    def run(format, *arguments):
        done = dateline("export", "--format", format, "--background", "--store", store, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode(), done.stderr.decode()
    return run


@pytest.fixture(scope="module")
def happenings(exported):
    return objects(exported("jsonl")[0])


def objects(lines):
    return [json.loads(line) for line in lines.split("\n")[:-1]]  # Texts may hold what Python, too, takes for the end of a line.


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def same(quote, text):
    """A cell is one line."""
    return re.sub(r"[\r\n]", " ", quote) in re.sub(r"[\r\n]", " ", text)


def test_json_lines_are_the_accounts_of_each_happening(output_of, exported, store):
    lines, said = exported("jsonl")
    timeline = objects(output_of("timeline", "--background", "--store", store))
    assert said == f"dateline: wrote {len(timeline)} happenings\n"
    assert [happening["happening"] for happening in objects(lines)] == [happening["happening"] for happening in timeline]
    accounts = [json.loads(output_of("accounts", happening["happening"], "--store", store)) for happening in timeline]
    for account in (account for happening in accounts for account in happening["accounts"]):
        account.pop("alike", None)  # It is looked up for one happening alone.
    assert accounts == objects(lines)


def test_csv_is_a_happening_a_row_beside_its_words(output_of, exported, store, happenings, texts):
    text, said = exported("csv")
    assert text == output_of("timeline", "--background", "--format", "csv", "--store", store)
    table = rows_of(text)
    assert [row["happening"] for row in table] == [happening["happening"] for happening in happenings]
    quoted = 0
    for row, happening in zip(table, happenings):
        assert (row["sources"], row["reports"]) == (str(happening["sources"]), str(happening["reports"]))
        assert row["disputed"] == "; ".join(happening.get("disputed", []))
        for column in (name.removesuffix("_quote") for name in row if name.endswith("_quote")):
            quotes, report = row[f"{column}_quote"], row[f"{column}_report"]
            assert not quotes or report, column
            for quote in quotes.removeprefix("'").split("; ") if quotes and column in ("who", "to_whom") else filter(None, [quotes]):
                assert same(quote, texts[re.search(r"\((r\d+)\.v\d+\)$", report)[1]]), (column, quote)
                quoted += 1
        dead = next((toll for toll in happening.get("tolls", []) if toll["counts"] == "dead"), None)
        assert dead is None or [float(row[f"dead_{one}"]) for one in ("low", "best", "high")] == [dead["low"], dead["best"], dead["high"]]
        assert dead is None or all(row[f"dead_{one}_quote"] for one in ("low", "best", "high"))
    assert quoted > len(table)


def test_a_claim_is_a_row_and_its_span_gives_its_words(exported, happenings, texts):
    text, said = exported("claims")
    table = rows_of(text)
    assert said == f"dateline: wrote {len(table)} claims of {len(happenings)} happenings\n"
    for row in table:
        if row["words"]:
            assert same(row["words"].removeprefix("'"), texts[row["report"]][int(row["span_begin"]):int(row["span_end"])])
        assert row["event"].startswith(row["report"] + ".")
    told = {(row["happening"], row["field"], row["value"], row["report"]) for row in table}
    for happening in happenings:
        for account in happening["accounts"]:
            where, report = happening["happening"], account["report"]["handle"]
            assert (where, "type", account["type"], report) in told
            assert all((where, field, who["name"], report) in told or who["name"][0] in "=+-@"
                       for field, several in (("actor", "actors"), ("recipient", "recipients")) for who in account.get(several, []))
            for counted in account["quantities"] if "quantities" in account else []:
                assert any(row["happening"] == where and row["words"] == counted["words"] and row["qualifier"] == counted.get("qualifier", "")
                           for row in table), counted


def test_uncertain_numbers_stay_so(dateline, nasty_store):
    table = rows_of(dateline("export", "--format", "claims", "--store", nasty_store).stdout.decode())
    assert {"at_least"} <= {row["qualifier"] for row in table if row["field"] == "dead"}


# ---- the formats of others

def validate(document, name):
    schema = json.loads((ROOT / f"tests/python/schemas/{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    mistakes = list(jsonschema.Draft202012Validator(schema).iter_errors(document))
    assert not mistakes, mistakes[0]


def quotes_stand_in_their_reports(table, texts, several=()):
    """Each cell X_quote holds words of the report that X_report names."""
    quoted = 0
    for row in table:
        for column in (name for name in row if name.lower().endswith("quote") and row[name]):
            report = row[re.sub("(?i)quote$", lambda end: "Report" if end[0][0] == "Q" else "report", column)]
            assert same(row[column].removeprefix("'"), texts[re.search(r"\((r\d+)\.v\d+\)$", report)[1]]), (column, row)
            quoted += 1
    assert quoted > len(table)


def test_plover(exported, happenings, texts):
    table = rows_of(exported("plover")[0])
    assert [row["Event ID"] for row in table] == [happening["happening"] for happening in happenings]
    quotes_stand_in_their_reports(table, texts)
    for row, happening in zip(table, happenings):
        actors = happening.get("actors", [])
        assert row["Actor Name"].removeprefix("'") == "; ".join(actor["name"] for actor in actors)
        for column, key in (("Actor Country", "country"), ("Actor Sectors", "sector")):
            assert row[column] == ("; ".join(actor.get(key, "") for actor in actors) if any(key in actor for actor in actors) else "")
        place = happening.get("place", {})
        assert row["GeoNames ID"] == str(place.get("geonameid", "")) and row["Country"] == place.get("country", "")
        assert bool(row["Latitude"]) == (place.get("precision") in ("town", "point") and "lat" in place)


ACLED = {
    "Battles": {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"},
    "Protests": {"Excessive force against protesters", "Protest with intervention", "Peaceful protest"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {"Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade"},
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {"Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
                               "Looting/property destruction", "Non-violent transfer of territory", "Other"},
}
ACLED_ACTORS = {"State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians", "External/Other forces"}


def knowledge_rows(name):
    lines = [line.rstrip("\n").split("\t") for line in (ROOT / "knowledge/exports" / name).open(encoding="utf-8") if not line.startswith("#")]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_the_tables_say_what_acled_and_plover_have(output_of):
    types = {line.split()[0] for line in output_of("timeline", "--type", "help").splitlines()}
    sectors = set(re.findall(r"`([A-Z]{3})`", (ROOT / "docs/record.md").read_text()))
    for row in knowledge_rows("acled_types.tsv"):
        assert row["type"] in types | {""} and row["sub_event_type"] in ACLED[row["event_type"]]
        assert set(filter(None, row["against"].split("|"))) <= ACLED_ACTORS
    for row in knowledge_rows("acled_actors.tsv"):
        assert row["type"] in types | {""} and row["inter"] in ACLED_ACTORS and set(filter(None, row["sectors"].split("|"))) <= sectors


def test_acled(exported, happenings, texts):
    table = rows_of(exported("acled")[0])
    assert [row["event_id_cnty"][-13:] for row in table] == [happening["happening"] for happening in happenings]
    quotes_stand_in_their_reports(table, texts)
    for row, happening in zip(table, happenings):
        assert row["sub_event_type"] in ACLED[row["event_type"]] and row["event_type_quote"]
        assert {row["inter1"], row["inter2"]} <= ACLED_ACTORS | {""}
        begin, end = happening.get("date", {}).get("begin", ""), happening.get("date", {}).get("end", "")
        assert (row["event_date"], row["event_date_end"]) == (begin, end) and row["time_precision"] in ({"1"} if begin == end else {"2", "3"}) | {""}
        assert bool(row["time_precision"]) == bool(begin)
        assert not row["latitude"] or row["geo_precision"] == "1"
        dead = next((toll for toll in happening.get("tolls", []) if toll["counts"] == "dead"), None)
        assert row["fatalities"] == ("" if dead is None else f"{dead['best']:g}") and (dead is None or row["fatalities_quote"])
        assert f"{happening['sources']} independent source" in row["not_sure"]


def test_geojson(exported, happenings, store):
    text, said = exported("geojson")
    map_ = geojson.loads(text)
    assert map_.is_valid, map_.errors()
    assert [feature.id for feature in map_.features] == [happening["happening"] for happening in happenings]
    outlined = {row["alpha3"] for row in knowledge_rows("outlines.tsv")}
    pins = 0
    for feature, happening in zip(map_.features, happenings):
        place = happening.get("place", {})
        if place.get("precision") in ("town", "point") and "lat" in place:
            assert feature.geometry.coordinates == [pytest.approx(place["lon"], abs=1e-6), pytest.approx(place["lat"], abs=1e-6)]
            pins += 1
        elif place.get("precision") == "country" and place["country"] in outlined:
            assert feature.geometry.type == "MultiPolygon"  # Whose rings turn as they must: is_valid.
        else:
            assert feature.geometry is None
        assert feature.properties.get("country") == place.get("country") and feature.properties["sources"] == happening["sources"]
        assert "lat" not in feature.properties
    assert pins or "nasty" not in str(store)  # The demo's places are invented.


def test_timelinejs(exported, happenings):
    text, said = exported("timelinejs")
    slides = json.loads(text)
    validate(slides, "timelinejs")
    placed = {slide["unique_id"]: slide for slide in slides["events"]}
    for happening in happenings:
        date, published = happening.get("date", {}), happening["accounts"][0]["report"].get("published")
        slide = placed.pop(happening["happening"], None)
        if slide is None:
            assert not date and not published and "without any day left out" in said
            continue
        assert slide["start_date"]["year"] == int((date.get("begin") or date.get("end") or published)[:4])
        assert date or slide["display_date"].startswith("[published ")
        assert not re.search(r"<(?!/?(p|small|ul|li|a)\b)", slide["text"]["text"] + slide["text"]["headline"])
    assert not placed


def test_icalendar(exported, happenings):
    text, said = exported("ics")
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines) and max(len(line.encode()) for line in lines) <= 75
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", text)
    calendar = icalendar.Calendar.from_ical(text)
    events = {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}
    assert icalendar.Calendar.from_ical(calendar.to_ical()) == calendar
    for happening in happenings:
        event = events.pop(happening["happening"], None)
        date = happening.get("date", {})
        if event is None:
            assert not date and "without any day left out" in said
            continue
        assert not event.errors
        if "begin" in date and "end" in date:
            days = (event["DTSTART"].dt.isoformat(), (event["DTEND"].dt - datetime.timedelta(1)).isoformat())
            assert days == (date["begin"], date["end"])
            assert date["begin"] == date["end"] or str(event["SUMMARY"]).endswith("]")
        elif not date:
            assert "[day not told]" in event["SUMMARY"]
        assert f"{happening['sources']} independent source" in event["DESCRIPTION"]
        assert all(f"({account['event']})" in event["DESCRIPTION"] for account in happening["accounts"])
    assert not events


def test_web_annotations(exported, store, texts):
    text, said = exported("webannotation")
    page = json.loads(text)
    validate(page, "webannotation")
    claims = [row for row in rows_of(exported("claims")[0]) if row["words"]]
    assert len(page["items"]) == len(claims) == len({item["id"] for item in page["items"]})
    assert said.startswith(f"dateline: wrote {len(claims)} annotations of ")
    for item, claim in zip(page["items"], claims):
        quote, position = item["target"]["selector"]
        whole, begin, end = texts[claim["report"]], position["start"], position["end"]
        assert (begin, end) == (int(claim["span_begin"]), int(claim["span_end"])) and quote["exact"] == whole[begin:end]
        assert whole[:begin].endswith(quote.get("prefix", "")) and whole[end:].startswith(quote.get("suffix", ""))
        assert len(quote.get("prefix", "")) == min(32, begin) and len(quote.get("suffix", "")) == min(32, len(whole) - end)


# ---- what is asked

@pytest.mark.parametrize("filters", [["--type", "ASSAULT"], ["--since", "2026-03-05", "--until", "2026-03"], ["--limit", "3"], ["--source", "Northwire"],
                                     ["--place", "Kolvar"], ["--actor", "police"], ["--background"], ["--tolls", "conservative"]])
def test_filters_are_those_of_the_timeline(output_of, demo_store, filters):
    assert output_of("export", "--format", "csv", "--store", demo_store, *filters) == output_of("timeline", "--format", "csv", "--store", demo_store, *filters)


@pytest.mark.parametrize("arguments, said", [
    (["--format", "jsnl"], "did you mean jsonl? (DL5001)"), (["--format", "zzzzzz"], "jsonl, csv, claims"),
    (["--format", ""], "--format help"), (["--format", "csv", "--clusters"], "export what?"), (["--clusters", "--since", "2026"], "no filter"),
    (["--format", "csv", "--since", "2026-13"], "DL4013"), (["--format", "csv", "--type", "ASAULT"], "did you mean ASSAULT"),
    (["--format", "csv", "-o", "no/such/folder/x.csv"], "cannot write no/such/folder/x.csv: No such file"), (["--format", "csv", "-o", "."], "directory"),
])
def test_mistakes_are_one_line(dateline, demo_store, tmp_path, arguments, said):
    done = dateline("export", *arguments, "--store", demo_store, cwd=tmp_path)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and said in done.stderr.decode(), done.stderr
    assert not list(tmp_path.iterdir())


def test_formats_are_listed_and_each_is_documented(output_of):
    listed = re.findall(r"^(\w+) +\S", output_of("export", "--format", "help"), re.M)
    page = (ROOT / "docs/exports.md").read_text().partition("\n## ")[0]
    assert listed == re.findall(r"^\| `(\w+)` \|", page, re.M)


# ---- where it goes

def test_a_file_is_whole_and_never_replaced_unasked(dateline, demo_store, tmp_path):
    file = tmp_path / "out.csv"
    done = dateline("export", "--format", "csv", "--store", demo_store, "-o", file)
    assert done.returncode == 0 and done.stdout == b"" and f"happenings to {file}".encode() in done.stderr
    assert file.read_bytes() == dateline("export", "--format", "csv", "--store", demo_store).stdout
    file.write_text("my own notes")
    done = dateline("export", "--format", "csv", "--store", demo_store, "-o", file)
    assert done.returncode == 2 and b"it is there already" in done.stderr and file.read_text() == "my own notes"
    assert dateline("export", "--format", "csv", "--store", demo_store, "-o", file, "--force").returncode == 0
    assert file.read_text().startswith("happening,") and [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert dateline("export", "--format", "csv", "--store", demo_store, "-o", "/dev/null").returncode == 0
    done = dateline("export", "--format", "csv", "--store", demo_store, "-o", demo_store, "--force")
    assert done.returncode == 2 and b"the chronicle itself" in done.stderr


def test_a_full_disk_leaves_the_file_before(with_mount, demo_store, tmp_path):
    said = with_mount("64k", f"""
        echo before > "$there/out.jsonl"
        "$dateline" export --format jsonl --background --store "{demo_store}" -o "$there/out.jsonl" --force && exit 9 || echo "status $?"
        ls "$there"; cat "$there/out.jsonl"
    """)
    assert said.startswith("status 1\nout.jsonl\nbefore\n") and "No space left on device" in said and said.count("dateline:") == 1


def test_a_reader_that_goes_away_is_no_error(binary, demo_store):
    done = subprocess.run(["bash", "-c", f'"{binary}" export --format claims --background --store "{demo_store}" | head -n 1; echo ${{PIPESTATUS[0]}}'],
                          capture_output=True, timeout=60)
    assert done.stdout.splitlines()[-1] == b"0"


def test_an_empty_choice_is_a_whole_document(exported):
    assert len(rows_of(exported("csv", "--since", "2031")[0])) == 0
    assert exported("jsonl", "--since", "2031") == ("", "dateline: wrote 0 happenings\n")
    assert json.loads(exported("geojson", "--since", "2031")[0]) == {"type": "FeatureCollection", "features": []}
    assert json.loads(exported("timelinejs", "--since", "2031")[0]) == {"events": []}
    validate(json.loads(exported("webannotation", "--since", "2031")[0]), "webannotation")
    assert not icalendar.Calendar.from_ical(exported("ics", "--since", "2031")[0]).walk("VEVENT")


def test_a_store_of_before_happenings_says_what_to_do(dateline, demo_copy, altered, tmp_path):
    done = dateline("export", "--format", "csv", "--store", altered(demo_copy, "PRAGMA user_version = 4"), "-o", tmp_path / "out.csv")
    assert done.returncode == 2 and b"dateline match" in done.stderr and b"DL4018" in done.stderr and not (tmp_path / "out.csv").exists()


def test_memory_stays_flat(dateline, usage_of, models, tmp_path):
    """Six times the happenings, the same memory."""
    most = {}
    for count in (60, 360):
        lines = [{"id": f"n{n}", "date": f"{1990 + n % 36}-{n % 12 + 1:02}-05", "outlet": f"Outlet {n}",
                  "text": f"Rebels killed {n + 2} soldiers in Mosul on Friday, police said. The mayor met the governor of Basra. " * 3} for n in range(count)]
        (tmp_path / f"{count}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        store = tmp_path / f"{count}.db"
        assert dateline("ingest", "--reading", "fast", tmp_path / f"{count}.jsonl", "--store", store).returncode == 0
        for format in re.findall(r"^(\w+) ", dateline("export", "--format", "help").stdout.decode(), re.M):
            most[format, count] = usage_of("export", "--format", format, "--background", "--store", store)[1]
    assert all(most[format, 360] < most[format, 60] + 3_000 for format, _ in most), most
