"""`dateline serve` over real sockets: every path of openapi.json answers as it says, and hostile requests get a clear no."""

import html
import json
import pathlib
import re
import shutil
import socket
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest

from pdfs import ferry_and_gunmen
from serving import ask as get
from serving import serving

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address(binary, demo_store):
    with serving(binary, demo_store) as address:
        yield address.rstrip("/")


def get_json(url):
    return json.loads(get(url)[2])


def raw(address, data):
    """The bytes that come back for bytes that may be no HTTP at all."""
    host, port = urllib.parse.urlsplit(address).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except (BrokenPipeError, ConnectionResetError):
            return b""


def one_of_all(document, schemas):
    whole = {"type": "object", "required": [], "properties": {}}
    for schema in schemas:
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        schema = one_of_all(document, schema["allOf"]) if "allOf" in schema else schema
        whole["required"] += schema.get("required", [])
        whole["properties"] |= schema.get("properties", {})
    return whole


def mistakes(document, schema, value, where="$"):
    """Where `value` is not as the schema says: the part of JSON Schema that openapi.json uses. Fields it does not name are mistakes."""
    while "$ref" in schema:
        parts = schema["$ref"].removeprefix("#/").split("/")
        schema = document
        for part in parts:
            schema = schema[part]
    if "allOf" in schema:  # Of objects: the fields of all.
        return mistakes(document, one_of_all(document, schema["allOf"]), value, where)
    if "const" in schema:
        return [] if value == schema["const"] else [f"{where}: {value!r}"]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    if not isinstance(value, kinds[schema["type"]]):
        return [f"{where}: {value!r} is no {schema['type']}"]
    found = []
    if schema["type"] == "object":
        found += [f"{where}: no {key!r}" for key in schema.get("required", []) if key not in value]
        if "properties" in schema:
            for key, inner in value.items():
                if key in schema["properties"]:
                    found += mistakes(document, schema["properties"][key], inner, f"{where}.{key}")
                else:
                    found.append(f"{where}: {key!r} is not described")
    if schema["type"] == "array":
        for at, inner in enumerate(value):
            found += mistakes(document, schema["items"], inner, f"{where}[{at}]")
    return found


def test_every_path_of_the_description_answers_as_described(address):
    document = get_json(f"{address}/api/openapi.json")
    assert document == json.loads((ROOT / "web" / "openapi.json").read_text(encoding="utf-8"))
    assert set(document["paths"]) == {"/api/health", "/api/openapi.json", "/api/happenings", "/api/timeline", "/api/search",
                                      "/healthz", "/metrics", "/api/export", "/api/corrections", "/api/read", "/api/count", "/api/places", "/api/actors", "/api/actors/{id}", "/api/sources", "/api/changes",
                                      "/api/accounts/{id}", "/api/reports/{id}", "/api/events/{id}", "/api/pages/{id}"}
    some_event = get_json(f"{address}/api/timeline?limit=1")["events"][0]
    examples = {"/api/accounts/{id}": some_event["event"], "/api/events/{id}": some_event["event"],
                "/api/actors/{id}": get_json(f"{address}/api/actors?limit=1")["actors"][0]["actor"],
                "/api/reports/{id}": some_event["report"]["handle"], "/api/pages/{id}": event_of_a_page(address)["event"]}
    for path, described in [(path, methods["get"]) for path, methods in document["paths"].items() if "get" in methods]:
        required = {p["name"]: p["example"] for p in described.get("parameters", []) if p.get("required") and p.get("in") == "query"}
        url = address + path.replace("{id}", examples.get(path, "")) + ("?" + urllib.parse.urlencode(required) if required else "")
        status, headers, body = get(url)
        media_type, content = next(iter(described["responses"]["200"]["content"].items()))
        assert (status, headers["Content-Type"].split(";")[0]) == (200, media_type), url
        if media_type != "application/json":
            continue
        schema = content["schema"]
        answer = json.loads(body)
        if "properties" in schema or "$ref" in schema:
            record = answer.pop("record", None) if path.startswith("/api/reports") else None
            assert [m for m in mistakes(document, schema, answer) if "'record'" not in m] == [], path
            assert record is None or record["schema"] == "dateline/1"


def event_of_a_page(address):
    return next(e for e in get_json(f"{address}/api/timeline")["events"] if e["report"].get("file", "").endswith(".html"))


