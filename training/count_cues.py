#!/usr/bin/env python3
"""Makes knowledge/cues.tsv: which words bring somebody's words, and how their content hangs on them.

    count_cues.py --gold TRAIN.jsonl [--dateline build/dateline] [--knowledge knowledge] [--share 0.25]

Run from the project's top folder. TRAIN.jsonl is PolNeAR's train part: {"id", "text", "attributions": [{"source", "cue",
"content"}]} with lists of code point spans. It is read with a table of cues that holds one row `*<tab>FRAME<tab>FRAME` a
frame and nothing else, so that every word that could be a cue is one and its `stance` names its frame. A word is kept for a frame where at least `--share` of
its uses in it are attributions of the gold with the same content (half of the words or more), and two or more are.
"""

import argparse
import collections
import json
import os
import shutil
import subprocess
import tempfile

FRAMES = ("clause", "infinitive", "order", "object", "predicate", "about", "noun", "quote")

HEAD = """\
# Words that bring what somebody says, thinks or wants. frame: what the content is of the cue - its clause, its
# infinitive, an order (object and infinitive), its object, its predicate ("appears ready"), what stands after its
# preposition (about), the clause of a noun, or a quotation beside it. Made by training/count_cues.py, which counts
# PolNeAR's train part (Newell, Margolin, Ruths 2018); stances are our own. "*" would stand for any word.
"""

STANCES = {
    "denies": "deny dismiss reject refute dispute rebut rebuff disavow",
    "doubts": "doubt question wonder worry fear suspect",
    "asks": "ask inquire query",
    "demands": "demand urge order call|for call|on request insist plead beg instruct direct require press tell|order warn|order",
    "believes": "believe think feel know consider hope expect suppose assume see view regard mean imagine reckon understand "
                "realize realise learn remember recall hear find",
    "wants": "want wish plan intend seek prefer aim like desire decide try hope|infinitive vow pledge promise",
    "praises": "praise applaud laud hail welcome endorse support back favor favour thank congratulate commend defend",
    "criticizes": "criticize criticise condemn blast slam attack denounce accuse blame mock decry assail oppose deride rip "
                  "lambaste chide rebuke scold ridicule berate fault lament complain",
    "predicts": "predict forecast project estimate anticipate",
    "promises": "promise pledge vow swear guarantee commit",
    "refuses": "refuse decline",
}


def stance_of(lemma, frame):
    first = lemma.split()[0]
    for stance, words in STANCES.items():
        # "call|for" is said of "call for" and of "call" with such a frame alone.
        if {lemma, first, f"{first}|{lemma.split()[-1]}", f"{lemma}|{frame}"} & set(words.split()):
            return stance
    return "asserts"


def letters(text, spans):
    return {i for b, e in spans for i in range(b, e) if text[i].isalnum()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dateline", default="build/dateline")
    parser.add_argument("--knowledge", default="knowledge")
    parser.add_argument("--gold", required=True)
    parser.add_argument("--share", type=float, default=0.25)
    options = parser.parse_args()
    with open(options.gold, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    given = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents)
    with tempfile.TemporaryDirectory() as folder:
        tables = os.path.join(folder, "knowledge")
        shutil.copytree(options.knowledge, tables)
        with open(os.path.join(tables, "cues.tsv"), "w", encoding="utf-8") as out:
            out.write("lemma\tframe\tstance\n" + "".join(f"*\t{frame}\t{frame}\n" for frame in FRAMES))
        done = subprocess.run([options.dateline, "read", "--from", "jsonl", "--knowledge", tables, "-"],
                              input=given.encode(), stdout=subprocess.PIPE, check=True)
    records = {r["id"]: r for r in map(json.loads, done.stdout.decode().splitlines())}
    right, used = collections.Counter(), collections.Counter()
    for d in documents:
        text = d["text"]
        gold = [(letters(text, a["cue"]), letters(text, a["content"])) for a in d["attributions"]]
        for a in records[d["id"]]["attributions"]:
            frame = a["stance"]
            if frame in ("asserts", "does not assert"):
                continue
            cue, content = letters(text, a["cue"]["spans"]), letters(text, a["content"]["spans"])
            lemma = a["cue"]["lemma"].lower()
            if frame == "about":
                before = text[:a["content"]["spans"][0][0]].split()
                lemma += " " + before[-1].lower() if before else ""
            used[lemma, frame] += 1
            right[lemma, frame] += any(cue & c and 2 * len(content & o) >= len(content | o) for c, o in gold)
    with open(os.path.join(options.knowledge, "cues.tsv"), "w", encoding="utf-8") as out:
        out.write(HEAD + "lemma\tframe\tstance\n")
        for (lemma, frame), hits in sorted(right.items()):
            if lemma and "\t" not in lemma and hits >= 2 and hits / (used[lemma, frame] + 1) >= options.share:
                out.write(f"{lemma}\t{frame}\t{stance_of(lemma, frame)}\n")


if __name__ == "__main__":
    main()
