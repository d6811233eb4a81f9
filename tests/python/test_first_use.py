"""What a newcomer does: days and outlets given beside the files, sheets and catalogues, slips of the hand, what needs a look."""
# SPDX-License-Identifier: Apache-2.0

import csv
import io
import json
import re
import sqlite3

import pytest

pytestmark = pytest.mark.usefixtures("models")

RAID = "Gunmen killed five people in Abyei on Monday, the mayor said."
DATED = f"ABYEI, Sudan, May 26, 2026 (Horn Wire) - {RAID}\n"
PAGE = f"""<html lang="en"><head><title>Raid in Abyei</title><meta property="og:site_name" content="Nile Post">
<meta property="article:published_time" content="2026-05-27"><link rel="canonical" href="https://nilepost.example/raid"></head>
<body><article><h1>Raid in Abyei</h1><p>{RAID} They came at dawn and burned twelve houses before the army drove them off.</p></article></body></html>"""


def records(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def read(dateline, *arguments, **options):
    return records(dateline("read", "--until", "article", *arguments, **options))


def rows(store, query):
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.fixture
def folder(tmp_path):
    """Reports of all sorts, and what is none."""
    (tmp_path / "wire.txt").write_text(DATED)
    (tmp_path / "note.txt").write_text(RAID + "\n")
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "more.jsonl").write_text(json.dumps({"id": "j", "text": RAID + " He named nobody.", "date": "5 May 2026", "outlet": "Delta Radio"}) + "\n")
    return tmp_path