def test_a_page_comes_back_as_it_was_with_the_sentence_of_an_event_marked(dateline, demo_store, address):
    event = event_of_a_page(address)
    report = event["report"]
    page = (ROOT / report["file"]).read_bytes()
    status, headers, body = get(f"{address}/api/pages/{report['handle']}")
    assert (status, body) == (200, page)
    kind, _, encoding = headers["Content-Type"].partition("; charset=")
    assert kind == "text/html"
    assert headers.get_all("Content-Security-Policy") == [headers["Content-Security-Policy"]]
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert dateline("show", event["event"], "--page", "--store", demo_store, cwd=ROOT).stdout == page
    marked = get(f"{address}/api/pages/{event['event']}")[2].decode(encoding)
    assert marked.count('<mark id="dateline">') == 1
    words = html.unescape(" ".join(re.findall("<mark[^>]*>(.*?)</mark>", marked, re.DOTALL)))
    assert "".join(words.split()) == "".join(event["words"].split())
    assert re.sub("</?mark[^>]*>", "", marked).encode(encoding) == page


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: install poppler-utils")
def test_a_pdf_is_shown_with_the_way_back_to_page_and_box(binary, output_of, models, tmp_path):
    pdf, store = tmp_path / "two days.pdf", tmp_path / "pdf.db"
    pdf.write_bytes(ferry_and_gunmen())
    output_of("ingest", pdf, "--store", store)
    with serving(binary, store) as served:
        address = served.rstrip("/")
        event = next(e for e in get_json(f"{address}/api/timeline")["events"] if "Gunmen killed" in e["words"])
        record = get_json(f"{address}/api/reports/r1")["record"]
        assert record["source"]["media_type"] == "application/pdf"
        begin = record["text"].index("Gunmen killed five people")
        place = next(place for place in record["page_map"] if place["span"][0] == begin)
        left, top, _, bottom = place["box"]
        assert (place["page"], left, top < 130 < bottom) == (2, 72, True)
        for name in ("r1", event["event"]):
            status, headers, body = get(f"{address}/api/pages/{name}")
            assert (status, headers["Content-Type"], body) == (200, "application/pdf", pdf.read_bytes())
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "sandbox" not in policy  # In a sandbox browsers show no PDF.
        # What is read comes through `ingest`: the server takes nothing.
        assert get(f"{address}/api/reports/r1", "POST")[0] == 405


def test_every_described_parameter_is_taken(address):
    document = get_json(f"{address}/api/openapi.json")
    values = {"since": "2026", "until": "2026-12", "limit": "1", "q": "ceasefire", "type": "AID", "role": "by",
              "box": "1,2,3,4", "near": "1,2", "within": "9", "mode": "explosives", "confidence": "0.5", "state": "machine-read", "after": "0.30", "background": "true", "by": "month", "name": "police", "kind": "person", "country": "SDN"}
    needed = {"role": {"actor": "army"}, "within": {"near": "1,2"}}
    required = {"/api/search": {"q": "ceasefire"}, "/api/count": {"by": "month"}}
    for path in ("/api/happenings", "/api/timeline", "/api/search", "/api/count", "/api/places", "/api/actors", "/api/sources"):
        for parameter in document["paths"][path]["get"]["parameters"]:
            name = parameter["name"] if "name" in parameter else parameter["$ref"].rsplit("/", 1)[1]
            query = required.get(path, {}) | needed.get(name if path != "/api/actors" else "", {})
            query[name] = values.get(name, "Kolvar")
            assert get(f"{address}{path}?{urllib.parse.urlencode(query)}")[0] == 200, name


def test_timeline_is_what_the_command_prints(output_of, demo_store, address):
    printed = [json.loads(line) for line in output_of("timeline", "--each", "--store", demo_store).splitlines()]
    assert get_json(f"{address}/api/timeline")["events"] == printed


def test_pages_follow_each_other(address):
    for path, name, key in (("/api/timeline", "events", "event"), ("/api/happenings", "happenings", "happening")):
        for query in ("", "&since=2026-03-05&until=2026-04"):
            whole = get_json(f"{address}{path}?limit=2000{query}")
            assert not whole["more"] and "next" not in whole
            pages, after = [], ""
            while after is not None:
                page = get_json(f"{address}{path}?limit=7{query}&after={urllib.parse.quote(after)}")
                assert len(page[name]) == 7 or not page["more"]
                pages += page[name]
                after = page.get("next")
                assert page["more"] == (after is not None)
            assert [one[key] for one in pages] == [one[key] for one in whole[name]] and len(pages) > 7


def test_counts_are_those_of_the_command(output_of, demo_store, address):
    for query in ("by=month", "by=place&by=type", "by=day&type=ASSAULT&background=true"):
        options = [f"--{name}" if value == "true" else f"--{name}={value}" for name, value in urllib.parse.parse_qsl(query)]
        printed = [json.loads(line) for line in output_of("count", *options, "--store", demo_store).splitlines()]
        assert get_json(f"{address}/api/count?{query}")["counts"] == printed, query


