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
import subprocess
import sys
import tempfile
import threading
import time

import texts as made_up
from engine import BINARY, ROOT, Run, best_of, machine, publish, resident, version, write_lines

PIPELINES = ["en_core_web_sm", "en_core_web_md"]


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
    seen = {}

    def feed():
        for document in made_up.reports(3, count, 2):
            process.stdin.write(json.dumps(document).encode() + b"\n")
        process.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    for number, _ in enumerate(process.stdout, 1):
        if number in (count // 10, count):
            seen[number] = resident(process.pid)
    if process.wait() != 0 or len(seen) != 2:
        sys.exit("bench: the soak run failed")
    return seen


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

        lines += [f"Machine: {machine()}. Dateline {version()}, spaCy {spacy.__version__} with thinc {thinc.__version__}, "
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
        publish("bench.py", table)


if __name__ == "__main__":
    main()
