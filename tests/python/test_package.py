"""The Python package: what it reads is what the command line reads; threads, errors, exports. Skips where it is not installed."""

import csv
import datetime
import io
import json
import pathlib
import pickle
import re
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from pdfs import column, pdf

engine = pytest.importorskip("dateline", reason="no package in PYTHONPATH: make package")
ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = "Blast kills two\n\nTwo people were killed in Lagos on Friday, police said. “Nobody saw it,” said Ada Obi.\n"


@pytest.fixture(scope="module")
def reader():
    return engine.Reader()


def test_a_record_is_a_dict_with_spans_in_code_points(reader):
    record = reader.read(TEXT, date="2026-03-09", id="one", verbatim=True)
    assert (record["schema"], record["id"], record["text"]) == ("dateline/1", "one", TEXT)
    assert record["published"]["value"] == "2026-03-09"
    friday = next(t for t in record["times"] if TEXT[slice(*t["span"])] == "Friday" or "Friday" in TEXT[slice(*t["span"])])
    assert friday["value"] == "2026-03-06"


def test_the_example_of_the_readme_gives_what_it_says():
    code = re.search(r"```python\n(.*?)```", (ROOT / "python/README.md").read_text(encoding="utf-8"), re.S)[1]
    *lines, asked = code.strip().splitlines()
    names = {}
    exec("\n".join(lines), names)
    value, _, said = asked.partition("#")
    assert repr(eval(value, names)) == said.strip()


def test_text_and_bytes_are_the_same(reader):
    assert reader.read(TEXT) == reader.read(TEXT.encode())
    assert reader.read(memoryview(TEXT.encode())) == reader.read(TEXT)
    assert "\ufffd" in reader.read("A lone \ud800 surrogate in a sentence.")["text"]


def test_it_reads_what_the_command_reads(output_of, reader, tmp_path):
    line = {"id": "one", "text": TEXT, "date": "2026-03-09"}
    (tmp_path / "one.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    printed = json.loads(output_of("read", "--from", "jsonl", tmp_path / "one.jsonl"))
    record = reader.read(TEXT, id="one", date="2026-03-09", verbatim=True)
    assert {key for key in printed if printed[key] != record.get(key)} <= {"source"}


def test_threads_read_the_same(reader):
    alone = reader.read_json(TEXT, date="2026-03-09")
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: reader.read_json(TEXT, date="2026-03-09"), range(16))) == {alone}


def test_a_rejected_report_is_an_error_with_a_code(reader):
    small = engine.Reader(until="article", max_bytes=100)
    with pytest.raises(engine.Error) as refused:
        small.read("word " * 100)
    assert 1000 <= refused.value.code < 2000
    assert pickle.loads(pickle.dumps(refused.value)).code == refused.value.code  # Spark sends errors between processes.


MAIL = b"From: a@b.example\nMessage-ID: <1@b.example>\nDate: Mon, 9 Mar 2026 10:00:00 +0200\nSubject: Blast\n\n" + TEXT.encode()
SUBTITLES = b"WEBVTT\n\n00:01.000 --> 00:04.000\nTwo people were killed in Lagos.\n"


def docx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>'
                         "<w:r><w:t>Two people were killed in Lagos.</w:t></w:r></w:p></w:body></w:document>")
    return out.getvalue()


@pytest.mark.parametrize("kind, content", [("mail", MAIL), ("office", docx()), ("subtitles", SUBTITLES), ("pdf", pdf([column(["Two people were killed in Lagos."])])),
                                           ("html", b"<!DOCTYPE html><p>Two people were killed in Lagos.</p>"), ("text", TEXT.encode())])
def test_bytes_are_what_they_begin_as(output_of, reader, tmp_path, kind, content):
    if kind == "pdf" and shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext: install poppler-utils")
    (tmp_path / "a").write_bytes(content)
    printed = json.loads(output_of("read", tmp_path / "a"))
    record = reader.read(content)
    assert "killed in Lagos" in record["text"]
    assert {key for key in printed if printed[key] != record.get(key)} <= {"source"}
    assert reader.read(content, media_type=kind) == record
    assert reader.read(content, title="Given", date="2026-03-01")["title"] == "Given"


def test_bytes_that_hold_no_report_or_several(reader):
    for content, code in ((b"WARC/1.0\r\n", 1021), (b"%PDF-1.4 broken", 1018), (b"PK\x03\x04 broken", 1021), (b"\x89PNG\r\n\x1a\n" + bytes(50), 1002)):
        with pytest.raises(engine.Error) as refused:
            reader.read(content)
        assert refused.value.code == code
    with pytest.raises(engine.Error):
        reader.read(SUBTITLES, media_type="pdf")
    with pytest.raises(ValueError, match="subtitles"):
        reader.read(TEXT, media_type="film")
    assert reader.read('{"text": "Two people were killed."}')["text"].startswith("{")