def test_places_count_what_is_there_and_what_is_nowhere(address):
    """Against the happenings themselves, put together by their accounts."""
    places = get_json(f"{address}/api/places")
    happenings = get_json(f"{address}/api/happenings")["happenings"]
    placed, at = 0, {}
    for one in happenings:
        accounts = get_json(f"{address}/api/accounts/{one['happening']}")["accounts"]
        mentions = [get_json(f"{address}/api/events/{event}") for account in accounts for event in account["mentions"]]
        names = {event["place"]["name"] for event in mentions if "place" in event}
        placed += bool(names)
        for name in names:
            at[name] = at.get(name, 0) + 1
    assert (places["happenings"], places["unplaced"]) == (len(happenings), len(happenings) - placed)
    counted = {}
    for place in places["places"]:
        counted[place["name"]] = counted.get(place["name"], 0) + place["happenings"]
    assert counted == at and any("lat" in place for place in places["places"])


def test_sources_add_up(address):
    sources = get_json(f"{address}/api/sources?background=true")["sources"]
    health = get_json(f"{address}/api/health")
    happenings = get_json(f"{address}/api/happenings?background=true")["happenings"]
    assert sum(one["reports"] for one in sources) == health["reports"]
    alone = 0
    for one in happenings:
        if one["sources"] == 1:  # Of outlets that have one text each is alone with it.
            accounts = get_json(f"{address}/api/accounts/{one['happening']}")["accounts"]
            alone += len({account["report"].get("outlet") for account in accounts})
    assert sum(one["alone"] for one in sources) == alone
    assert sum(one["first"] for one in sources) == sum(one["sources"] > 1 for one in happenings)
    assert all(one["alone"] + one["first"] <= one["happenings"] and one["first_day"] <= one["last_day"] for one in sources)
    assert any(one["disputed"] for one in sources)


def test_actors_are_those_of_the_command(output_of, demo_store, address):
    printed = [json.loads(line) for line in output_of("actors", "--limit", "5", "--store", demo_store).splitlines()]
    assert get_json(f"{address}/api/actors?limit=5")["actors"] == printed
    one = printed[0]["actor"]
    assert [get_json(f"{address}/api/actors/{one}")] == [json.loads(output_of("actors", one, "--store", demo_store))]


def test_changes_go_on_from_their_cursor(address):
    whole = get_json(f"{address}/api/changes")
    assert whole["changes"] and not whole["more"]
    seen, cursor, more = [], "", True
    while more:
        page = get_json(f"{address}/api/changes?limit=10&since={cursor}")
        seen, cursor, more = seen + page["changes"], page["cursor"], page["more"]
    assert seen == whole["changes"] and cursor == whole["cursor"]
    assert get_json(f"{address}/api/changes?since={cursor}") == {"changes": [], "more": False, "cursor": cursor}


@pytest.mark.parametrize("method, refused", [
    ("POST", 405), ("PUT", 405), ("DELETE", 405), ("PATCH", 405), ("OPTIONS", 405), ("TRACE", 405), ("BREW", 501), ("get", 501)])
def test_nothing_can_be_written(address, method, refused):
    status, headers, body = get(f"{address}/api/health", method)
    assert (status, headers["Allow"]) == (refused, "GET, HEAD")
    assert json.loads(body)["code"] == "DL6005"