def ingest(dateline, *arguments):
    done = dateline("ingest", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stderr.decode()


# ---- days

def test_a_day_given_for_all_dates_only_what_has_none(dateline, folder):
    days = {r["source"].get("file", r["id"]).rpartition("/")[2]: r["published"] for r in read(dateline, folder, "--date", "2026-06-01")}
    assert {name: (day["value"], day["from"]) for name, day in days.items()} == {
        "wire.txt": ("2026-05-26", "text"), "note.txt": ("2026-06-01", "assumed"), "page.html": ("2026-05-27", "meta"), "j": ("2026-05-05", "given")}


def test_overriding_is_another_option(dateline, folder):
    assert {r["published"]["value"] for r in read(dateline, folder, "--override-date", "2026-06-01")} == {"2026-06-01"}


def test_dating_again_replaces_the_reading_and_doubles_nothing(dateline, folder, tmp_path):
    store = tmp_path / "c.db"
    assert "read 4, skipped 0" in ingest(dateline, folder, "--store", store)
    assert "read 1 (1 anew), skipped 3" in ingest(dateline, folder, "--store", store, "--date", "2026-06-01")
    assert "read 0, skipped 4" in ingest(dateline, folder, "--store", store, "--date", "2026-06-01")
    assert "read 0, skipped 4" in ingest(dateline, folder, "--store", store)  # What was assumed stays.
    assert "read 1 (1 anew), skipped 3" in ingest(dateline, folder, "--store", store, "--date", "2026-06-08")
    assert "read 4 (4 anew), skipped 0" in ingest(dateline, folder, "--store", store, "--override-date", "2026-06-09")
    assert rows(store, "SELECT count(*), min(published), max(published) FROM reports") == [(4, "2026-06-09", "2026-06-09")]


@pytest.mark.parametrize("date, expected", [
    ("2026-05-05", "2026-05-05"), ("5 May 2026", "2026-05-05"), ("May 5, 2026", "2026-05-05"), ("Tuesday, 5 May 2026", "2026-05-05"),
    ("Tue, 05 May 2026 10:20:00 GMT", "2026-05-05"), ("MAY 5, 2026", "2026-05-05"), ("5th May 2026", "2026-05-05"), ("20260505103000", "2026-05-05T10:30"),
    ("3/5/2026", None), ("May 2026", None), ("31 June 2026", None), ("yesterday", None), ("after 5 May 2026 or so", None),
])
def test_a_date_that_comes_with_a_report_is_read_or_told(dateline, date, expected):
    record = read(dateline, "--from", "jsonl", "-", stdin=json.dumps({"text": RAID, "date": date}).encode())[0]
    assert record.get("published", {}).get("value") == expected
    assert any("given date" in warning for warning in record["warnings"]) == (expected is None)


@pytest.mark.parametrize("text, day", [
    (f"Raid in Abyei\n\nHorn Wire, 25 May 2026\n\n{RAID}\n", "2026-05-25"),
    (f"Raid in Abyei\n\n{RAID}\n\nHorn Wire, 25 May 2026\n", "2026-05-25"),
    (f"Raid in Abyei\n\nBy Ada Obi\nPublished 25 May 2026 at 10:00\n\n{RAID}\n", "2026-05-25"),
    (f"Raid in Abyei\n\n{RAID}\n\nPublished May 25, 2026, 10:00 by Horn Wire\n", "2026-05-25"),
    (DATED, "2026-05-26"),
    (f"Raid in Abyei\n\n{RAID} The last raid was on 25 May 2026.\n", None),
    (f"{RAID}\n\nThe town had been raided before.\n\nThat was on 25 May 1998.\n", None),
])
def test_the_day_is_found_in_the_head_or_the_foot_of_a_text(dateline, text, day):
    assert read(dateline, "-", stdin=text.encode())[0].get("published", {}).get("value") == day


TUESDAY = ("--date", "2026-05-26")


@pytest.mark.parametrize("text, options, days", [
    ("The trial opens on June 20, 2026. An editor was detained the day before, his lawyer said.", TUESDAY,
     {"June 20, 2026": "2026-06-20", "the day before": "2026-05-25"}),
    ("The plan runs until 2027. Protesters blocked the bridge last week.", (), {"2027": "2027-01-01..2027-12-31"}),
    ("A curfew takes effect at midnight on Thursday, the governor said.", TUESDAY, {"Thursday": "2026-05-28", "midnight": "2026-05-28"}),
    ("The ceasefire takes effect at midnight Thursday.", TUESDAY, {"midnight Thursday": "2026-05-28"}),
    *((f"{headline}\n\nPeople were counted on Monday.", TUESDAY, {"Monday": "2026-05-25"}) for headline in (
        "At least 1014 killed in quake", "2000 flee fighting in north", "Blast kills 2012", "Police detain 2001", "1999 arrested after riot",
        "Toll passes 2015 as rescuers dig", "Some 1980 villagers left homeless")),
    ("Gunmen struck on 3/5/2026.", (), {"3/5/2026": "2026-03-05..2026-05-03"}),
    ("Gunmen struck on 3-5-2026.", (), {"3-5-2026": "2026-03-05..2026-05-03"}),
    ("Gunmen struck on 3/5/2026, and again on 25/5/2026.", (), {"3/5/2026": "2026-05-03", "25/5/2026": "2026-05-25"}),
    ("Gunmen struck on 3/5/2026.", ("--url", "https://gazette.example.co.uk/1"), {"3/5/2026": "2026-05-03"}),
    ("Gunmen struck on 3/5/2026.", ("--url", "https://gazette.example.us/1"), {"3/5/2026": "2026-03-05"}),
    ("Gunmen struck on 3/5/2026.", ("--url", "https://gazette.example.ca/1"), {"3/5/2026": "2026-03-05..2026-05-03"}),
    ("Gunmen struck on 3/5/2026, and again on 4/25/2026.", ("--url", "https://gazette.example.co.uk/1"), {"3/5/2026": "2026-03-05", "4/25/2026": "2026-04-25"}),
])
def test_the_days_that_words_denote(dateline, text, options, days):
    record, = records(dateline("read", "-", "--reading", "fast", *options, stdin=text.encode()))
    read_days = {}
    for time in record["times"]:
        begin, end = time.get("begin"), time.get("end")
        read_days[record["text"][slice(*time["span"])]] = begin if begin == end else f"{begin}..{end}"
    assert read_days == days


STORY = "ABYEI, Sudan, May 26, 2026 (Horn Wire) - Gunmen killed five people in Abyei{}, the mayor said. They burned twelve houses.\n"


@pytest.mark.parametrize("head, told, day", [
    ("Gunmen kill five in Abyei", " on Sunday", ("2026-05-24", "context")), ("Gunmen kill five in Abyei", "", ("2026-05-25", "published")),
    ("Gunmen kill five in Abyei\n\nHORN WIRE | Tuesday, May 26, 2026", " on Sunday", ("2026-05-24", "context")),
    ("Gunmen kill five in Abyei\n\nHORN WIRE | Tuesday, May 26, 2026", "", ("2026-05-25", "published")),
    ("Gunmen kill five in Abyei\n\nHorn Wire, 26 May 2026", " on Sunday", ("2026-05-24", "context")),
])
def test_the_day_of_publication_is_not_told_of_a_headlines_event(dateline, head, told, day):
    record, = records(dateline("read", "-", stdin=f"{head}\n\n{STORY.format(told)}".encode()))
    assert record["published"]["value"] == "2026-05-26"
    days = {record["text"][slice(*event["trigger"])]: (event["date"]["begin"], event["date"]["from"]) for event in record["events"]}
    assert days["kill"] == day
    assert days["killed"] == (("2026-05-24", "text") if told else day)


@pytest.mark.parametrize("text, day", [
    ("The front, founded in 2011, attacked a barracks near Juba.", ("2026-05-25", "published")),
    ("Founded in 2011, the front attacked a barracks near Juba on Friday.", ("2026-05-22", "text")),
    ("Set up in 2011, the front attacked a barracks near Juba.", ("2026-05-25", "published")),
    ("The front attacked a barracks in 2011.", ("2011-01-01", "text")),
])
def test_the_year_that_a_thing_was_made_in_dates_nothing_else(dateline, text, day):
    record, = records(dateline("read", "-", *TUESDAY, stdin=text.encode()))
    days = {record["text"][slice(*event["trigger"])]: (event["date"]["begin"], event["date"]["from"]) for event in record["events"]}
    assert days["attacked"] == day


# ---- what is beside the telling

@pytest.mark.parametrize("text, parties", [
    ("BOR MARO - Eight herders were killed by gunmen near the border on Monday, elders said.", {"Eight herders", "gunmen"}),
    ("BOR, South Sudan (Lakes Wire) - Gunmen killed eight herders on Monday.", {"Gunmen", "eight herders"}),
    ("Bor, 25 May 2026 (Lakes Wire) \u2014 Gunmen killed eight herders on Monday.", {"Gunmen", "eight herders"}),
    ("Curfew in the north\n\nBy Deng Majok\nLakes Wire, 25 May 2026\n\nThe governor of Jonglei ordered a curfew on Monday.", {"governor of Jonglei"}),
    (f'<html><body><article><h1>Curfew in the north</h1><p class="byline">By Mary Ayen</p><p>The governor of Jonglei ordered a curfew on Monday. '
     f'It is to last a week, and nobody may leave a house after dark.</p></article></body></html>', {"governor of Jonglei"}),
])
def test_no_byline_and_no_dateline_is_a_party(dateline, text, parties):
    record, = records(dateline("read", "--from", "html" if text.startswith("<html") else "text", "-", *TUESDAY, stdin=text.encode()))
    found = {record["text"][slice(*side["span"])] for event in record["events"] for side in event.get("actors", []) + event.get("recipients", [])}
    assert found == parties


def test_a_name_ends_with_its_headline(dateline):
    record, = records(dateline("read", "-", stdin=b"Eight herders killed in raid near Bor\n\nBOR, South Sudan, June 2, 2026 (Lakes Wire) - Gunmen killed eight herders.\n"))
    assert [place["name"] for place in record["places"]] == ["Bor", "Bor", "South Sudan"]
    assert not any("\n" in record["text"][slice(*mention["span"])] for entity in record["entities"] for mention in entity["mentions"])


# ---- outlets, addresses

@pytest.mark.parametrize("text, outlet", [
    (DATED, "Horn Wire"), (f"Raid in Abyei\n\nHorn Wire, 25 May 2026\n\n{RAID}\n", "Horn Wire"), (f"THE NILE POST | 25 May 2026\n\n{RAID}\n", "THE NILE POST"),
    (f"Raid in Abyei\n\n{RAID}\n\nPublished May 25, 2026, 10:00 by Horn Wire\n", "Horn Wire"),
    (f"Raid\n\nNairobi, 25 May 2026\n\n{RAID}\n", None), (RAID, None),
])
def test_a_text_says_which_outlet_it_is_of(dateline, text, outlet):
    assert read(dateline, "-", stdin=text.encode())[0]["source"].get("publisher") == outlet


def test_a_page_says_its_address(dateline, folder):
    source = read(dateline, folder / "page.html")[0]["source"]
    assert (source["uri"], source["file"], source["publisher"]) == ("https://nilepost.example/raid", str(folder / "page.html"), "Nile Post")
    (folder / "og.html").write_text(PAGE.replace('<link rel="canonical" href="https://nilepost.example/raid">',
                                                 '<link rel="canonical" href="/raid"><meta property="og:url" content="https://nilepost.example/og">'))
    assert read(dateline, folder / "og.html")[0]["source"]["uri"] == "https://nilepost.example/og"


def test_a_file_is_no_outlet(dateline, folder, tmp_path):
    store = tmp_path / "c.db"
    ingest(dateline, folder, "--store", store)
    assert dict(rows(store, "SELECT coalesce(file, id), outlet FROM reports")) == {
        str(folder / "wire.txt"): "Horn Wire", str(folder / "note.txt"): "", str(folder / "page.html"): "Nile Post", "j": "Delta Radio"}
    for source in ("Horn Wire", "Delta Radio", "nilepost.example"):
        assert dateline("timeline", "--source", source, "--store", store).stdout, source


def test_what_is_said_of_all_reports(dateline, folder):
    record = read(dateline, folder / "note.txt", "--outlet", "Horn Wire", "--url", "https://horn.example/1", "--licence", "CC BY 4.0")[0]
    assert record["source"] == {"uri": "https://horn.example/1", "file": str(folder / "note.txt"), "publisher": "Horn Wire", "licence": "CC BY 4.0",
                                "media_type": "text/plain"}


SHEET = '''file,outlet,url,date,title,licence
note.txt,Horn Wire,https://horn.example/2,25 May 2026,"Raid, in short",CC BY 4.0
page.html,,,,"Another ""title""",
gone.txt,Horn Wire,,,,
'''


@pytest.mark.parametrize("sheet", [SHEET, "\ufeff" + SHEET.replace("\n", "\r\n"), SHEET.replace('"Raid, in short"', "Raid in short").replace(",", ";")])
def test_a_sheet_beside_the_files(dateline, folder, tmp_path, sheet):
    (folder / "about.csv").write_text(sheet, newline="")
    store = tmp_path / "c.db"
    said = ingest(dateline, folder, "--store", store, "--about", folder / "about.csv")
    note, = rows(store, f"SELECT outlet, uri, published, replace(title, ',', ''), licence FROM reports WHERE file = '{folder / 'note.txt'}'")
    assert note == ("Horn Wire", "https://horn.example/2", "2026-05-25", "Raid in short", "CC BY 4.0")
    page, = rows(store, f"SELECT outlet, uri, published, title FROM reports WHERE file = '{folder / 'page.html'}'")
    assert page == ("Nile Post", "https://nilepost.example/raid", "2026-05-27", 'Another "title"')
    assert "not read: 1 (gone.txt)" in said and "about.csv" not in said
    assert "skipped 4" in ingest(dateline, folder, "--store", store, "--about", folder / "about.csv")
    # Mended, it replaces what was read before.
    (folder / "about.csv").write_text(sheet.replace("Horn Wire", "Horn Daily"), newline="")
    assert "read 1 (1 anew), skipped 3" in ingest(dateline, folder, "--store", store, "--about", folder / "about.csv")
    assert dateline("timeline", "--source", "Horn Daily", "--store", store).stdout


@pytest.mark.parametrize("sheet, says", [
    ("", "it is empty"), ("name,outlet\na,b\n", 'no column "file"'), ("file,colour\na,b\n", "names no column"), ("file,outlet\na.txt,b\na.txt,c\n", "row 3"),
    ("file,outlet\n,b\n", "row 2: no file"), (None, "No such file"),
])
def test_a_sheet_that_makes_no_sense(dateline, folder, sheet, says):
    if sheet is not None:
        (folder / "about.csv").write_text(sheet)
    done = dateline("read", folder / "note.txt", "--about", folder / "about.csv")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1 and says in done.stderr.decode() and "DL1013" in done.stderr.decode()


# ---- sheets and arrays of reports

def test_an_array_of_reports(dateline, tmp_path):
    reports = [{"id": "a", "text": "One [1] } here."}, {"id": "b", "html": "<p>Two \"quoted\" \\ men.</p>", "outlet": "Nile Post"}, {"id": "c"}]
    for name, text in (("flat.json", json.dumps(reports)), ("wide.json", json.dumps(reports, indent=4)),
                       ("beside.json", "\n".join(json.dumps(report, indent=1) for report in reports))):
        (tmp_path / name).write_text(text)
        done = dateline("read", "--until", "article", tmp_path / name)
        assert [(r["id"], r["text"]) for r in records(done)] == [("a", "One [1] } here."), ("b", 'Two "quoted" \\ men.')], name
        assert done.stderr.decode() == f'dateline: {tmp_path / name}:3: neither "text" nor "html" is given (DL1006)\n'


@pytest.mark.parametrize("text, read, says", [
    ('[{"text": "One."}, {"text": "Tw', ["One."], "does not end"), ('[{"text": "One."}, 5]', ["One."], "reports are objects"),
    ('[{"text": "One."} {"text": 5}]', ["One."], "is no string"), ("[]", [], ""), ("", [], ""), ('{"text": "One.', [], "does not end"),
])
def test_an_array_that_is_broken(dateline, text, read, says):
    done = dateline("read", "--until", "article", "--from", "json", "-", stdin=text.encode())
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == read
    assert says in done.stderr.decode() and done.stderr.count(b"\n") == bool(says)


def test_a_sheet_of_reports(dateline, tmp_path):
    (tmp_path / "r.csv").write_text('ID,Text,Published by,Date,Outlet\n1,"Two ""men""\nand, a dog.",x,5 May 2026,Nile Post\n2,Four.,,,\n')
    found = read(dateline, tmp_path / "r.csv")
    assert [(r["id"], r["text"]) for r in found] == [("1", 'Two "men"\nand, a dog.'), ("2", "Four.")]
    assert found[0]["published"]["value"] == "2026-05-05" and found[0]["source"]["publisher"] == "Nile Post"
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    done = dateline("read", tmp_path / "bad.csv")
    assert done.returncode == 1 and 'no column "text" or "html"' in done.stderr.decode()
    (tmp_path / "open.csv").write_text('text\nOne.\n"' + "x" * 300_000)
    done = dateline("read", "--until", "article", "--max-bytes", 1000, tmp_path / "open.csv")
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] in ([], ["One."]) and "a quote not closed" in done.stderr.decode()


