"""PDF files: what is read of them, where it stands, and that none holds up or harms the run.

They are read by pdftotext (poppler-utils). Files that make it hang or eat memory differ by its version, so a program of that name
which does so stands in for it, found by PATH as the real one is.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import os
import pathlib
import shutil
import stat
import subprocess
import time

import pytest

from pdfs import column, pdf

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: install poppler-utils")

TITLE = "Ferry strikes quay in Kolvar"
BODY = ["Five people were hurt on Friday when a ferry struck the quay in",
        "Kolvar, the harbour office said. The vessel had left Hadrel in the morn-",
        "ing and carried 120 passengers."]
MORE = ["The harbour office, a self-", "governing body of the town, closed the northern quay for a day."]


def report(body=BODY, pages=3, info=None):
    """Each page has a running head, a foot with its number, and paragraphs; the first a headline."""
    made = []
    for number in range(pages):
        lines = [(72, 40, 9, "The Orvela Courier"), (280, 770, 9, f"Page {number + 1} of {pages}")]
        if number == 0:
            lines += [(72, 90, 20, TITLE)]
        made.append(lines + column(body) + column(["What is known"], y=210, size=14) + column(MORE, y=240))
    return pdf(made, info)


def read(dateline, *files, **options):
    done = dateline("read", "--until", "article", "--source-map", *files, **options)
    return [json.loads(line) for line in done.stdout.splitlines()], done


def one(dateline, tmp_path, content, *options):
    (tmp_path / "a.pdf").write_bytes(content)
    records, done = read(dateline, tmp_path / "a.pdf", *options)
    assert len(records) == 1, done.stderr
    return records[0]


def rejection(dateline, tmp_path, content, *options, **surroundings):
    (tmp_path / "a.pdf").write_bytes(content)
    records, done = read(dateline, tmp_path / "a.pdf", *options, **surroundings)
    assert (records, done.returncode) == ([], 1)
    lines = [line for line in done.stderr.decode().splitlines() if "a.pdf" in line]
    assert len(lines) == 1, done.stderr
    return lines[0]


def sections(record):
    return [(section["kind"], record["text"][section["span"][0]:section["span"][1]]) for section in record["sections"]]


@needs_pdftotext
def test_paragraphs_headings_and_running_lines(dateline, tmp_path):
    record = one(dateline, tmp_path, report())
    first = " ".join(BODY).replace("morn- ing", "morning")
    second = " ".join(MORE).replace("self- ", "self-")
    page = [("paragraph", first), ("subhead", "What is known"), ("paragraph", second)]
    assert sections(record) == [("title", TITLE), *page * 3, ("boilerplate", "The Orvela Courier")]
    assert record["title"] == TITLE
    assert record["source"]["media_type"] == "application/pdf"
    assert record["read_by"]["converter"].startswith("pdftotext ")
    assert "Page 1" not in record["text"]


@needs_pdftotext
def test_every_word_leads_back_to_its_page_and_box(dateline, tmp_path):
    record = one(dateline, tmp_path, report())
    text = record["text"]
    words = [(text[place["span"][0]:place["span"][1]], place["page"], place["box"]) for place in record["page_map"]]
    assert "".join(word for word, _, _ in words) == "".join(text.split())
    assert {page for _, page, _ in words} == {1, 2, 3}
    left, top, right, bottom = next(box for word, page, box in words if (word, page) == ("Five", 2))
    assert (left, top < 130 < bottom, right - left < 40) == (72, True, True)
    # A word broken over two lines has the places of both.
    at = words.index(next(w for w in words if w[0] == "morn"))
    assert words[at + 1][0] == "ing" and words[at + 1][2][1] > words[at][2][1]
    assert "page_map" not in json.loads(dateline("read", "--until", "article", tmp_path / "a.pdf").stdout)


@needs_pdftotext
def test_columns_are_read_one_after_the_other_and_a_paragraph_goes_on(dateline, tmp_path):
    left = [f"the left column says in its line {n} what is so" for n in "abcdefghijkl"]
    right = [f"the right one goes on in line {n} and says more" for n in "abcdefghijkl"]
    record = one(dateline, tmp_path, pdf([column(left, y=100, size=10, step=12) + column(right, x=330, y=100, size=10, step=12)]))
    assert record["text"] == " ".join(left + right)
    assert [kind for kind, _ in sections(record)] == ["paragraph"]


@needs_pdftotext
@pytest.mark.parametrize("lines, text", [
    (["a well-", "known town"], "a well-known town"),
    (["a Franco-", "German brigade"], "a Franco-German brigade"),
    (["the pre-", "and post-war years"], "the pre- and post-war years"),
    (["the cease-fire held; the cease-", "fire is over"], "the cease-fire held; the cease-fire is over"),
    (["the ceasefire held; the cease-", "fire is over"], "the ceasefire held; the ceasefire is over"),
    (["the govern-", "ment said"], "the government said"),
    (["a long time \u2013", "too long"], "a long time \u2013 too long"),
])
def test_hyphens_at_line_ends(dateline, tmp_path, lines, text):
    assert one(dateline, tmp_path, pdf([column(lines)]))["text"] == text


@needs_pdftotext
@pytest.mark.parametrize("lines, expected", [
    (["A first paragraph that is not longer than this.", "   A second one begins after an indent of a few", "blanks."], 2),
    (["A first paragraph that fills the whole width of its", "column.", "A second one that fills the whole width of its lines", "too."], 2),
    (["A paragraph of sentences. Each of them is short.", "The next one begins a line, and that says", "nothing."], 1),
])
def test_paragraphs_within_a_block(dateline, tmp_path, lines, expected):
    assert len(one(dateline, tmp_path, pdf([column(lines)]))["sections"]) == expected


@needs_pdftotext
@pytest.mark.parametrize("info, title", [
    ({"Title": TITLE}, TITLE),
    ({"Title": "Microsoft Word - ferry.doc"}, TITLE),
    ({"Title": "ferry_final_v2.indd"}, TITLE),
    ({"Title": "A statement of the harbour office"}, "A statement of the harbour office"),
    (None, TITLE),
])
def test_title(dateline, tmp_path, info, title):
    assert one(dateline, tmp_path, report(info=info))["title"] == title


@needs_pdftotext
def test_days(dateline, tmp_path):
    made = {"CreationDate": "D:20260310093000+02'00'", "ModDate": "D:20260312"}
    record = one(dateline, tmp_path, report(info=made))
    assert record["published"] == {"value": "2026-03-10T09:30:00+02:00", "from": "created"}
    assert record["modified"].startswith("2026-03-12")
    assert any("its file was made on 2026-03-10" in warning for warning in record["warnings"])
    record = one(dateline, tmp_path, report(info={"ModDate": "D:20260312"}))
    assert record["published"]["value"][:10] == "2026-03-12" and record["published"]["from"] == "modified"
    dated = one(dateline, tmp_path, report(["KOLVAR, March 6, 2026 (Horn Wire) - " + BODY[0], *BODY[1:]], info=made))
    assert dated["published"] == {"value": "2026-03-06", "from": "text"} and dated["warnings"] == []
    assert one(dateline, tmp_path, report(info=made), "--override-date", "2026-03-01")["published"]["from"] == "given"
    assert one(dateline, tmp_path, report(), "--date", "2026-03-01")["published"]["from"] == "assumed"


@needs_pdftotext
def test_what_has_no_text_is_said_to_be_a_scan(dateline, tmp_path):
    line = rejection(dateline, tmp_path, pdf([b"0 0 612 792 re f"] * 3))
    assert "no text, only pictures on 3 pages" in line and "OCR" in line and "DL1003" in line


@needs_pdftotext
@pytest.mark.parametrize("content, words", [
    (pdf([column(BODY)], encrypted=True), "is encrypted"),
    (report()[:1500], "broken or ends too early"),
    (b"%PDF-1.4\nno more\n", "broken or ends too early"),
    (b"no PDF at all", "broken or ends too early"),
    (b"", "broken or ends too early"),
], ids=["encrypted", "cut", "head", "text", "empty"])
def test_bad_files_are_rejected_with_their_reason(dateline, tmp_path, content, words):
    line = rejection(dateline, tmp_path, content)
    assert words in line and "DL1018" in line


@needs_pdftotext
def test_damage_is_read_around_with_a_warning(dateline, tmp_path):
    content = report().replace(b"/Length", b"/Lxngth", 1)
    end = content.rindex(b"xref", 0, content.rindex(b"startxref"))
    record = one(dateline, tmp_path, content[:end] + content[content.index(b"trailer"):])
    assert TITLE in record["text"]
    assert any("the PDF is damaged" in warning for warning in record["warnings"])


@needs_pdftotext
@pytest.mark.slow
def test_five_thousand_pages(usage_of, tmp_path):
    def word(number):
        return "".join(chr(ord("a") + number // 26 ** place % 26) for place in range(3))
    pages = [column([f"On sheet {word(page)} line {word(n)} tells of three people." for n in range(20)], y=60) for page in range(5000)]
    (tmp_path / "a.pdf").write_bytes(pdf(pages, packed=True))
    _, memory = usage_of("read", "--until", "article", tmp_path / "a.pdf", out=tmp_path / "out")
    record = json.loads((tmp_path / "out").read_text())
    assert f"On sheet {word(4999)} line {word(19)} tells" in record["text"]
    assert record["text"].count("On sheet") == 100_000
    assert memory < 1_500_000


@needs_pdftotext
def test_one_page_that_unpacks_to_a_gigabyte(dateline, tmp_path):
    """30 KB of file; pdftotext must stop at its limit of memory or time, not the machine's."""
    line = b"BT /F1 9 Tf 1 0 0 1 72 700 Tm (people) Tj ET\n"
    begin = time.monotonic()
    (tmp_path / "a.pdf").write_bytes(pdf([line * 10_000_000], packed=True))
    begin = time.monotonic()
    done = dateline("read", "--until", "article", "--time-limit", "20", tmp_path / "a.pdf")
    assert time.monotonic() - begin < 40
    assert done.returncode == 1 and (b"DL1018" in done.stderr or b"DL1012" in done.stderr or b"DL1001" in done.stderr), done.stderr