def test_head_gives_no_body(address):
    status, headers, body = get(f"{address}/api/timeline", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 2


def test_answers_carry_headers_that_keep_a_browser_safe(address):
    for path in ("/", "/page.js", "/api/health"):
        headers = get(address + path)[1]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:80", "0.0.0.0"])
def test_another_host_name_is_refused_on_loopback(address, host):
    status, _, body = get(f"{address}/api/timeline", headers={"Host": host})
    assert status == 403, body
    assert json.loads(body)["code"] == "DL6008"


@pytest.mark.parametrize("path", [
    "/../openapi.json", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/index.html/", "/page.js%00.txt",
    "/api/reports/%00", "/api/reports/%ff%fe", "/api/reports/..%2f..", "/api/reports/" + "a" * 4000, "/api/events/" + "%2e" * 500,
    "/api", "/favicon.ico", "/web/page.js", "/%"])
def test_hostile_paths_are_not_found(address, path):
    status, _, body = get(address + path)
    assert status == 404
    assert json.loads(body)["code"].startswith("DL")


@pytest.mark.parametrize("query", [
    "since=%00", "limit=%2b1", "limit=1%00", "actor=" + "a" * 2000, "actor=%ff", "since=2026&since=x", "%00=1", "limit=0x10"])
def test_hostile_queries_are_refused(address, query):
    status, _, body = get(f"{address}/api/timeline?{query}")
    assert status == 400
    assert json.loads(body)["code"] == "DL6006"


@pytest.mark.parametrize("data", [
    b"", b"\r\n\r\n", b"\x00" * 100, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 20000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nRange: bytes=" + b"0-," * 2500 + b"0-\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx",
    b"POST /api/health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\nx"])
def test_what_is_no_request_does_not_end_the_server(address, data):
    answer = raw(address, data)
    assert len(answer) < 100_000
    assert get(f"{address}/api/health")[0] == 200


@pytest.mark.parametrize("spelling", ["127.1", "2130706433", "LOCALHOST", "::ffff:127.0.0.1", "::1", "127.0.0.9"])
def test_loopback_is_loopback_however_it_is_spelled(binary, demo_store, spelling):
    with serving(binary, demo_store, "--host", spelling) as address:
        host, _, port = address.rstrip("/").removeprefix("http://").rpartition(":")
        here = "127.0.0.1" if host in ("127.1", "2130706433", "[::ffff:127.0.0.1]") else host
        for named, expected in (("evil.example", 403), (f"localhost:{port}", 200), (f"LocalHost:{port}", 200), (f"127.0.0.1:{port}", 200)):
            status = get(f"http://{here}:{port}/api/health", headers={"Host": named})[0]
            assert status == expected, named


def test_slow_clients_hold_up_nobody(address):
    """More than the server's threads, then more than it takes in at all: idle ones, and ones that send a byte now and then."""
    host, port = urllib.parse.urlsplit(address).netloc.split(":")
    slow = []
    try:
        for _ in range(300):
            slow.append(socket.create_connection((host, int(port)), timeout=20))
            if len(slow) % 100 == 0:
                for dripping in slow[-20:]:
                    dripping.sendall(b"GET /api/he")
                for _ in range(3):
                    assert get(f"{address}/api/health")[0] == 200
                    for dripping in slow[-20:]:
                        dripping.sendall(b"a")
    finally:
        for connection in slow:
            connection.close()


def test_answers_that_nobody_fetches_hold_up_nobody(address):
    host, port = urllib.parse.urlsplit(address).netloc.split(":")
    deaf = []
    try:
        for _ in range(40):
            connection = socket.create_connection((host, int(port)), timeout=20)
            deaf.append(connection)
            connection.sendall(b"GET /api/timeline HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert get(f"{address}/api/health")[0] == 200
    finally:
        for connection in deaf:
            connection.close()


def test_costly_searches_hold_up_nobody(binary, dateline, models, tmp_path):
    many = [{"id": "the", "text": "The dog saw the cat. " * 1500}, {"id": "bomb", "text": "bomb " * 40_000}]
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(report) + "\n" for report in many))
    assert dateline("ingest", "--reading", "fast", tmp_path / "many.jsonl", "--store", tmp_path / "c.db").returncode == 0
    words = ["the " * 250, "bomb", " ".join(f'"{"the " * n}"' for n in range(1, 20))]
    with serving(binary, tmp_path / "c.db") as address, ThreadPoolExecutor(12) as pool:
        costly = [pool.submit(get, f"{address}api/search?" + urllib.parse.urlencode({"q": words[n % 3]})) for n in range(12)]
        assert get(f"{address}api/health")[0] == 200
        assert {search.result()[0] for search in costly} == {200}


def test_a_query_that_takes_too_long_is_given_up_and_holds_up_nobody(binary, demo_copy, altered):
    """It folds eight million letters for each event that may be of the source."""
    store = altered(demo_copy, f"UPDATE reports SET outlet = '{'é' * 8_000_000}'")
    with serving(binary, store) as address, ThreadPoolExecutor(8) as pool:
        slowly = [pool.submit(get, f"{address}api/timeline?source=demo") for _ in range(4)]
        assert get(f"{address}api/health")[0] == 200
        assert not any(query.done() for query in slowly)
        for query in slowly:
            status, _, body = query.result()
            assert (status, json.loads(body)["code"]) == (503, "DL4015"), body
        assert get(f"{address}api/timeline?limit=1&type=ASSAULT")[0] == 200


def test_many_ask_at_once(address):
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: get(f"{address}/api/timeline"), range(64)))
    assert {status for status, _, _ in answers} == {200}
    assert len({body for _, _, body in answers}) == 1


def test_what_cannot_be_served_is_one_clear_line(dateline, demo_store, address, tmp_path):
    def refusal(*options):
        done = dateline("serve", *options, timeout=60)
        assert done.returncode in (1, 2)
        assert done.stderr.count(b"\n") == 1, done.stderr
        return done.stderr.decode()

    port = address.rsplit(":", 1)[1]
    assert "cannot listen" in refusal("--store", demo_store, "--port", port)
    assert "cannot listen" in refusal("--store", demo_store, "--port", 0, "--host", "192.0.2.1")
    assert "none.db" in refusal("--store", tmp_path / "none.db", "--port", 0)
    assert "LICENSE" in refusal("--store", ROOT / "LICENSE", "--port", 0)
    assert "--port" in refusal("--store", demo_store, "--port", 65536)
    assert "--host" in refusal("--store", demo_store, "--port", 0, "--host", "")