# ---- said, not silent

SPANISH = ("Al menos cinco personas murieron el lunes en un ataque de hombres armados contra una aldea, según informó el alcalde. "
           "Los atacantes llegaron al amanecer y quemaron doce casas antes de que el ejército los expulsara.\n")


def test_what_needs_a_look_is_said_at_the_end_and_later(dateline, folder, tmp_path):
    (folder / "es.txt").write_text(SPANISH)
    (folder / "copy.txt").write_text(DATED)
    (folder / "readme.md").write_text("# Notes")
    (folder / "table.csv").write_text("a,b\n")
    (folder / "odd.jsonl").write_text(json.dumps({"id": "odd", "text": RAID + " Later.", "date": "3/5/2026"}) + "\n")
    store = tmp_path / "c.db"
    said = ingest(dateline, folder, "--store", store)
    for line in (f"without a day: 3 ({folder}/es.txt, {folder}/note.txt, {folder}/odd.jsonl:1); --date", "with a warning: 3 (", "the same as one that is in: 1 (",
                 f"not read: 2 ({folder}/readme.md, {folder}/table.csv)", f"dateline show --attention --store {store}"):
        assert line in said, said
    listed = [json.loads(line) for line in dateline("show", "--attention", "--store", store).stdout.splitlines()]
    kinds = [one["kind"] for one in listed]
    assert [(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)] == [("undated", 3), ("warning", 3), ("copy", 1), ("not_read", 2)]
    reasons = "\n".join(one["reason"] for one in listed)
    for words in ("in Spanish", "'3/5/2026'", ".md is no extension", "name it itself"):
        assert words in reasons
    examined = dateline("doctor", "--store", store).stdout.decode()
    assert "6 reports" in examined and "in Spanish" in examined and "readme.md" in examined
    # Where all is well nothing is said.
    assert ingest(dateline, folder / "wire.txt", "--store", tmp_path / "d.db").count("\n") == 1


