"""A store of many events: the demo's, again and again, each time some days later. What no list asks for is left out."""
# SPDX-License-Identifier: Apache-2.0

import contextlib
import shutil
import sqlite3

APART = 1000  # Between the keys of one time and the next: greater than any key of the demo's.
DAYS = 5
OF_A_REPORT = ["found", "entities", "places", "quantities", "events", "participants", "event_quantities"]


def copy_many(demo_store, path, events):
    """How many events it has then."""
    shutil.copy(demo_store, path)
    with contextlib.closing(sqlite3.connect(path)) as store, store:
        store.execute("PRAGMA synchronous = OFF")
        once = store.execute("SELECT count(*) FROM events").fetchone()[0]
        times = -(-events // once)
        columns = {table: [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
                   for table in [*OF_A_REPORT, "reports", "tellings", "happenings", "happening_facts"]}
        later = "date({0}, '+' || ? || ' days')"

        def again(table, source, changes, n):
            """Each row of `source` once more; in the changes ? is the number of days and # that of keys."""
            values = [changes.get(column, column) for column in columns[table]]
            given = [n * DAYS for value in values for _ in range(value.count("?"))]
            store.execute(f"INSERT INTO {table} SELECT {', '.join(values).replace('#', str(n * APART))} FROM {source}", given)

        for table in [*OF_A_REPORT, "reports", "tellings", "happenings", "happening_facts"]:
            store.execute(f"CREATE TEMP TABLE one_{table} AS SELECT * FROM {table}")
        days = {name: later.format(name) for name in ("day_begin", "day_end", "published")}
        for n in range(1, times):
            again("reports", "one_reports", {"key": "key + #", "content": "content || #", "id": "id || #", "text": "''", **days}, n)
            for table in OF_A_REPORT:
                again(table, f"one_{table}", {"report": "report + #", "id": "id" if table != "found" else "id || #", **days}, n)
            again("happenings", "one_happenings", {"key": "key + #", "id": f"'h{n:05x}' || substr(id, 7)", **days}, n)
            again("tellings", "one_tellings", {"report": "report + #", "happening": "happening + #", "id": f"'h{n:05x}' || substr(id, 7)"}, n)
            again("happening_facts", "one_happening_facts", {"place": "place + (? << 40) + #", "happening": "happening + #"}, n)
        return store.execute("SELECT count(*) FROM events").fetchone()[0]
