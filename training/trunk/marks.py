"""Marked reports, and what they teach of each trigger: labels over what the engine itself sees.

A marked report is a line of chronology/*.jsonl (GUIDE.md beside it says what a mark is). `examples` asks build/trunk_examples for
tokens and fillers; `label` says which filler is right for which slot of which happening, by the words that the mark gives.
"""
# SPDX-License-Identifier: Apache-2.0

import collections
import datetime
import gzip
import hashlib
import json
import re
import subprocess

TYPES = ("O AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
         "ASSAULT MOVE DISASTER OFFICE").split()
STATUSES = ["actual", "planned", "alleged", "denied"]
TOLLS = ("dead", "wounded", "detained", "displaced")
SLOTS = ("parties", "places", "times", "quantities", "voices")
STOP = set("a an the of in on at by for to from and or with its his her their this that some several mr mrs ms dr s".split())


def read_jsonl(path):
    opened = gzip.open if str(path).endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def restore(path, texts):
    """Reports marked here (marks.jsonl), whose texts are not ours to keep: strings stand as spans of code points, and the texts come
    from the files in which the reports lie. A report whose text is missing or another is an error."""
    found = {}
    for file in texts:
        for report in read_jsonl(file):
            report.setdefault("text", report.get("body", ""))  # Of a page: what of it is the article.
            found.setdefault((report["id"], hashlib.sha256(report["text"].encode()).hexdigest()[:16]), report)
    reports = []
    for marked in read_jsonl(path):
        given = found.get((marked["id"], marked["sha256"]))
        if given is None:
            raise SystemExit(f"the text of {marked['id']} is not in the files given")
        words = lambda span: given["text"][span[0]:span[1]]
        for h in marked["happenings"]:
            h["mentions"] = [[sentence, words(span)] for sentence, *span in h["mentions"]]
            h["actors"], h["recipients"] = ([words(span) for span in h.get(side, [])] for side in ("actors", "recipients"))
            for one in ("place", "told_by"):
                h[one] = words(h[one]) if h.get(one) else None
            for one in ("begin", "end", "country", *TOLLS):
                h.setdefault(one, None)
            h.update(also=h.get("also", []), status=h.get("status", "actual"), main=h.get("main", False))
        reports.append({**{k: given[k] for k in ("id", "text", "date", "title", "url") if given.get(k)},
                        "sentences": marked["sentences"], "happenings": marked["happenings"]})
    return reports


def words_of(name):
    plain = name.lower().replace("'s", " ").replace("’s", " ").replace(".", "")
    return set(re.findall(r"[^\W_]+", plain)) - STOP


def same_name(gold, names):
    """Whether one of the names shares half of the gold's words and these are a third of its own, or the other way round."""
    g = words_of(gold)
    for name in names:
        n = words_of(name)
        shared = len(g & n)
        if shared and ((2 * shared >= len(g) and 3 * shared >= len(n)) or (2 * shared >= len(n) and 3 * shared >= len(g))):
            return True
    return False


def trigger_offset(report, sentence, word):
    """Code point at which a mention's word stands in its sentence, as a whole word where it does."""
    begin, end = report["sentences"][sentence - 1]
    text = report["text"][begin:end]
    whole = re.search(r"(?<!\w)" + re.escape(word) + r"(?!\w)", text)
    at = whole.start() if whole else text.find(word)
    return begin + at if at >= 0 else None


def held_out(identity, part, parts):
    """Whether a report belongs to this of so many parts; by its id alone, so that it stays so."""
    return int(hashlib.sha1(identity.encode()).hexdigest(), 16) % parts == part


def examples(reports, command):
    """What the engine sees of each report: one dictionary a report, with gold labels added to its triggers."""
    lines = []
    for report in reports:
        offsets = [trigger_offset(report, s, w) for h in report["happenings"] for s, w in h["mentions"]]
        lines.append(json.dumps({**{k: report[k] for k in ("id", "text", "date", "title", "url") if report.get(k)},
                                 "triggers": sorted({o for o in offsets if o is not None})}))
    done = subprocess.run(command, input="\n".join(lines).encode() + b"\n", stdout=subprocess.PIPE, check=True)
    seen = [json.loads(line) for line in done.stdout.decode().split("\n") if line.strip()]
    for report, example in zip(reports, seen, strict=True):
        label(report, example)
    return seen


def day(value):
    return datetime.date.fromisoformat(value[:10])