@pytest.mark.parametrize("text, language", [
    (SPANISH, "es"), (DATED + "It was the second raid on the town within a week, and the worst since the rains began.", "en"),
    ("Bei einem Anschlag auf einen Markt sind am Montag mindestens vier Menschen getötet worden, wie die Polizei mitteilte. Siebzehn weitere wurden verletzt.", "de"),
    ("Un attentat a fait au moins quatre morts lundi sur le marché de la ville, a annoncé la police. Dix-sept personnes ont été blessées.", "fr"),
    ("قتل أربعة أشخاص على الأقل يوم الاثنين في انفجار بسوق المدينة، بحسب ما أعلنت الشرطة المحلية في بيان.", "ar"), ("Four die.", None),
])
def test_another_language_is_told(dateline, text, language):
    record = read(dateline, "-", stdin=text.encode())[0]
    assert record.get("language") == language
    assert any("only English is read" in warning for warning in record["warnings"]) == (language not in ("en", None))


# ---- slips of the hand

@pytest.mark.parametrize("arguments, says", [
    (["timelin"], "did you mean 'timeline'"), (["serach", "x"], "did you mean 'search'"), (["nonsense"], "no command 'nonsense'"),
    (["timeline", "--stor", "x"], "did you mean '--store'"), (["timeline", "--limt=3"], "did you mean '--limit'"), (["read", "--form", "text", "x"], "did you mean '--from'"),
    (["timeline", "--zzz"], "no option '--zzz'"), (["timeline", "--type", "ASSAULTS"], "did you mean ASSAULT?"), (["timeline", "--type", "war"], "ASSAULT, MOVE"),
    (["timeline", "--since", "2026-04", "--until", "2026-03"], "2026-04"), (["search", "x", "--since", "2027", "--until", "2026"], "2027"),
])
def test_a_slip_is_told_with_what_was_meant(dateline, demo_store, arguments, says):
    store = ["--store", demo_store] if arguments[0] in ("timeline", "search") and "--stor" not in arguments else []
    done = dateline(*arguments, *store)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1 and says in done.stderr.decode(), done.stderr


