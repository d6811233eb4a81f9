"""Reports whose words are glued to each other, by each command that reads: none may end a run."""
# SPDX-License-Identifier: Apache-2.0

import json

import pytest

pytestmark = pytest.mark.usefixtures("models")

TEXTS = ["1914–18 war killed millions.", "1430GMT: Israeli forces bombed Gaza.", "2023/24 protests turned violent.",
         "2014[1] Rebels attacked.", "2023e raid", "$12m–15m raid killed 9–12°C."]


@pytest.mark.parametrize("ending", ["txt", "html", "jsonl"])
def test_read_and_ingest(dateline, tmp_path, ending):
    files = []
    for number, text in enumerate(TEXTS):
        body = {"txt": text, "html": f"<html><body><p>{text}</p></body></html>", "jsonl": json.dumps({"text": text})}[ending]
        files.append(tmp_path / f"{number}.{ending}")
        files[-1].write_text(body)
    done = dateline("read", *files)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == len(TEXTS)
    done = dateline("ingest", tmp_path, "--store", tmp_path / "chronicle.db")
    assert done.returncode == 0, done.stderr
    assert f"read {len(TEXTS)}, skipped 0, rejected 0" in done.stderr.decode()


@pytest.mark.parametrize("text", TEXTS)
def test_explain(dateline, tmp_path, text):
    path = tmp_path / "report.txt"
    path.write_text(text)
    done = dateline("explain", path, text.split()[0])
    assert done.returncode in (0, 2), done.stderr  # 2: nothing is read of these words