def test_what_is_asked_wrongly_is_said(tmp_path):
    with pytest.raises(engine.Error) as missing:
        engine.Reader(pipeline=tmp_path / "none")
    assert 2000 <= missing.value.code < 3000
    with pytest.raises(ValueError):
        engine.Reader(until="somewhere")
    with pytest.raises(TypeError):
        engine.Reader(until="article").read(None)


def test_the_chronicle_gives_what_the_command_prints(output_of, demo_store):
    printed = [json.loads(line) for line in output_of("timeline", "--each", "--store", demo_store).splitlines()]
    with engine.Chronicle(demo_store) as chronicle:
        assert chronicle.timeline() == printed
        assert chronicle.timeline(types=["ASSAULT"], limit=3) == [e for e in printed if e["type"] == "ASSAULT"][:3]
        assert chronicle.search("ceasefire", limit=2)
        report = chronicle.report(printed[0]["report"]["handle"])
        assert report["text"]
        with pytest.raises(engine.Error):
            chronicle.report("r999999")
        page = next(e["report"] for e in printed if e["report"].get("file", "").endswith(".html"))
        assert chronicle.page(page["handle"]) == (ROOT / page["file"]).read_bytes()
    with pytest.raises(engine.Error):
        engine.Chronicle(demo_store.with_name("none.db"))


@pytest.mark.parametrize("asked, same", [
    ({"since": datetime.date(2026, 3, 3)}, {"since": "2026-03-03"}), ({"until": datetime.datetime(2026, 3, 9, 8)}, {"until": "2026-03-09"}),
    ({"types": "ASSAULT"}, {"types": ["ASSAULT"]}), ({"types": ("assault",)}, {"types": ["ASSAULT"]}), ({"limit": None}, {}), ({"source": None}, {}),
    ({"types": []}, {}), ({"actor": ""}, {}),
])
def test_a_query_may_be_asked_in_several_ways(demo_store, asked, same):
    with engine.Chronicle(demo_store) as chronicle:
        assert chronicle.timeline(**asked) == chronicle.timeline(**same) != []
        assert chronicle.search("Kolvar", **asked) == chronicle.search("Kolvar", **same)


@pytest.mark.parametrize("asked, options", [
    ({"actor": "army", "role": "by"}, ("--actor", "army", "--role", "by")), ({"country": "usa"}, ("--country", "usa")),
    ({"box": (-180, -90, 180, 90)}, ("--box", "-180,-90,180,90")), ({"near": "Bergen", "within": 10.5}, ("--near", "Bergen", "--within", "10.5")),
    ({"near": (60.39, 5.32)}, ("--near", "60.39,5.32")), ({"modes": ["arrest", "explosives"]}, ("--mode", "arrest", "--mode", "explosives")),
    ({"confidence": 0.8}, ("--confidence", "0.8")), ({"text": "ceasefire"}, ("--text", "ceasefire")), ({"states": "machine-read"}, ("--state", "machine-read")),
])
def test_all_filters_of_the_command_are_there(output_of, demo_store, asked, options):
    with engine.Chronicle(demo_store) as chronicle:
        printed = output_of("timeline", "--each", *options, "--store", demo_store).splitlines()
        assert chronicle.timeline(**asked) == [json.loads(line) for line in printed]
        assert set(options[::2]) <= {f"--{name}" for name in re.findall(r"--([a-z]+)", output_of("timeline", "--help"))}


def test_no_filter_of_the_command_is_missing(output_of):
    other = {"help", "store", "format", "each", "background", "tolls"}
    assert set(re.findall(r"--([a-z]+)", output_of("timeline", "--help"))) - other == {
        {"types": "type", "modes": "mode", "states": "state"}.get(name, name) for name in engine.Filters.__annotations__}


