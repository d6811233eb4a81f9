"""dateline read and dateline doctor from outside: formats, bad input, exit statuses, streams that break.

Most tests read no further than the article room, which needs no pipeline.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import os
import re
import signal
import subprocess

import pytest

ARTICLE = ("read", "--until", "article")


@pytest.fixture
def read(dateline):
    def run(*arguments, **options):
        return dateline(*ARTICLE, *arguments, **options)
    return run


def records(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def complaints(done):
    lines = done.stderr.decode().splitlines()
    assert all(line.startswith("dateline: ") for line in lines), lines
    return lines


# ---- what goes well

def test_files_directories_and_standard_input_in_order(read, tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b/two.html").write_text("<p>The second report is a page about a crane that fell.</p>")
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "First."}\n{"id": "2", "text": "Then."}\n')
    done = read(tmp_path, "-", stdin=b"Last of all.\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [r["text"] for r in records(done)] == [
        "First.", "Then.", "The second report is a page about a crane that fell.", "Last of all."]
    assert records(done)[2]["source"] == {"uri": str(tmp_path / "b/two.html"), "file": str(tmp_path / "b/two.html"),
                                             "media_type": "text/html", "charset": "utf-8"}


def test_threads_change_no_byte(read, tmp_path):
    lines = [json.dumps({"id": str(n), "text": f"Report {n}.\n\n{n} men died." * (n % 7 + 1)}) for n in range(2000)]
    lines[77], lines[99] = "{broken", json.dumps({"id": "5", "text": "Again."})
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    runs = [read("--threads", n, tmp_path / "many.jsonl") for n in (1, 4)]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stderr == runs[1].stderr
    assert len(records(runs[0])) == 1999


def test_surroundings_change_no_byte(binary, models, tmp_path):
    """Not the day, the zone, the language, the directory, nor whether there is a network."""
    report = "Gunmen killed five people in Lagos on Friday; two more died today, police said.\n".encode()
    plain = subprocess.run([binary, "read", "-"], input=report, capture_output=True, check=True).stdout
    assert b"Friday" in plain
    for environment in ({"TZ": "Pacific/Kiritimati"}, {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, {"LC_ALL": "C"}):
        other = subprocess.run([binary.resolve(), "read", "-"], input=report, capture_output=True, check=True, cwd=tmp_path, env=os.environ | environment)
        assert other.stdout == plain, environment
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
        assert subprocess.run([*alone, binary, "read", "-"], input=report, capture_output=True, check=True).stdout == plain


@pytest.mark.parametrize("depth", ["exact", "fast"])
def test_happenings_are_read_exactly_or_fast(dateline, depth):
    text = b"Rebels attacked a police station in Homs on Monday, killing four officers."
    done = dateline("read", "-", "--date", "2026-03-11", "--reading", depth, stdin=text)
    (record,) = records(done)
    assert record["read_by"]["reading"] == depth
    (event,) = [e for e in record["events"] if record["text"][slice(*e["trigger"])] == "attacked"]
    assert event["type"] == "ASSAULT" and event["date"]["begin"] == "2026-03-09"
    assert [record["text"][slice(*party["span"])] for party in event["actors"]] == ["Rebels"]


def test_a_depth_that_is_none(dateline):
    done = dateline("read", "-", "--reading", "deep", stdin=b"Nothing.")
    assert done.returncode == 2
    assert b"exact" in done.stderr and b"fast" in done.stderr


def test_verbatim_keeps_every_byte(read):
    text = "\ufeffTitle  \r\n\r\n\r\n\r\nText\x01 with\x00 all \u00a0 sorts.\t\n"
    assert records(read("--verbatim", "-", stdin=text.encode()))[0]["text"] == text
    assert records(read("-", stdin=text.encode()))[0]["text"] == "Title\n\nText with all \u00a0 sorts."
    line = json.dumps({"text": text}).encode()
    assert records(read("--from", "jsonl", "-", stdin=line))[0]["text"] == text


def test_dates(read):
    assert records(read("--date", "20260309", "-", stdin=b"Text."))[0]["published"] == {
        "value": "2026-03-09", "from": "assumed"}
    line = b'{"text": "Text.", "date": "2026-03-10"}\n{"text": "Text."}'
    assert [r["published"]["value"] for r in records(read("--date", "2026-03-09", "--from", "jsonl", "-", stdin=line))] == [
        "2026-03-10", "2026-03-09"]


def test_a_megabyte_on_one_line(read):
    text = "A crane fell on the ferry terminal and two men died. " * 20_000
    done = read("--from", "jsonl", "-", stdin=json.dumps({"text": text}).encode())
    assert records(done)[0]["text"] == text


def test_spans_count_code_points(read):
    record = records(read("-", stdin="Grüße aus Łódź 😀\n\nZwei Männer starben.".encode()))[0]
    assert [record["text"][slice(*s["span"])] for s in record["sections"]] == ["Grüße aus Łódź 😀", "Zwei Männer starben."]


# ---- bad input: each one clear line or a correct result

def test_a_missing_file(read, tmp_path):
    done = read(tmp_path / "none.txt")
    assert (done.returncode, done.stdout) == (2, b"")
    assert complaints(done) == [f"dateline: cannot read {tmp_path}/none.txt: No such file or directory (DL1007)"]


def test_a_directory_without_reports(read, tmp_path):
    (tmp_path / "table.csv").write_text("no report")
    done = read(tmp_path)
    assert done.returncode == 2
    assert len(complaints(done)) == 1 and "no reports in the directory" in complaints(done)[0]


def test_a_file_that_may_not_be_read(read, tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("Secret.")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert read(path).returncode == 2
    assert "Permission denied" in complaints(read(path))[0]


def test_files_that_are_no_reports_stop_nothing(read, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01" * 500)
    (tmp_path / "d.html").write_bytes(b"<html><body></body></html>")
    (tmp_path / "e.txt").write_bytes(b"A report.")
    done = read(tmp_path)
    assert done.returncode == 0
    assert [r["text"] for r in records(done)] == ["A report."]
    assert complaints(done) == [
        f"dateline: {tmp_path}/a.txt: not a report but a PDF file (DL1002)",
        f"dateline: {tmp_path}/b.txt: there is no text in it (DL1003)",
        f"dateline: {tmp_path}/c.txt: not a report but binary data (DL1002)",
        f"dateline: {tmp_path}/d.html: there is no text in it (DL1003)"]


def test_broken_json_says_line_and_byte(read, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"text": "Good."}\n{"text": "cut\n\n{"id": "n"}\n[1]\n{"text": "caf\xc3"}\n')
    done = read(path)
    assert done.returncode == 0
    assert [r["text"] for r in records(done)] == ["Good.", "caf\ufffd"]
    assert "first at byte 3" in records(done)[1]["warnings"][0]
    lines = complaints(done)
    assert re.fullmatch(re.escape(f"dateline: {path}:2: broken JSON at byte ") + r"13: .* \(DL1005\)", lines[0]), lines[0]
    assert lines[1] == f'dateline: {path}:4: neither "text" nor "html" is given (DL1006)'
    assert lines[2] == f"dateline: {path}:5: the line is no JSON object (DL1006)"
    assert len(lines) == 3


def test_two_reports_with_one_id(read):
    done = read("--from", "jsonl", "-", stdin=b'{"id": "a", "text": "One."}\n{"id": "a", "text": "Two."}\n')
    assert done.returncode == 0
    assert [r["warnings"] for r in records(done)] == [[], ["another report before this one has the same id"]]


def test_a_hundred_megabytes(read, tmp_path):
    path = tmp_path / "big.txt"
    with open(path, "wb") as file:
        file.truncate(100_000_000)
    done = read(path)
    assert done.returncode == 1
    assert complaints(done) == [f"dateline: {path}: the report has 100000000 bytes; at most 33554432 are read "
                                "(--max-bytes) (DL1001)"]
    assert read("--max-bytes", "1KB", "-", stdin=b"x" * 2000).returncode == 1
    assert read("--max-bytes", "2KB", "-", stdin=b"x" * 2000).returncode == 0


def test_long_lines_are_never_held(binary):
    """300 MB on one line, within 200 MB of address space beyond the program's own."""
    script = 'ulimit -v 600000; (printf \'{"text": "\'; head -c 300000000 /dev/zero | tr "\\0" x; ' \
             'printf \'"}\\n{"text": "After."}\\n\') | "$0" read --until article --threads 1 --from jsonl -'
    done = subprocess.run(["sh", "-c", script, str(binary)], capture_output=True, timeout=120)
    assert [r["text"] for r in records(done)] == ["After."]
    assert "the line has 300000012 bytes" in done.stderr.decode()