@needs_pdftotext
def test_many_at_once_and_in_archives(dateline, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n:02}.pdf").write_bytes(report([f"Ferry {n} struck the quay on Friday."]))
    (folder / "07.pdf").write_bytes(b"%PDF-1.4\n")
    alone, _ = read(dateline, folder, "--threads", "1")
    together, done = read(dateline, folder, "--threads", "6")
    assert len(together) == 11 and together == alone
    assert b"rejected 1" in done.stderr or b"07.pdf" in done.stderr
    archive = shutil.make_archive(str(tmp_path / "all"), "zip", folder, ".")
    packed, _ = read(dateline, archive)
    assert sorted(record["text"] for record in packed) == sorted(record["text"] for record in together)
    piped, _ = read(dateline, "-", stdin=(folder / "00.pdf").read_bytes())
    assert piped[0]["text"] == together[0]["text"]


# --- programs that stand in for pdftotext ----------------------------------------------------------


@pytest.fixture
def instead(tmp_path):
    """Puts a script in the place of pdftotext; gives the surroundings in which it is found."""
    def make(script):
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "pdftotext"
        program.write_text("#!/bin/sh\ncase \"$1\" in -v) echo 'pdftotext version 0.0' >&2; exit 0;; esac\n" + script)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return {"env": os.environ | {"PATH": f"{folder}:/usr/bin:/bin", "SECRET": "word"}}
    return make