@pytest.mark.parametrize("asked, refused, says", [
    ({"box": (1, 2, 3)}, TypeError, "4 numbers"), ({"box": "1,2,3,4"}, TypeError, "4 numbers"), ({"near": (1, "2")}, TypeError, "number"),
    ({"within": "9"}, TypeError, "number"), ({"confidence": True}, TypeError, "number"), ({"confidence": 2}, engine.Error, "0 to 1"),
    ({"within": 9}, engine.Error, "near what"), ({"role": "by"}, engine.Error, "against whom"), ({"role": "with"}, engine.Error, "no role"),
    ({"states": "read"}, engine.Error, "no state"), ({"modes": [1]}, TypeError, "modes"),
    ({"limit": -1}, ValueError, "from 1 on"), ({"limit": 0}, ValueError, "from 1 on"), ({"limit": 2**63}, ValueError, "from 1 on"),
    ({"limit": "3"}, TypeError, "int"), ({"limit": 1.5}, TypeError, "int"), ({"limit": True}, TypeError, "int"),
    ({"types": "ASSAULTS"}, engine.Error, "did you mean ASSAULT"), ({"types": [3]}, TypeError, "types"), ({"types": [""]}, engine.Error, "no type"),
    ({"since": "2026-13"}, engine.Error, "no date"), ({"since": 2026}, TypeError, "datetime.date"), ({"until": "soon"}, engine.Error, "no date"),
    ({"since": "2027", "until": "2026"}, engine.Error, "later"), ({"place": 5}, TypeError, "place"), ({"actor": b"x"}, TypeError, "actor"),
    ({"nonsense": 1}, TypeError, "nonsense"),
])
def test_what_cannot_be_asked_is_said_in_words(demo_store, asked, refused, says):
    with engine.Chronicle(demo_store) as chronicle:
        for ask in (chronicle.timeline, lambda **options: chronicle.search("Kolvar", **options)):
            with pytest.raises(refused, match=says):
                ask(**asked)


def test_a_closed_chronicle_says_so(demo_store):
    chronicle = engine.Chronicle(demo_store)
    chronicle.close()
    with pytest.raises(ValueError, match="closed"):
        chronicle.timeline()


def test_days_and_outlets_of_a_report(reader):
    assert reader.read(TEXT, date=datetime.date(2026, 3, 9)) == reader.read(TEXT, date="2026-03-09")
    assert reader.read(TEXT, date=None)["warnings"] == []
    assert reader.read(TEXT, outlet="Horn Wire")["source"]["publisher"] == "Horn Wire"
    with pytest.raises(TypeError, match="str or bytes"):
        reader.read(5)


@pytest.mark.parametrize("format", ["jsonl", "csv", "claims", "plover", "acled", "geojson", "timelinejs", "webannotation", "ics"])
def test_it_exports_what_the_command_exports(dateline, demo_store, tmp_path, format):
    done = dateline("export", "--format", format, "--store", demo_store, "--since", "2026-03-05", "--background", "--tolls", "conservative")
    out = io.BytesIO()
    with engine.Chronicle(demo_store) as chronicle:
        rows = chronicle.export(format, out, since=datetime.date(2026, 3, 5), background=True, tolls="conservative")
        chronicle.export(format, tmp_path / "out", since="2026-03-05", background=True, tolls="conservative")
        with pytest.raises(FileExistsError):
            chronicle.export(format, tmp_path / "out")
    assert out.getvalue() == done.stdout == (tmp_path / "out").read_bytes()
    assert f"wrote {rows} " in done.stderr.decode()


@pytest.mark.parametrize("sheet", ["csv", "claims", "plover", "acled"])
def test_parquet_holds_the_sheet(dateline, demo_store, tmp_path, sheet):
    parquet = pytest.importorskip("pyarrow.parquet")
    with engine.Chronicle(demo_store) as chronicle:
        rows = chronicle.export_parquet(tmp_path / "out.parquet", sheet=sheet)
        assert chronicle.export_parquet(tmp_path / "none.parquet", sheet=sheet, since="2031") == 0
    kept, none = (parquet.read_table(tmp_path / name) for name in ("out.parquet", "none.parquet"))
    table = list(csv.DictReader(io.StringIO(dateline("export", "--format", sheet, "--store", demo_store).stdout.decode(), newline="")))
    assert kept.schema == none.schema and none.num_rows == 0
    assert kept.num_rows == len(table) == rows > 10 and kept.column_names == list(table[0])
    for row, cells in zip(kept.to_pylist(), table):
        for name, value in row.items():
            cell = cells[name]
            if isinstance(value, float):
                assert float(cell) == value
            else:  # The sheet is guarded against formulas, and a cell of it is one line.
                assert re.sub(r"[\r\n]", " ", value or "") in (cell, cell.removeprefix("'"))


def test_what_is_no_sheet_is_no_parquet_and_leaves_no_file(demo_store, tmp_path):
    pytest.importorskip("pyarrow")
    with engine.Chronicle(demo_store) as chronicle:
        with pytest.raises(ValueError, match="only a sheet"):
            chronicle.export_parquet(tmp_path / "a.parquet", sheet="ics")
        with pytest.raises(engine.Error, match="did you mean csv"):
            chronicle.export("csvv", tmp_path / "a.csv")
        with pytest.raises(ValueError, match="conservative"):
            chronicle.export("csv", tmp_path / "a.csv", tolls="best")

        class Full(io.BytesIO):
            def write(self, _):
                raise OSError("no room")
        with pytest.raises(OSError, match="no room"):
            chronicle.export("claims", Full())
    assert not list(tmp_path.iterdir())