def test_types_are_listed(dateline, demo_store):
    lines = dateline("timeline", "--type", "help").stdout.decode().splitlines()
    assert len(lines) == 19 and any(line.startswith("ASSAULT ") for line in lines)
    assert dateline("timeline", "--type", "assault", "--store", demo_store).stdout == dateline("timeline", "--type", "ASSAULT", "--store", demo_store).stdout != b""


def test_show_takes_all_that_it_prints(dateline, on_a_terminal, demo_store):
    printed = on_a_terminal("show", "r1", "--store", demo_store, NO_COLOR="1").decode().replace("\r", "")
    names = re.findall(r"^  (?:id|content|address|found at) +(\S+)$", printed, re.M)
    assert len(names) >= 3
    names += [name[:12] for name in names if re.fullmatch("[0-9a-f]{64}", name)]
    for name in names:
        assert json.loads(dateline("show", name, "--store", demo_store).stdout)["id"] in printed, name


def test_a_possessive_finds_the_name(dateline, demo_store):
    found = dateline("search", "Kolvar", "--store", demo_store).stdout
    assert found
    for asked in ("Kolvar's", "Kolvar’s", "kolvar'"):
        assert dateline("search", asked, "--store", demo_store).stdout == found


def test_rows_of_a_sheet_are_lines_and_columns_are_of_one_kind(dateline, demo_store):
    for command in (["timeline"], ["search", "Kolvar"]):
        text = dateline(*command, "--format", "csv", "--store", demo_store).stdout.decode()
        table = list(csv.DictReader(io.StringIO(text, newline="")))
        assert text.count("\n") == len(table) + 1
        assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", row["published"]) for row in table)
        assert all(any(row[column] for row in table) for column in table[0]), [c for c in table[0] if not any(row[c] for row in table)]


