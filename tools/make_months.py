#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes knowledge/page_months.tsv from Unicode CLDR. Needs Babel (pip install babel==2.18.0).

    python3 tools/make_months.py > knowledge/page_months.tsv
"""

import collections
import re
import unicodedata

import babel
import babel.core

LANGUAGES = """af am ar ar_DZ ar_LB ar_MA ar_TN az be bg bn bs bs_Cyrl ca cs cy da de el en es et eu fa fi fil fo fr ga gd gl
    gu he hi hr hu hy id is it ka kk km kn ky lb lo lt lv mk ml mr ms mt my nb ne nl pa pl ps pt ro ru si sk sl sq sr sr_Latn
    sv sw ta te th tr uk ur uz uz_Cyrl""".split()
# Written by newspapers and publishing systems, not in CLDR.
ALSO = {1: ["jän", "jänner", "জানুয়ারি"], 2: ["ফেব্রুয়ারি"], 3: ["mrz"], 9: ["sept", "सितम्बर"], 10: ["अक्तूबर"], 11: ["नवम्बर"],
        12: ["दिसम्बर"]}
# In one language alone. Vietnamese counts its months in words, Persian and Dari have months of their own.
ALSO_IN = {
    "vi": ["tháng một", "tháng hai", "tháng ba", "tháng tư", "tháng năm", "tháng sáu", "tháng bảy", "tháng tám", "tháng chín",
           "tháng mười"],
    "fa": ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
    "fa|prs|ps": ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"],
}
# Short forms of languages that shorten months seldom would stand in the way of the others' words.
ONLY_WHOLE = {"af", "az", "cy", "eu", "fil", "fo", "ga", "gd", "mt", "sq", "sw", "uz"}
# Hebrew writes "in" as one word with the month; Persian has an ending that CLDR has and most pages leave out, Basque
# endings that CLDR leaves out; Arabic is written with hamza and without; Turkish loses its dotless i in capitals.
VARIANTS = {
    "he": lambda name: [name, "ב" + name],
    "fa": lambda name: [name, name.replace("ٔ", ""), name.replace("ی", "ي")],
    "eu": lambda name: [name, name.removesuffix("a"), name + "ren", name + "k"],
    "ar": lambda name: [name, re.sub("[أإآ]", "ا", name), re.sub("^[اأ]", "إ", name)],
    "tr": lambda name: [name, name.replace("ı", "i")],
    "el": lambda name: [name, bare(name)],
}


def bare(name):
    """Without the accents that capitals go without, and many pages."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def spellings(name):
    """In lower case, a letter at a time; with the letters of several characters whole and in parts."""
    small = "".join(c.lower() for c in name if len(c.lower()) == 1)
    small = small.replace("ς", "σ")
    composed = small.replace("\u09af\u09bc", "\u09df").replace("\u092b\u093c", "\u095e")
    plain = bare(small) if ord(small[0]) < 0x250 else small.replace("\u093c", "")
    return {small, composed, plain}


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
            for one in spellings(name):
                if len(one.encode()) >= 3 and not re.search(r"[\d'\u2019]|^de ", one) and one.count(" ") < 2:
                    named[one][month].add(language.partition("_")[0])
    for month, names in ALSO.items():
        for name in names:
            for one in spellings(name):
                named[one][month].add("")
    rows = collections.defaultdict(set)
    for name, months in named.items():
        for month, languages in months.items():
            rows[month, "" if len(months) == 1 else "|".join(sorted(languages))].add(name)
    print("# Names of months, whole and short, in the languages whose pages name months. Made by tools/make_months.py from")
    print("# Unicode CLDR (by way of Babel 2.18). In lower case, a letter at a time.")
    print("# languages   of the page, where a name means another month in others; empty: in any")
    print("month\tnames\tlanguages")
    for languages, names in ALSO_IN.items():
        for month, name in enumerate(names, 1):
            rows[month, languages].add(name)
    for (month, languages), names in sorted(rows.items()):
        print(f"{month}\t{'|'.join(sorted(names))}\t{languages}")


if __name__ == "__main__":
    main()
