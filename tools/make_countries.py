#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes knowledge/countries.tsv from Debian's iso-codes and tools/country_words.tsv.

    python3 tools/make_countries.py > knowledge/countries.tsv
"""

import json
import os
import sys

ISO = "/usr/share/iso-codes/json/iso_3166-1.json"
WORDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "country_words.tsv")
UNCOUNTED = ("ese", "ish", "ch", "men", "Swiss", "sh", "ois", "Batswana", "Basotho", "Mosotho", "Motswana", "Malagasy",
             "Vanuatu", "Icelandic", "Greenlandic", "Philippine", "Lao", "Lao PDR")
# Where neither list's first name is the one that reports use, or where it is another country's too.
SHORT = {"BRN": "Brunei", "COD": "DR Congo", "COG": "Republic of the Congo", "CZE": "Czech Republic", "GBR": "United Kingdom",
         "LAO": "Laos", "NLD": "Netherlands", "RUS": "Russia", "SYR": "Syria", "TUR": "Turkey", "USA": "United States",
         "VAT": "Vatican City"}
# Names that reports use as often for another place: believed only where the report also says a demonym or a capital.
DOUBTFUL = {"GEO": "Georgia"}
NOT_IN_ISO = {"XKX": ("XK", "Kosovo"), "SUN": ("SU", "Soviet Union"), "YUG": ("YU", "Yugoslavia"),
              "CSK": ("CS", "Czechoslovakia")}


def unique(values):
    return list(dict.fromkeys(v for v in values if v))


def plain(name):
    """ISO writes "Korea, Republic of" and "Bolivia, Plurinational State of"; nobody else does."""
    return name.split(",")[0] if "," not in name else None


def with_plurals(demonyms):
    made = []
    for word in demonyms:
        made.append(word)
        if word.endswith("man"):
            continue
        if not word.endswith(UNCOUNTED):
            made.append(word + "s")
    return made


def main():
    with open(ISO, encoding="utf-8") as file:
        iso = {c["alpha_3"]: c for c in json.load(file)["3166-1"]}
    words = {}
    with open(WORDS, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]
    for line in lines[1:]:
        alpha3, *cells = line.split("\t")
        words[alpha3] = [cell.split("|") if cell else [] for cell in cells]
        if alpha3 not in iso and alpha3 not in NOT_IN_ISO:
            sys.exit(f"{WORDS}: {alpha3} is no code of ISO 3166-1")
    out = ["# Countries: codes, names, demonyms, capitals. Made by tools/make_countries.py; change tools/country_words.tsv instead.",
           "# Codes and ISO names: Debian package iso-codes (LGPL-2.1+), iso_3166-1.json. The rest: tools/country_words.tsv.",
           "# name is the usual short one; names holds every way of writing it. Capitals include seats of government and the",
           "# largest cities that reports use in their place. doubtful: names that are as often another place's.",
           "\t".join(("alpha3", "alpha2", "name", "names", "demonyms", "capitals", "doubtful"))]
    for alpha3 in sorted(set(iso) | set(NOT_IN_ISO)):
        known = iso.get(alpha3, {})
        extra, demonyms, capitals = words.get(alpha3, ([], [], []))
        alpha2, listed = (known["alpha_2"], known["name"]) if known else NOT_IN_ISO[alpha3]
        common = known.get("common_name")
        usual = SHORT.get(alpha3) or common or plain(listed)
        usual = usual or next(iter(extra), listed.split(",")[0])
        names = unique([usual, None if alpha3 == "COG" else plain(listed), common, known.get("official_name"), *extra])
        names = unique(names + [n.replace("Saint ", "St. ", 1) for n in names if n.startswith("Saint ")])
        out.append("\t".join((alpha3, alpha2, usual, "|".join(names), "|".join(unique(with_plurals(demonyms))), "|".join(capitals), DOUBTFUL.get(alpha3, ""))))
    print("\n".join(out))


if __name__ == "__main__":
    main()
