#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes knowledge/page_months.tsv from Unicode CLDR. Needs Babel (pip install babel==2.18.0).

    python3 tools/make_months.py > knowledge/page_months.tsv
"""

import collections
import re

import babel
import babel.core

LANGUAGES = """af am ar ar_LB az be bg bn bs bs_Cyrl ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy
    id is it ka kk km kn ky lt lv mk ml mr ms my nb ne nl pa pl pt ro ru sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz
    uz_Cyrl""".split()
# Written by newspapers, not in CLDR.
ALSO = {1: ["jän", "jänner"], 3: ["mrz"], 9: ["sept"]}
# Short forms of languages that shorten months seldom would stand in the way of the others' words.
ONLY_WHOLE = {"af", "az", "cy", "eu", "fil", "ga", "sq", "sw", "uz"}
# Hebrew writes "in" as one word with the month, Persian an ending that CLDR has and most pages leave out.
VARIANTS = {"he": lambda name: [name, "ב" + name], "fa": lambda name: [name, name.replace("ٔ", "")]}


def forms(language):
    months = babel.core.Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide",) if language in ONLY_WHOLE else ("wide", "abbreviated"):
            for month, name in months[context][width].items():
                for one in VARIANTS.get(language, lambda name: [name])(name):
                    yield month, one


def main():
    named = collections.defaultdict(lambda: collections.defaultdict(set))  # Name to months to languages.
    for language in LANGUAGES:
        for month, name in forms(language):
            name = name.strip(" .\u200f\u200e")
            for one in {name.lower(), name[0].upper() + name[1:].lower()} if ord(name[0]) > 127 else {name.lower()}:
                if len(one.encode()) >= 3 and not re.search(r"[\d'\u2019]|^de ", one) and one.count(" ") < 2:
                    named[one][month].add(language.partition("_")[0])
    for month, names in ALSO.items():
        for name in names:
            named[name][month].add("")
    rows = collections.defaultdict(set)
    for name, months in named.items():
        for month, languages in months.items():
            rows[month, "" if len(months) == 1 else "|".join(sorted(languages))].add(name)
    print("# Names of months, whole and short, in the languages whose pages name months. Made by tools/make_months.py from")
    print("# Unicode CLDR (by way of Babel 2.18). a to z are in lower case; other first letters stand in both.")
    print("# languages   of the page, where a name means another month in others; empty: in any")
    print("month\tnames\tlanguages")
    for (month, languages), names in sorted(rows.items()):
        print(f"{month}\t{'|'.join(sorted(names))}\t{languages}")


if __name__ == "__main__":
    main()