def test_a_count_has_its_unit(dateline, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "Rebels attacked a convoy 10 kilometres north of Abyei on Monday.", "date": "2026-05-26"}))
    ingest(dateline, tmp_path / "a.jsonl", "--store", tmp_path / "c.db")
    for row in csv.DictReader(io.StringIO(dateline("timeline", "--each", "--format", "csv", "--store", tmp_path / "c.db").stdout.decode())):
        assert re.fullmatch("(10 kilomet(re|er)s)?", row["how_many"])


def test_a_narrow_terminal_breaks_no_date(on_a_terminal, demo_store):
    shown = on_a_terminal("timeline", "--store", demo_store, width=60, NO_COLOR="1").decode()
    days = re.findall(r"^[(\[]?\d{4}[-\d]*", shown, re.M)
    assert len(days) > 20 and all(re.fullmatch(r"[(\[]?\d{4}(-\d\d){0,2}", day) for day in days), days


def test_a_day_that_is_inferred_is_marked(dateline, on_a_terminal, demo_store):
    events = [json.loads(line) for line in dateline("timeline", "--each", "--store", demo_store).stdout.splitlines()]
    inferred = [event for event in events if event.get("date", {}).get("from") in ("context", "published")]
    told = [event for event in events if event.get("date", {}).get("from") == "text"]
    assert inferred and told and all("words" in event["date"] for event in told)
    shown = on_a_terminal("timeline", "--each", "--store", demo_store, NO_COLOR="1", width=160).decode().replace("\r", "")
    assert len(re.findall(r"^\(\d{4}(?:-\d\d){0,2}[ )]", shown, re.M)) == len(inferred)
    assert len(re.findall(r"\bday\s+from\s+(?:“|that\s+of\s+publication)", shown)) == len(inferred)
    assert "(…): the event's sentence tells no day" in shown
    for source, words in (("published", "from the day of publication"), ("context", "told by another sentence")):
        event = next(event for event in inferred if event["date"]["from"] == source)
        when, = re.findall(r"^  when .*$", on_a_terminal("show", event["event"], "--store", demo_store, NO_COLOR="1", width=160).decode(), re.M)
        assert words in when


# ---- explain

def test_who_whom_and_where_are_explained_whatever_the_case(output_of, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Gunmen killed five farmers near Abyei, Sudan, on Monday, the army said.\n")
    parties = output_of("explain", path, "GUNMEN", "--date", "2026-05-26")
    assert re.search(r'^(e\d+|-) 0-6 "Gunmen"', parties, re.M) and re.search(r'^  who +v\d+ ASSAULT "killed"', parties, re.M), parties
    event = output_of("explain", path, "killed", "--date", "2026-05-26")
    for row in ("actor", "recipient"):
        assert re.search(rf"^  {row} ", event, re.M), event
    assert output_of("explain", path, "monday", "--date", "2026-05-26") == output_of("explain", path, "Monday", "--date", "2026-05-26")