@pytest.mark.parametrize("arguments", [
    (), ("--from", "warc", "x"), ("--format", "xml", "x"), ("--threads", "0", "x"), ("--threads", "many", "x"),
    ("--until", "nowhere", "x"), ("--max-bytes", "big", "x"), ("--max-bytes", "-1", "x"), ("--max-bytes", "0", "x"), ("--max-bytes", "2GB", "x"),
    ("--time-limit", "0", "x"), ("--time-limit", "-1", "x"), ("--unknown", "x"), ("--color", "red", "x"),
    ("--date", "2026-13-45", "x"), ("--date", "yesterday", "x")])
def test_a_command_line_that_makes_no_sense(dateline, arguments):
    done = dateline("read", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(complaints(done)) == 1


def test_what_is_not_installed_is_named(dateline, tmp_path):
    done = dateline("read", "--pipeline", "nowhere", "-", stdin=b"Text.")
    assert done.returncode == 2 and "no pipeline 'nowhere'" in complaints(done)[0]
    done = dateline("read", "--knowledge", tmp_path, "-", stdin=b"Text.")
    assert done.returncode == 2 and str(tmp_path) in complaints(done)[0]


def test_control_characters_in_complaints_are_made_visible(read, tmp_path):
    path = tmp_path / "evil\x1b[31m\nname.txt"
    path.write_bytes(b"")
    done = read(path)
    assert b"\x1b" not in done.stderr and done.stderr.count(b"\n") == 1


# ---- streams that break

def test_standard_input_closed(binary):
    done = subprocess.run(f'"{binary}" read --until article - <&-', shell=True, capture_output=True)
    assert done.returncode == 1
    assert complaints(done) == ["dateline: standard input: cannot read it: Bad file descriptor (DL1004)"]


def test_standard_output_full_or_closed(binary):
    for there, says in (("/dev/full", "No space left on device"), ("&-", "Bad file descriptor")):
        done = subprocess.run(f'echo Text. | "{binary}" read --until article - >{there}', shell=True, capture_output=True)
        assert done.returncode == 1
        assert complaints(done) == [f"dateline: cannot write the output: {says}"]


def test_a_reader_that_goes_away_is_no_error(binary):
    script = f'yes \'{{"text": "Two men died."}}\' | "{binary}" read --until article --from jsonl - | head -n 2'
    done = subprocess.run(["bash", "-c", f"{script}; echo ${{PIPESTATUS[1]}}"], capture_output=True, timeout=60)
    assert done.stderr == b""
    assert done.stdout.splitlines()[-1] == b"0"


def test_each_record_comes_when_it_is_ready(binary):
    with subprocess.Popen([binary, *ARTICLE, "--from", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        for n in range(3):
            run.stdin.write(json.dumps({"text": f"Report {n}."}).encode() + b"\n")
            run.stdin.flush()
            assert json.loads(run.stdout.readline())["text"] == f"Report {n}."
        run.stdin.close()
        assert run.wait(10) == 0


def test_interrupt_stops_cleanly(binary):
    with subprocess.Popen([binary, *ARTICLE, "--from", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as run:
        run.stdin.write(b'{"text": "One."}\n')
        run.stdin.flush()
        assert json.loads(run.stdout.readline())["text"] == "One."
        run.send_signal(signal.SIGINT)
        assert run.wait(10) == 130
        assert (run.stdout.read(), run.stderr.read()) == (b"", b"")


# ---- for people

def test_a_terminal_gets_the_report_and_no_json(on_a_terminal, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Crane falls\n\nTwo men died on Friday.\n")
    out = on_a_terminal(*ARTICLE, path)
    assert b"Two men died" in out and b"schema" not in out and b"\x1b[" in out
    assert b"\x1b" not in on_a_terminal(*ARTICLE, path, NO_COLOR="1")
    assert b"schema" in on_a_terminal(*ARTICLE, "--format", "json", path)


def test_color_when_asked(read):
    done = read("--format", "pretty", "--color", "always", "-", stdin=b"Crane falls\n\nTwo men died.\n")
    assert b"\x1b[1mCrane falls\x1b[0m" in done.stdout
    assert b"\x1b" not in read("--format", "pretty", "-", stdin=b"Crane falls\n\nTwo men died.\n").stdout


def test_a_report_cannot_drive_the_terminal(read):
    evil = b"Title\x1b[2J\x07\xc2\x9b31m here\n\nText\x00 \x1b]0;owned\x07 and\x7f more.\n"
    done = read("--format", "pretty", "--verbatim", "-", stdin=evil)
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", done.stdout)
    assert "Title\u241b[2J\u2407" in done.stdout.decode()


def test_marks_and_lists(dateline, models):
    done = dateline("read", "--format", "pretty", "--color", "always", "--date", "2026-03-09", "-",
                    stdin=b"Two men were killed in Lagos on Friday, police said.\n")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "\x1b[33mFriday\x1b[0m" in text
    for heading in ("Who and what", "When", "How many", "According to whom", "What happened"):
        assert heading in text
    assert "2026-03-06" in text


# ---- doctor

def test_doctor_is_content(dateline, models):
    done = dateline("doctor")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "all is well" in text and "en_core_web_sm" in text and "sha256:" in text and "FTS5" in text


def test_doctor_says_what_to_do(dateline, tmp_path):
    done = dateline("doctor", "--pipeline", "nowhere", "--knowledge", tmp_path)
    assert done.returncode == 1
    lines = complaints(done)
    assert any("make models" in line for line in lines) and any(str(tmp_path) in line for line in lines)


def test_version_and_help(dateline):
    assert re.fullmatch(rb"dateline \d+\.\d+\.\d+\n", dateline("--version").stdout)
    assert b"read" in dateline("--help").stdout
    assert dateline().returncode == 2
