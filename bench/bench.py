#!/usr/bin/env python3
"""Times reading against spaCy on one core in one run, and writes the figures into docs/performance.md.

    make bench                                        all of it, some minutes
    .venv/bin/python bench/bench.py --reports 100     quicker; prints, and writes nothing
    .venv/bin/python bench/bench.py --texts F.jsonl   other texts ({"id", "text"} lines); prints, and writes nothing

spaCy is timed from inside Python, its start-up left out; the engine as a user runs it, from the command's start to its
last byte of JSON. Both get the same texts on the same core, and their answers are compared before anything is timed.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import threading
import time

import texts as made_up

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = ROOT / "build/dateline"
PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- measured by bench/bench.py: begin -->", "<!-- measured by bench/bench.py: end -->"
PIPELINES = ["en_core_web_sm", "en_core_web_md"]


class Run:
    """One run of the engine: seconds from its start to its end, and its largest resident memory."""

    def __init__(self, path, *options, cores=None, keep=False):
        self.command = [BINARY, "read", "--from", "jsonl", *options, path]
        limit = (lambda: os.sched_setaffinity(0, cores)) if cores else None
        begin = time.monotonic()
        process = subprocess.Popen(self.command, stdout=subprocess.PIPE if keep else subprocess.DEVNULL, preexec_fn=limit)
        output = process.stdout.read() if keep else b""
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.monotonic() - begin
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"bench: {' '.join(map(str, self.command))} failed")
        self.megabytes = usage.ru_maxrss / 1024
        self.records = [json.loads(line) for line in output.decode().split("\n") if line]


def write_lines(documents, path):
    with open(path, "w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


def best_of(times, run):
    return min((run() for _ in range(times)), key=lambda result: result.seconds)


def compare(nlp, documents, records):
    """The share of tokens whose boundaries, tag, lemma, head and label are the same; too few end the run."""
    same = total = 0
    for doc, record in zip(nlp.pipe(d["text"] for d in documents), records, strict=True):
        mine = [(*t["span"], t["tag"], t["lemma"], t["head"], t["dep"]) for t in record["tokens"]]
        theirs = [(t.idx, t.idx + len(t), t.tag_, t.lemma_, t.head.i, t.dep_) for t in doc]
        same += len(set(mine) & set(theirs))
        total += len(theirs)
    if same < 0.999 * total:
        sys.exit(f"bench: only {same} of {total} tokens are read as spaCy reads them; nothing was timed")
    return same / total


def soak(count):
    """Streams many short reports through one engine; its resident memory after a tenth of them and at the end."""
    command = [BINARY, "read", "--from", "jsonl", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    resident = {}

    def feed():
        for document in made_up.reports(3, count, 2):
            process.stdin.write(json.dumps(document).encode() + b"\n")
        process.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    for number, _ in enumerate(process.stdout, 1):
        if number in (count // 10, count):
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            resident[number] = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
    if process.wait() != 0 or len(resident) != 2:
        sys.exit("bench: the soak run failed")
    return resident


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{model[1] if model else platform.processor()}, {os.cpu_count()} cores"


def measure(documents, options):
    import spacy
    import thinc
    core = {min(os.sched_getaffinity(0))}
    all_cores = os.sched_getaffinity(0)
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        path, few = pathlib.Path(folder) / "reports.jsonl", pathlib.Path(folder) / "few.jsonl"
        write_lines(documents, path)
        write_lines(documents[:60], few)
        one = pathlib.Path(folder) / "one.jsonl"
        write_lines([{"id": "1", "text": "Five people were hurt in Lagos on Friday."}], one)

        lines += [f"Machine: {machine()}. Dateline {engine_version()}, spaCy {spacy.__version__} with thinc {thinc.__version__}, "
                  f"Python {platform.python_version()}.",
                  f"Input: {len(documents):,} reports of {options.source}, {path.stat().st_size / 1e6:.1f} MB. "
                  "One core, best of three runs.", "",
                  "| pipeline | run | tokens/s | against spaCy | peak memory |", "|---|---|---:|---:|---:|"]
        cold = []
        for pipeline in PIPELINES:
            if not (ROOT / "models" / pipeline).is_dir():
                continue
            os.sched_setaffinity(0, core)
            nlp = spacy.load(ROOT / "models" / pipeline)
            language = ["--pipeline", pipeline, "--until", "language", "--tokens"]
            agreement = compare(nlp, documents[:60], Run(few, *language, keep=True).records)
            begin = time.monotonic()
            tokens = sum(len(doc) for doc in nlp.pipe((d["text"] for d in documents), batch_size=64))
            theirs = tokens / (time.monotonic() - begin)
            lines.append(f"| {pipeline} | spaCy, without start-up | {theirs:,.0f} | 1.0 | |")
            runs = [("article room alone", ["--until", "article"]), ("language room, tokens written", language),
                    ("all rooms", ["--pipeline", pipeline])]
            for name, arguments in runs:
                run = best_of(3, lambda: Run(path, *arguments, "--threads", "1", cores=core))
                ours = tokens / run.seconds
                ratio = f"{ours / theirs:.1f}" if name != runs[0][0] else ""
                lines.append(f"| {pipeline} | {name} | {ours:,.0f} | {ratio} | {run.megabytes:.0f} MB |")
            run = best_of(3, lambda: Run(path, "--pipeline", pipeline, cores=all_cores))
            lines.append(f"| {pipeline} | all rooms, {len(all_cores)} cores | {tokens / run.seconds:,.0f} | | {run.megabytes:.0f} MB |")
            load = best_of(5, lambda: Run(one, "--pipeline", pipeline, "--until", "language", "--threads", "1", cores=core))
            cold.append(f"{pipeline}: {load.seconds:.2f} s and {load.megabytes:.0f} MB; {agreement:.4%} of tokens as spaCy's")
            os.sched_setaffinity(0, all_cores)
        lines += ["", "From the command's start to the end of one short report, with one model loaded:", ""]
        lines += [f"- {line}" for line in cold]
        if options.soak:
            early, late = soak(options.soak).values()
            lines += ["", f"Soak: {options.soak:,} short reports through one process on {len(all_cores)} cores: {early:.0f} MB resident after "
                      f"{options.soak // 10:,} reports, {late:.0f} MB after all."]
    return "\n".join(lines)


def engine_version():
    return subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--reports", type=int, default=600, help="how many reports to make up (default %(default)s)")
    parser.add_argument("--texts", type=pathlib.Path, help="read these texts instead")
    parser.add_argument("--soak", type=int, help="short reports of the soak run (default 100000; 0: none)")
    options = parser.parse_args()
    as_default = options.reports == parser.get_default("reports") and not options.texts and options.soak is None
    if options.soak is None:
        options.soak = 100_000 if as_default else 0
    if options.texts:
        options.source = options.texts.name
        with open(options.texts, encoding="utf-8") as file:
            documents = [{"id": d["id"], "text": d["text"]} for d in map(json.loads, file)][:options.reports]
    else:
        options.source = "made-up news (bench/texts.py)"
        documents = list(made_up.reports(1, options.reports, 24))
    table = measure(documents, options)
    print(table)
    if as_default:
        page = PAGE.read_text()
        head, tail = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}")
        print(f"\nwritten into {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