PAGE = "<page width=\"612\" height=\"792\"><flow><block><line><word xMin=\"72\" yMin=\"100\" xMax=\"99\" yMax=\"112\">{}</word></line></block></flow></page>"


def is_running(words):
    return any(words.encode() in path.read_bytes() for path in pathlib.Path("/proc").glob("[0-9]*/cmdline") if readable(path))


def long_sleep(number):
    """A command of this run alone, whatever else runs on the machine."""
    return f"sleep 8650{number}.{os.getpid()}"


def ends(words):
    """What was killed is gone once it has had its turn."""
    deadline = time.monotonic() + 20
    while is_running(words) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(words)


def readable(path):
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


def test_without_pdftotext_it_is_said_what_to_install(dateline, tmp_path):
    surroundings = {"env": {"PATH": str(tmp_path)}}
    line = rejection(dateline, tmp_path, report(), **surroundings)
    assert "install poppler-utils" in line and "DL1019" in line
    assert b"poppler-utils" in dateline("doctor", **surroundings).stdout


@needs_pdftotext
def test_doctor_names_it(dateline):
    assert b"pdftotext " in dateline("doctor").stdout


def test_one_that_hangs_is_ended_with_all_its_children(dateline, tmp_path, instead):
    begin = time.monotonic()
    line = rejection(dateline, tmp_path, report(), "--time-limit", "2", **instead(f"{long_sleep(1)} & {long_sleep(2)}; wait\n"))
    assert time.monotonic() - begin < 20
    assert "longer than it may" in line and "DL1012" in line
    assert ends(f"86501.{os.getpid()}") and ends(f"86502.{os.getpid()}")


