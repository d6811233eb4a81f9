#!/usr/bin/env python3
"""Times the article room against trafilatura's fast mode on one core in one run, and writes the figures into docs/performance.md.

    make bench                                          all benchmarks
    .venv/bin/python bench/pages.py --pages F.jsonl.gz  other pages ({"id", "url", "html"} lines); prints, and writes nothing

Both get the same pages and give body, title, authors and date. trafilatura is timed from inside Python, its start-up left
out. The engine is timed as a user runs it, with its start-up, JSON in and JSON out; and warm, which is what the same pages
cost it more when they come a second to a fourth time in one run.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import gzip
import html
import json
import os
import pathlib
import tempfile
import time

import texts as made_up
from engine import Run, best_of, machine, publish, version, write_lines

REPEATS = 3


def made_up_pages(count):
    """News pages as sites send them: some 50 KB, of which a tenth is the report."""
    writer = made_up.Writer(5)
    for number in range(count):
        yield {"id": f"page-{number}", "url": f"https://news.example/2026/03/09/story-{number}", "html": page(writer, number)}


def page(writer, number):
    def sentence():
        return html.escape(writer.sentence([writer.name() for _ in range(3)]))

    def links(count, kind):
        rows = "".join(f'<li class="{kind}__item"><a class="{kind}__link" href="/s/{writer.draw.randrange(10**6)}">{sentence()[:60]}</a></li>'
                       for _ in range(count))
        return f'<div class="{kind} block--{kind}" data-module="{kind}"><ul class="{kind}__list">{rows}</ul></div>'

    def script(lines):
        rows = "".join(f'window.q.push({{"slot":"{writer.rare()}","size":[{writer.draw.randrange(900)},250],"k":"{writer.rare()}"}});\n' for _ in range(lines))
        return f"<script>{rows}</script>"

    title, author = sentence()[:90], f"{writer.name()} {writer.name()}"
    stated = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": "2026-03-09T08:00:00Z",
                         "author": {"@type": "Person", "name": author}})
    body = "".join(f'<p class="story__p">{html.escape(paragraph)}</p>' + (links(2, "related") if place % 4 == 3 else "")
                   for place, paragraph in enumerate(writer.report(30).strip().split("\n\n")))
    style = "".join(f".{writer.rare()}-{n}{{margin:0 {n}px;padding:{n}px;color:#{n:06x}}}" for n in range(200))
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Courier</title>'
            f'<meta property="article:published_time" content="2026-03-09T08:00:00Z"><style>{style}</style>'
            f'<script type="application/ld+json">{stated}</script>{script(120)}</head><body>'
            f'<header>{links(40, "nav")}</header><main><article><h1>{title}</h1><div class="byline">By <a rel="author" href="/a">{author}</a>'
            f'<time datetime="2026-03-09T08:00:00Z">9 March 2026</time></div><figure><img src="/i.jpg" alt=""><figcaption>{sentence()}</figcaption></figure>'
            f'{body}</article><aside>{links(30, "most-read")}</aside></main>{script(120)}<footer>{links(40, "footer")}</footer></body></html>')


def measure(pages, source):
    import trafilatura
    core, all_cores = {min(os.sched_getaffinity(0))}, os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as folder:
        once, again = pathlib.Path(folder) / "once.jsonl", pathlib.Path(folder) / "again.jsonl"
        write_lines(pages, once)
        write_lines(pages * (REPEATS + 1), again)
        options = ["--until", "article", "--threads", "1"]
        os.sched_setaffinity(0, core)
        trafilatura.bare_extraction(pages[0]["html"], fast=True, with_metadata=True)  # its tables load at the first page
        begin = time.monotonic()
        for page in pages:
            trafilatura.bare_extraction(page["html"], url=page.get("url"), fast=True, with_metadata=True)
        theirs = len(pages) / (time.monotonic() - begin)
        first = best_of(3, lambda: Run(once, *options, cores=core))
        more = best_of(3, lambda: Run(again, *options, cores=core))
        os.sched_setaffinity(0, all_cores)
    megabytes = sum(len(page["html"].encode("utf-8", "surrogatepass")) for page in pages) / 1e6
    rows = [(f"trafilatura {trafilatura.__version__}, fast, without start-up", theirs),
            ("Dateline, with start-up", len(pages) / first.seconds),
            ("Dateline, warm", len(pages) * REPEATS / (more.seconds - first.seconds))]
    return "\n".join([f"Machine: {machine()}. Dateline {version()}.",
                      f"Input: {len(pages):,} pages of {source}, {megabytes:.1f} MB. One core; Dateline's best of three runs.", "",
                      "| | pages/s | MB/s | against trafilatura |", "|---|---:|---:|---:|",
                      *(f"| {name} | {rate:,.0f} | {rate * megabytes / len(pages):.1f} | {rate / theirs:.1f} |" for name, rate in rows)])


def read_pages(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        return [{key: page[key] for key in ("id", "url", "html") if key in page} for page in map(json.loads, lines)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--pages", type=pathlib.Path, help="read these pages instead of made-up ones")
    options = parser.parse_args()
    if options.pages:
        print(measure(read_pages(options.pages), options.pages.name))
    else:
        table = measure(list(made_up_pages(150)), "made-up news (bench/pages.py)")
        print(table)
        publish("pages.py", table)


if __name__ == "__main__":
    main()
