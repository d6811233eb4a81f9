#!/usr/bin/env python3
"""Makes knowledge/exports/outlines.tsv, how countries lie on a map, from npm's world-atlas (Natural Earth, public domain).

    python3 tools/make_outlines.py > knowledge/exports/outlines.tsv

Countries are drawn at 1:110 million, those too small for it at 1:50 million; what ISO 3166 has no code for is drawn with the country whose code it
falls under. npm, as it is set up on this machine, downloads the package; it is checked against its sha256 and only read, never run. Topology
becomes GeoJSON (RFC 7946): outer rings run counterclockwise, degrees have two decimals (1.1 km).
"""
# SPDX-License-Identifier: Apache-2.0

import hashlib
import itertools
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

PACKAGE = ("world-atlas", "2.0.2", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97")
ISO = "/usr/share/iso-codes/json/iso_3166-1.json"
WITHOUT_CODE = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP"}


def atlas(scale, archive):
    with tarfile.open(archive) as files:
        return json.load(files.extractfile(f"package/countries-{scale}.json"))


def rings(topology):
    """A function that gives a ring of [lon, lat] for numbers of arcs (TopoJSON: deltas, scaled; ~n runs backwards)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs, ys = (itertools.accumulate(steps) for steps in zip(*arc))
        arcs.append([(round(x * sx + tx, 2), round(y * sy + ty, 2)) for x, y in zip(xs, ys)])

    def ring(numbers):
        points = []
        for number in numbers:
            points += arcs[number][1 if points else 0:] if number >= 0 else arcs[~number][::-1][1 if points else 0:]
        return [point for n, point in enumerate(points) if n == 0 or point != points[n - 1]]
    return ring


def turned(ring, counterclockwise):
    twice_area = sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring))
    return ring if (twice_area > 0) == counterclockwise else ring[::-1]


def outlines(topology, alpha3):
    """Polygons by alpha-3 code."""
    ring, found = rings(topology), {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = alpha3.get(shape.get("id")) or WITHOUT_CODE.get(shape["properties"]["name"])
        if code is None:
            continue
        for polygon in {"Polygon": [shape["arcs"]], "MultiPolygon": shape["arcs"]}[shape["type"]]:
            made = [turned(ring(numbers), n == 0) for n, numbers in enumerate(polygon)]
            if len(made[0]) >= 4:
                found.setdefault(code, []).append([made[0], *(hole for hole in made[1:] if len(hole) >= 4)])
    return found


def main():
    name, version, sha256 = PACKAGE
    with open(ISO, encoding="utf-8") as file:
        alpha3 = {country["numeric"]: country["alpha_3"] for country in json.load(file)["3166-1"]}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", f"{name}@{version}", "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        archive = next(pathlib.Path(folder).glob("*.tgz"))
        if hashlib.sha256(archive.read_bytes()).hexdigest() != sha256:
            sys.exit(f"{name} {version} is not the file that tools/make_outlines.py names")
        found = outlines(atlas("50m", archive), alpha3) | outlines(atlas("110m", archive), alpha3)
    print("# How countries lie on a map: GeoJSON's coordinates of a MultiPolygon, degrees of longitude and latitude. Made by tools/make_outlines.py.\n"
          f"# Natural Earth at 1:110 million, small countries at 1:50 million (public domain), from npm's {name} {version} (ISC).\n"
          "alpha3\tcoordinates")
    for code, polygons in sorted(found.items()):
        print(code, json.dumps(polygons, separators=(",", ":")), sep="\t")


if __name__ == "__main__":
    main()
