"""Files made to harm, through the door that every file comes in by: bounded in time and memory, each a rejection with its reason, the
reports beside them read, and nothing written but the store. (Bad PDF files: test_pdf.py; web archives: tests/stream/warc_test.cc.)"""
# SPDX-License-Identifier: Apache-2.0

import io
import sqlite3
import tarfile
import time
import zipfile

import pytest

REPORT = b"At least five people were killed in Lagos, Nigeria, on 9 March 2026, police said."


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def tarred(entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def nested(depth):
    content = zipped([("a.txt", REPORT)])
    for _ in range(depth):
        content = zipped([("a.zip", content)])
    return content


def links():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE), ("c.txt", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    return out.getvalue()


def mail_of_parts(depth):
    head = b"From: a@harbour.example\nSubject: One\nMIME-Version: 1.0\n"
    return head + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)) + b"Content-Type: text/plain\n\nText.\n"


def laughs():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]><rss><channel><item><description>&l9;</description></item></channel></rss>'.encode()


BAD = {
    "bomb.zip": (zipped([("a.txt", b"a" * 300_000_000)]), "DL1001"),
    "many_bombs.zip": (zipped([(f"{n}.jsonl", b"\n" * 30_000_000) for n in range(10)]), "DL1014"),
    "out.zip": (zipped([("../out.txt", REPORT), ("a/../../out.txt", REPORT), ("/tmp/out.txt", REPORT)]), "DL1014"),
    "out.tar": (tarred([("../../out.txt", REPORT)]), "DL1014"),
    "nested.zip": (nested(10), "DL1014"),
    "parts.eml": (mail_of_parts(200), "DL1015"),
    "laughs.rss": (laughs(), "DL1016"),
    "laughs.docx": (zipped([("word/document.xml", laughs())]), "DL1003"),
    "bomb.docx": (zipped([("word/document.xml", b" " * 300_000_000)]), "DL1001"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad") / "in"
    folder.mkdir()
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "links.tar").write_bytes(links())
    (folder / "good.txt").write_bytes(REPORT)
    return folder


@pytest.mark.parametrize("name", BAD)
def test_what_is_made_to_harm(dateline, folder, name):
    begin = time.monotonic()
    done = dateline("read", "--until", "article", folder / name, timeout=60)
    assert done.returncode == 1 and BAD[name][1].encode() in done.stderr, done.stderr
    assert time.monotonic() - begin < 30


def test_links_of_archives_are_not_followed(dateline, folder):
    done = dateline("read", "--until", "article", folder / "links.tar")
    assert b"root:" not in done.stdout and b"DL1014" in done.stderr


@pytest.mark.usefixtures("models")
def test_nothing_is_written_but_the_store(dateline, folder):
    store = folder.parent / "c.db"
    done = dateline("ingest", folder, "--store", store)
    assert done.returncode == 0 and b"read 1" in done.stderr, done.stderr
    assert sorted(path.name for path in folder.parent.iterdir()) == ["c.db", "in"]
    assert len(list(folder.iterdir())) == len(BAD) + 2
    connection = sqlite3.connect(store)
    codes = dict(connection.execute("SELECT uri, code FROM rejected"))
    connection.close()
    for name, (_, code) in BAD.items():
        assert any(uri.startswith(str(folder / name)) and f"DL{found}" == code for uri, found in codes.items()), name


@pytest.mark.slow
def test_a_hundred_thousand_entries(usage_of, tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped([(f"{n}.txt", REPORT) for n in range(100_000)]))
    seconds, memory = usage_of("read", "--until", "article", tmp_path / "a.zip", out=tmp_path / "out")
    print(f"100,000 entries: {seconds:.1f} s of a processor, {memory / 1024:.0f} MB")
    with open(tmp_path / "out", "rb") as out:
        assert sum(1 for _ in out) == 100_000
    assert memory < 500_000 and seconds < 90
