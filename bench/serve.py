#!/usr/bin/env python3
"""Loads `dateline serve` on loopback with wrk: a page that stays the same, and queries of which none was asked before.

    .venv/bin/python bench/serve.py --store FILE        prints a table; bench/chronicle.py makes large stores

Of each it measures how many requests a second are answered, and then, at half as many, how long they take. The load comes
from the same machine.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from engine import ROOT, machine

# In turn, by each of wrk's connections; delay() waits so many milliseconds before each.
SCRIPT = """
local paths = {%s}
local at = %d
function request()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
function delay() return %d end
function done(summary, latency)
  io.write(string.format("measured %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    summary.errors.status + summary.errors.read + summary.errors.timeout + summary.errors.connect))
end
"""
TYPES = ["ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "DISASTER", "MOBILIZE", "PROTEST", "THREATEN"]


def fetched(address, path, tries=3):
    """A first answer about a large store may take longer than one may: its pages come from the disk."""
    try:
        with urllib.request.urlopen(address + path, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        if refused.code != 503 or tries == 1:
            raise
        return fetched(address, path, tries - 1)


def filtered(address, count):
    """Pages of 20 by a type, a place, an actor or a country, each from another day on."""
    days = sorted(one["day"] for one in fetched(address, "/api/count?by=day")["counts"] if "day" in one)
    places = [one["name"] for one in fetched(address, "/api/places?limit=300")["places"]]
    actors = [one["name"] for one in fetched(address, "/api/actors?limit=200")["actors"] if "name" in one]
    countries = [one["country"] for one in fetched(address, "/api/count?by=country")["counts"] if "country" in one]
    choose = random.Random(7)
    asked = [("timeline", "type", TYPES), ("happenings", "type", TYPES), ("happenings", "place", places), ("timeline", "actor", actors),
             ("happenings", "actor", actors), ("happenings", "country", countries)]
    paths = set()
    while len(paths) < count:
        path, name, values = choose.choice([one for one in asked if one[2]])
        query = {name: choose.choice(values), "since": choose.choice(days), "limit": 20}
        paths.add(f"/api/{path}?{urllib.parse.urlencode(query)}")
    return sorted(paths, key=lambda path: choose.random())


def load(address, paths, seconds, connections, delay=0, first=0):
    """(requests a second, median ms, 99th percentile ms)"""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % (", ".join(json.dumps(path) for path in paths), first, delay))
        script.flush()
        done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script.name, address],
                              capture_output=True, text=True, check=True)
    requests, duration, median, late, errors = map(int, re.search(r"measured (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout).groups())
    if errors:  # Refused, or not answered within two seconds.
        print(f"bench: {errors} of {requests} requests failed", file=sys.stderr)
    return requests / duration * 1e6, median / 1000, late / 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    server = subprocess.Popen([ROOT / "build/dateline", "serve", "--store", options.store, "--port", "0", "--read-only"], stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", server.stdout.readline())[0].rstrip("/")
        health = fetched(address, "/api/health")
        print(f"{health['events']:,} events. Machine: {machine()}.\n\n| | requests a second | at half as many: median, ms | 99 of 100, ms |\n|---|---:|---:|---:|")
        new = filtered(address, 20_000)
        page = ["/api/timeline?limit=50"]
        size = len(urllib.request.urlopen(address + page[0]).read())
        for what, paths in ((f"a page of 50 events ({size:,} bytes), from memory", page), ("filtered pages of 20, each for the first time", new)):
            rate, _, _ = load(address, paths, options.seconds, 16)
            half = rate / 2
            connections = 32
            # What was asked in the first run is in memory: go on behind it.
            first = min(int(rate * options.seconds), len(paths) - 1)
            got, median, late = load(address, paths, options.seconds, connections, round(connections / half * 1000), first)
            print(f"| {what} | {rate:,.0f} | {median:.1f} | {late:.1f} ({got:,.0f} a second) |")
        resident = re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{server.pid}/status").read_text())
        print(f"\nResident {int(resident[1]) / 1024:.0f} MB afterwards.")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