def test_one_that_closes_its_output_and_stays_is_ended(dateline, tmp_path, instead):
    line = rejection(dateline, tmp_path, report(), "--time-limit", "2", **instead(f"exec >&- 2>&-; {long_sleep(3)}\n"))
    assert "DL1012" in line and ends(f"86503.{os.getpid()}")


def test_one_that_eats_memory_is_stopped(dateline, tmp_path, instead):
    script = "exec python3 -c 'a = []\nwhile True: a.append(bytearray(1 << 24))'\n"
    assert "DL1018" in rejection(dateline, tmp_path, report(), **instead(script))


def test_one_that_writes_without_end_is_read_up_to_a_limit(dateline, tmp_path, instead):
    (tmp_path / "a.pdf").write_bytes(report())
    script = f"echo '<html><head></head><body><doc>'; exec yes '{PAGE.format('word ' * 1 + 'x' * 1000)}'\n"
    records, done = read(dateline, tmp_path / "a.pdf", "--max-bytes", "1MB", **instead(script))
    assert any("the PDF was read up to page" in warning for warning in records[0]["warnings"])
    assert len(records[0]["text"]) < 1_100_000
    endless = f"exec yes 'no page at all'\n"
    assert "more words than are read" in rejection(dateline, tmp_path, report(), **instead(endless))


def test_one_that_dies_half_way_is_read_to_where_it_came(dateline, tmp_path, instead):
    (tmp_path / "a.pdf").write_bytes(report())
    records, _ = read(dateline, tmp_path / "a.pdf", **instead(f"echo '{PAGE.format('whole')}<page><flow>'; kill -SEGV $$\n"))
    assert records[0]["text"] == "whole"
    assert any("up to page 1" in warning and "signal 11" in warning for warning in records[0]["warnings"])


def test_what_it_is_given(dateline, tmp_path, instead):
    """No standard input, no surroundings but PATH and a locale, no way to write a file, none of our descriptors."""
    script = f"""
wrote=$( (echo x > "{tmp_path}/left") 2>&1 && [ -s "{tmp_path}/left" ] && echo wrote)
head=$(head -c 5 "$4"); input=$(cat); files=$(ls /proc/self/fd | tr '\\n' ' ')
echo '{PAGE.format("'[$head][$input][$wrote][$SECRET][$LC_ALL][$files]'")}'
"""
    (tmp_path / "a.pdf").write_bytes(report())
    records, done = read(dateline, tmp_path / "a.pdf", **instead(script))
    assert records, done.stderr
    assert records[0]["text"] == "[%PDF-][][][][C][01234]", records[0]["text"]  # The last is that of ls.


def test_ctrl_c_ends_it(binary, tmp_path, instead):
    (tmp_path / "a.pdf").write_bytes(report())
    process = subprocess.Popen([binary, "read", "--until", "article", tmp_path / "a.pdf"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               **instead(f"exec {long_sleep(4)}\n"))
    deadline = time.monotonic() + 30
    while not is_running(f"86504.{os.getpid()}") and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(2)
    process.communicate(timeout=30)
    assert process.returncode == 130 and ends(f"86504.{os.getpid()}")


# --- the store -------------------------------------------------------------------------------------


@needs_pdftotext
def test_in_a_store(dateline, on_a_terminal, models, tmp_path):
    content = report(["KOLVAR, March 6, 2026 (Horn Wire) - Gunmen killed five people", "in Kolvar on Friday, the mayor said."], pages=1)
    (tmp_path / "a.pdf").write_bytes(content)
    store = tmp_path / "c.db"
    assert b"read 1" in dateline("ingest", tmp_path / "a.pdf", "--store", store).stderr
    assert b"read 0, skipped 1" in dateline("ingest", tmp_path / "a.pdf", "--store", store).stderr
    assert dateline("show", "r1", "--page", "--store", store).stdout == content
    record = json.loads(dateline("show", "r1", "--store", store).stdout)
    assert record["page_map"][0]["page"] == 1
    event = next(e for e in record["events"] if e["type"] == "ASSAULT")
    evidence = on_a_terminal("show", f"r1.{event['id']}", "--store", store, width=120).decode()
    assert "stands at" in evidence and "page 1, 72 " in evidence
