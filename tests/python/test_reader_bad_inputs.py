"""The Python reader and what is wrong around it: bad reports, generators that break, forks, an interpreter that ends, Ctrl-C."""
# SPDX-License-Identifier: Apache-2.0

import logging
import os
import signal
import subprocess
import sys
import time

import pytest

dateline = pytest.importorskip("dateline", reason="no package in PYTHONPATH: make package")
TEXT = "Two people were killed in Lagos on Friday, police said."


@pytest.fixture(scope="module")
def reader():
    return dateline.Reader(reading="fast")


BAD = [
    (None, 1006, "NoneType"), (5, 1006, "int"), ({"title": "no text"}, 1006, '"text" or "html"'), ({"text": None}, 1006, "NoneType"),
    ({"text": TEXT, "id": 7}, 1006, "int"), ({"text": TEXT, "date": b"2026"}, 1006, "bytes"), (b"\x89PNG\r\n\x1a\n" + bytes(50), 1002, "PNG"), (b"WARC/1.0\r\n", 1021, ""), ("", 1003, "no text"), (b"", 1003, "no text"), ("a\0b", 1002, "binary"),
    ("word " * (20 << 20), 1001, "bytes"), ({"html": "<p>" * (12 << 20)}, 1001, ""),
]


def test_a_bad_report_ends_no_pipe(reader):
    told = []
    given = [each for bad, *_ in BAD for each in (bad, TEXT)]
    records = list(reader.pipe(iter(given), threads=2, on_error=lambda report, error: told.append((report, error))))
    assert records == [reader.read(TEXT)] * len(BAD)
    assert [report for report, _ in told] == [bad for bad, *_ in BAD]
    for (_, error), (_, code, says) in zip(told, BAD):
        assert type(error) is dateline.ReportError and error.code == code and says in str(error)


def test_what_is_odd_is_read_all_the_same(reader):
    odd = ["\ud800", "a lone \udfff here", b"caf\xe9 \xff", {"text": TEXT, "id": "\ud800", "title": "\udc00"}, bytearray(TEXT.encode()), memoryview(TEXT.encode())]
    records = list(reader.pipe(odd, threads=1))
    assert len(records) == len(odd) and records[3].title == "\ufffd" * 3
    for record in records:
        record.text.encode()


def test_a_pipe_keeps_the_order_and_reads_as_read_does(reader):
    given = [{"text": TEXT + f" {number} were hurt.", "id": str(number), "date": "2026-03-09", "outlet": "Horn Wire", "url": "https://horn.example/1"} for number in range(30)]
    records = list(reader.pipe(given, threads=3))
    assert [record.id for record in records] == [str(number) for number in range(30)]
    assert records[0] == reader.read(given[0]["text"], id="0", date="2026-03-09", outlet="Horn Wire", uri="https://horn.example/1", verbatim=True)
    assert list(reader.pipe([])) == []
    with pytest.raises(ValueError, match="from 1 on"):
        reader.pipe([], threads=0)


def test_what_a_generator_raises_comes_behind_what_it_gave(reader):
    def broken():
        yield TEXT
        yield TEXT
        raise KeyError("in the middle")

    records = []
    with pytest.raises(KeyError, match="in the middle"):
        for record in reader.pipe(broken()):
            records.append(record)
    assert len(records) == 2


def test_a_pipe_takes_no_more_than_it_needs(reader):
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield TEXT

    pipe = reader.pipe(endless(), threads=2)
    next(pipe)
    pipe.close()
    assert taken <= 6


def test_who_asks_for_nothing_is_told_by_the_log(reader, caplog):
    with caplog.at_level(logging.WARNING, "dateline"):
        assert list(reader.pipe([None, {"id": "x1"}])) == []
    assert ["DL1006" in line for line in caplog.messages] == [True, True] and "x1" in caplog.messages[1]


def test_errors_have_their_kind(reader, tmp_path):
    for asked, kind in ((lambda: reader.read(b"WARC/1.0\r\n"), dateline.ReportError), (lambda: dateline.Reader(pipeline=tmp_path / "none"), dateline.ModelError),
                        (lambda: dateline.Reader(knowledge=tmp_path / "none"), dateline.KnowledgeError), (lambda: dateline.Chronicle(tmp_path / "none.db"), dateline.StoreError)):
        with pytest.raises(kind) as refused:
            asked()
        assert isinstance(refused.value, dateline.Error) and str(refused.value).startswith(f"DL{refused.value.code}: ")


START = f"""if True:
    import os, signal, sys, threading, time
    import dateline
    TEXT = {TEXT!r}
    reader = dateline.Reader(reading="fast")
    long = "\\n\\n".join([TEXT] * 500)  # Long enough to be in hand.
    def busy():
        thread = threading.Thread(target=lambda: [reader.read(long) for _ in range(50)], daemon=True)
        thread.start()
        time.sleep(0.2)
        return thread
"""
SCRIPTS = {
    "a child reads while its parent does": """
    busy()
    pipe = reader.pipe([TEXT] * 9)
    next(pipe)
    child = os.fork()
    if child == 0:
        assert len(reader.read(TEXT).events) == 1
        try:
            next(pipe)
        except RuntimeError as refused:
            os._exit(0 if "forked" in str(refused) else 3)
        os._exit(4)
    assert os.waitpid(child, 0)[1] == 0
    assert len(list(pipe)) == 8
    print("well")
    """,
    "the interpreter ends with work in hand": """
    busy()
    pipe = reader.pipe([long] * 9, threads=2)
    next(pipe)
    print("well")
    """,
    "Ctrl-C": """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        for record in reader.pipe([long] * 500, threads=2):
            pass
    except KeyboardInterrupt:
        print("well")
    """,
}


@pytest.mark.parametrize("what", SCRIPTS)
def test_it_holds_when(what):
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", START + SCRIPTS[what]], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "well\n", "")
    assert time.monotonic() - begin < 60


def test_a_child_reads_a_store_of_its_parent(demo_store):
    with dateline.Chronicle(demo_store) as chronicle:
        told = chronicle.timeline(limit=3)
        child = os.fork()
        if child == 0:
            os._exit(0 if chronicle.timeline(limit=3) == told else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert chronicle.timeline(limit=3) == told
