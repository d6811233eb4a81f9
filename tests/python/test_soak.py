"""Memory does not grow with what was read: thousands of reports with ever new words through one process.

The caches of what depends on a word alone are full well before the first look. Nor does it grow with the new words of one report
by more than its tokens take.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import pathlib
import random
import re
import subprocess
import threading

import pytest


def report(number, names):
    draw = random.Random(number % names)
    name = "".join(chr(draw.randrange(97, 123)) for _ in range(9)).capitalize()
    return {"id": str(number), "date": "2026-03-09",
            "text": f"At least {draw.randrange(2, 90)} people were killed in {name} on Friday, said {name[::-1]}."}


@pytest.mark.slow
@pytest.mark.parametrize("depth, count, names", [("fast", 15_000, 15_000), ("exact", 1_500, 500)])  # The trunk keeps nothing of a word.
def test_resident_memory_stays_flat(binary, models, depth, count, names):
    process = subprocess.Popen([binary, "read", "--reading", depth, "--from", "jsonl", "--threads", "1", "-"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)

    def feed():
        for number in range(count):
            process.stdin.write(json.dumps(report(number, names)).encode() + b"\n")
        process.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    resident = {}
    for number, line in enumerate(process.stdout, 1):
        if number in (count * 2 // 5, count):
            assert json.loads(line)["id"] == str(number - 1)
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            resident[number] = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
    assert process.wait() == 0
    assert resident[count] - resident[count * 2 // 5] < 4, resident


@pytest.mark.parametrize("depth, count, letters", [("fast", 50_000, 7), ("exact", 17_000, 4)])  # The trunk reads 16,384 tokens at a time.
def test_new_words_of_one_report_take_bounded_memory(usage_of, models, tmp_path, depth, count, letters):
    draw = random.Random(1)
    path = tmp_path / "words.txt"
    path.write_text(" ".join("".join(chr(draw.randrange(97, 123)) for _ in range(letters)) for _ in range(count)))
    _, memory = usage_of("read", "--reading", depth, path)
    assert memory < 450 * 1024  # KB; 7.7 KB a word were kept once, 375 MB of these beside the 250 of what reads
