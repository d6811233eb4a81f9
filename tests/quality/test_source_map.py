"""The way back, over every development page: the bytes that the source map names give the text's words."""
# SPDX-License-Identifier: Apache-2.0

import gzip
import html
import json
import re

import pytest

SETS = ["htmldate", "newspaper4k", "readability", "scrapinghub", "wcxb"]


def letters(text):
    """Without white space, which is squeezed in the text, and without what marks invisible breaks."""
    return re.sub(r"[\s\x00-\x20\u200b\ufeff\u00ad]+", "", text)


@pytest.mark.parametrize("name", SETS)
def test_mapped_bytes_give_the_words_back(name, dateline, shared, tmp_path):
    path = shared / "data" / "articles" / f"{name}_dev.jsonl.gz"
    if not path.exists():
        pytest.skip(f"no {path.name} in ../shared/data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = {str(number): json.loads(line)["html"] for number, line in enumerate(lines)}
    given = tmp_path / "pages.jsonl"
    given.write_text("".join(json.dumps({"id": name, "html": page}) + "\n" for name, page in pages.items()))
    done = dateline("read", "--from", "jsonl", "--source-map", "--until", "article", given)
    assert done.returncode == 0, done.stderr.decode()
    characters = mapped = 0
    for line in done.stdout.splitlines():
        record = json.loads(line)
        text, page = record["text"], pages[record["id"]].encode()
        end = 0
        for stretch in record["source_map"]:
            begin, stop = stretch["span"]
            assert end <= begin < stop <= len(text), record["id"]
            end = stop
            written = page[slice(*stretch["bytes"])].decode()
            words = text[begin:stop]
            assert letters(words) in (letters(html.unescape(written)), letters(written)), (record["id"], words)
            mapped += len(letters(words))
        characters += len(letters(text))
    assert characters > 10_000
    # What stands nowhere in the page: a headline that only its head states, a mark before an item of a list.
    assert characters - mapped < 0.001 * characters
