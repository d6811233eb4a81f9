"""Memory does not grow with what was read: thousands of reports with ever new words through one process.

The caches of what depends on a word alone are full well before the first look. Nor does it grow with the new words of one report
by more than its tokens take.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import os
import pathlib
import random
import re
import subprocess
import threading

import pytest

COUNT = 15_000


def report(number):
    draw = random.Random(number)
    name = "".join(chr(draw.randrange(97, 123)) for _ in range(9)).capitalize()
    return {"id": str(number), "date": "2026-03-09",
            "text": f"At least {draw.randrange(2, 90)} people were killed in {name} on Friday, said {name[::-1]}."}


@pytest.mark.slow
def test_resident_memory_stays_flat(binary, models):
    process = subprocess.Popen([binary, "read", "--from", "jsonl", "--threads", "1", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        for number in range(COUNT):
            process.stdin.write(json.dumps(report(number)).encode() + b"\n")
        process.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    resident = {}
    for number, line in enumerate(process.stdout, 1):
        if number in (COUNT * 2 // 5, COUNT):
            assert json.loads(line)["id"] == str(number - 1)
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            resident[number] = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
    assert process.wait() == 0
    assert resident[COUNT] - resident[COUNT * 2 // 5] < 4, resident


def test_new_words_of_one_report_take_bounded_memory(binary, models, tmp_path):
    draw = random.Random(1)
    path = tmp_path / "words.txt"
    path.write_text(" ".join("".join(chr(draw.randrange(97, 123)) for _ in range(7)) for _ in range(50_000)))
    process = subprocess.Popen([binary, "read", path], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    assert usage.ru_maxrss < 450 * 1024  # KB; 7.7 KB a word were kept once, 375 MB of these beside the 250 of what reads