def meets(gold, begin, end):
    """As the evaluator has it: the spans meet and neither is more than three times as long."""
    length = lambda b, e: max(2, (e - b).days + 1)
    return gold[0] <= end and begin <= gold[1] and length(begin, end) <= 3 * length(*gold) and length(*gold) <= 3 * length(begin, end)


def positions_of(tokens, text):
    """Code point at which each token begins."""
    positions, at = [], 0
    for token in tokens:
        found = text.find(token, at)
        at = found if found >= 0 else at
        positions.append(at)
        at += len(token)
    return positions


def label(report, example):
    """Adds to each trigger its type, status, main, whether its day is that of the report, its happening, and right fillers."""
    positions = positions_of(example["tokens"], report["text"])
    starts = {p: i for i, p in enumerate(positions)}
    token_at = lambda o: starts.get(o) if o in starts else max((i for i, p in enumerate(positions) if p <= o), default=0)
    happening_of = {}
    for number, h in enumerate(report["happenings"]):
        for s, w in h["mentions"]:
            offset = trigger_offset(report, s, w)
            if offset is not None:
                happening_of.setdefault(token_at(offset), number)
    published = day(report["date"]) if report.get("date") else None
    for trigger in example["triggers"]:
        number = happening_of.get(trigger["token"])
        if number is None:
            trigger["type"] = None
            continue
        h = report["happenings"][number]
        gold_days = (day(h["begin"]), day(h["end"])) if h.get("begin") else None
        trigger.update(type=TYPES.index(h["type"]), also=[TYPES.index(t) for t in h["also"]], happening=number,
                       status=STATUSES.index(h["status"]), main=int(h["main"]))
        new = gold_days and published and meets(gold_days, published - datetime.timedelta(days=1), published)
        trigger["new"] = -1 if published is None else int(bool(new))
        sentence = next((s for s in example["sentences"] if s[0] <= trigger["token"] < s[1]), None)
        for slot in SLOTS:
            fillers = [example[slot][row[0]] for row in trigger[slot]]
            answers = [right(slot, h, filler, gold_days) for filler in fillers]
            near = [sentence[0] <= filler["head"] < sentence[1] for filler in fillers]
            for row, answer in zip(trigger[slot], nearest(answers, near)):
                row.append(answer)
    example.pop("id", None)
    example["report"] = report["id"]


def nearest(answers, near):
    """Where something right stands in the trigger's sentence, the same elsewhere is neither right nor wrong: -1."""
    for k in range(len(answers[0]) if answers else 0):
        here = {answer[k] for answer, close in zip(answers, near) if close and answer[k] > 0}
        for answer, close in zip(answers, near):
            if not close and answer[k] in here:
                answer[k] = -1
    return answers


def right(slot, h, filler, gold_days):
    """Of what a filler is right for a happening: for each answer of the slot's head the number of one of its parties, kinds of toll
    and so on, from 1, or 0 where it is wrong."""
    names, value = filler["names"], filler["value"]
    if slot == "parties":
        return [next((n for n, g in enumerate(h[side], 1) if same_name(g, names)), 0) for side in ("actors", "recipients")]
    if slot == "places":
        return [int(bool(h["place"]) and same_name(h["place"], names)), int(bool(h["country"]) and h["country"] == value)]
    if slot == "times":
        return [int(bool(gold_days) and meets(gold_days, day(value[0]), day(value[1] or value[0])))]
    if slot == "quantities":
        counts, low, high = value
        told = h.get(counts) if counts in TOLLS else None
        same = told and any(t is not None and v >= 0 and abs(t - v) <= 1 for t in told for v in (low, high))
        return [1 + TOLLS.index(counts) if same else 0]
    return [int(bool(h["told_by"]) and same_name(h["told_by"], names))]


def counts(examples_):
    """Of the happenings' slots: how many have a right filler within reach of some trigger."""
    told = collections.Counter()
    for example in examples_:
        by = collections.defaultdict(lambda: collections.Counter())
        for trigger in example["triggers"]:
            if trigger["type"] is None:
                continue
            for slot in SLOTS:
                for row in trigger[slot]:
                    for k, yes in enumerate(row[-1]):
                        by[trigger["happening"]][slot, k] += yes > 0
        for found in by.values():
            told["happenings"] += 1
            for key, n in found.items():
                told[key] += n > 0
    return told
