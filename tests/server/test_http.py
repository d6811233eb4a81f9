"""How `dateline serve` speaks HTTP: connections that stay, answers that need not be sent again, in fewer bytes, or piece by piece, and
clients that mean no good."""
# SPDX-License-Identifier: Apache-2.0

import gzip
import http.client
import json
import re
import socket
import threading
import time
import urllib.parse

import pytest

from serving import ask, post, serving


@pytest.fixture(scope="module")
def served(binary, demo_store):
    with serving(binary, demo_store) as served:
        yield served


def netloc(served):
    return urllib.parse.urlsplit(served).netloc


def connect(served):
    host, port = netloc(served).split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def test_a_connection_serves_many_requests(served):
    connection = http.client.HTTPConnection(netloc(served), timeout=20)
    connection.connect()
    first = connection.sock
    for path in ("/", "/api/timeline?limit=3", "/api/none", "/api/export?format=csv", "/api/health") * 5:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.read() and answer.status in (200, 404)
        assert connection.sock is first
    connection.request("HEAD", "/api/timeline")
    assert connection.getresponse().read() == b""
    connection.request("GET", "/api/health", headers={"Connection": "close"})
    assert connection.getresponse().read()
    assert connection.sock is None


def test_requests_sent_at_once_are_answered_in_their_order(served):
    with connect(served) as connection:
        paths = [f"/api/timeline?limit={n}" for n in (1, 3, 2)]
        connection.sendall(b"".join(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in paths))
        connection.shutdown(socket.SHUT_WR)
        answers = b"".join(iter(lambda: connection.recv(65536), b""))
    bodies = re.findall(rb"\r\n\r\n(\{.*?\}\n)(?=HTTP/1.1|$)", answers, re.S)
    assert [len(json.loads(body)["events"]) for body in bodies] == [1, 3, 2]


def test_what_a_client_has_is_not_sent_again_until_the_store_changes(binary, demo_copy):
    with serving(binary, demo_copy) as served:
        tags = {}
        for path in ("", "page.js", "api/timeline", "api/count?by=month", "api/pages/r1", "api/openapi.json"):
            status, headers, body = ask(served + path)
            if status == 200:
                tags[path] = headers["ETag"]
                again = ask(served + path, headers={"If-None-Match": headers["ETag"]})
                assert (again[0], again[2]) == (304, b""), path
                assert ask(served + path)[2] == body  # From memory, the same.
        assert len(tags) >= 5
        assert post(served, "/api/corrections", {"act": "confirm", "name": "r13.v1", "who": "Ada"})[0] == 201
        for path, tag in tags.items():
            changes = path.startswith("api/") and path != "api/openapi.json"
            assert ask(served + path, headers={"If-None-Match": tag})[0] == (200 if changes else 304), path
        assert b"person-confirmed" in ask(served + "api/timeline")[2]
    with serving(binary, demo_copy) as another:
        assert ask(another + "api/timeline", headers={"If-None-Match": tags["api/timeline"]})[0] == 200


def test_answers_come_packed_to_those_who_take_them_so(served):
    plain = ask(served + "api/timeline")[2]
    for given, packs in (("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("br", False), ("xgzip", False), ("", False)):
        status, headers, body = ask(served + "api/timeline", headers={"Accept-Encoding": given})
        assert (status, headers["Content-Encoding"]) == (200, "gzip" if packs else None), given
        assert "Accept-Encoding" in headers["Vary"]
        assert (gzip.decompress(body) if packs else body) == plain
        assert len(body) < len(plain) / 3 or not packs
    assert ask(served + "api/timeline?limit=1&since=2027", headers={"Accept-Encoding": "gzip"})[1]["Content-Encoding"] is None


@pytest.mark.parametrize("format", ["jsonl", "csv", "claims", "geojson", "timelinejs", "webannotation", "ics"])
def test_an_export_is_what_the_command_writes(output_of, demo_store, served, format):
    def stamped(text):
        return re.sub(r"(DTSTAMP:|\"generated\":)\S+", "", text)

    for options, query in (([], ""), (["--background", "--type", "ASSAULT", "--tolls", "conservative"], "&background=true&type=ASSAULT&tolls=conservative")):
        status, headers, body = ask(f"{served}api/export?format={format}{query}")
        assert status == 200 and headers["Content-Disposition"].startswith('attachment; filename="chronicle.')
        assert stamped(body.decode()) == stamped(output_of("export", "--format", format, "--store", demo_store, *options))
    lines = ask(f"{served}api/export?format=jsonl&limit=5")[2].splitlines()
    assert len(lines) == 5


@pytest.mark.parametrize("query, code", [("", "DL5001"), ("format=xml", "DL5001"), ("format=csv&limit=0", "DL6006"), ("format=csv&after=0.30", "DL6006"),
                                         ("format=csv&tolls=most", "DL6006"), ("format=csv&since=2026-02-30", "DL4013")])
def test_an_export_that_cannot_be_is_refused_before_it_begins(served, query, code):
    status, headers, body = ask(f"{served}api/export?{query}")
    assert (status, headers["Content-Type"], json.loads(body)["code"]) == (400, "application/problem+json", code)


def events_of(response, count):
    """(id, data) of server-sent events, each as it comes."""
    found, event = [], {}
    while len(found) < count:
        line = response.readline().decode().rstrip("\n")
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
        elif event.get("event") == "change":
            found.append((event["id"], json.loads(event["data"])))
            event = {}
    return found


def test_changes_are_told_as_they_come(binary, models, demo_copy, tmp_path, dateline):
    with serving(binary, demo_copy) as served:
        connection = http.client.HTTPConnection(netloc(served), timeout=60)
        connection.request("GET", "/api/changes", headers={"Accept": "text/event-stream"})
        response = connection.getresponse()
        assert (response.status, response.headers["Content-Type"]) == (200, "text/event-stream")
        assert response.readline().startswith(b"id: ")
        reports = tmp_path / "more.jsonl"
        reports.write_text(json.dumps({"id": "new", "text": "Gunmen killed seven soldiers in Kolvar on Monday.", "published": "2026-05-05"}) + "\n")
        assert dateline("ingest", reports, "--store", demo_copy, "--reading", "fast").returncode == 0
        cursor, change = events_of(response, 1)[0]
        connection.close()
        assert change["change"] == "added" and change["cursor"] == cursor
        # Whoever was cut off goes on behind the last event that came.
        assert post(served, "/api/corrections", {"act": "confirm", "name": change["event"], "who": "Ada"})[0] == 201
        connection = http.client.HTTPConnection(netloc(served), timeout=60)
        connection.request("GET", "/api/changes", headers={"Accept": "text/event-stream", "Last-Event-ID": cursor})
        _, again = events_of(connection.getresponse(), 1)[0]
        connection.close()
        assert (again["change"], again["happening"]) == ("changed", change["happening"])
        status, _, body = ask(served + "api/changes?since=x", headers={"Accept": "text/event-stream"})
        assert (status, json.loads(body)["code"]) == (400, "DL4026")


def test_those_who_listen_hold_up_nobody(served):
    listening = [connect(served) for _ in range(40)]
    for connection in listening:
        connection.sendall(b"GET /api/changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
    try:
        time.sleep(1.5)
        for n in range(20):
            begun = time.monotonic()
            assert ask(f"{served}api/timeline?limit={n + 1}")[0] == 200
            assert time.monotonic() - begun < 3
    finally:
        for connection in listening:
            connection.close()


def test_what_was_done_is_counted(served):
    def counted():
        text = ask(served + "metrics")[2].decode()
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if not line.startswith("#")}

    before = counted()
    ask(served + "api/reports/r1")
    ask(served + "api/reports/r99")
    ask(served + "api/reports/" + "x" * 300)
    after = counted()
    for status, more in (("200", 1), ("404", 2)):
        name = f'dateline_http_requests_total{{path="/api/reports/{{id}}",status="{status}"}}'
        assert after[name] - before.get(name, 0) == more
    assert after["dateline_store_reports"] == json.loads(ask(served + "api/health")[2])["reports"]
    assert after['dateline_http_request_seconds_bucket{path="/api/reports/{id}",le="+Inf"}'] == after['dateline_http_request_seconds_count{path="/api/reports/{id}"}']
    assert ask(served + "healthz")[2] == b'{"status":"ok"}\n'


def test_endless_headers_and_bodies_end(served):
    """10 MB of headers, and bodies without an end that is told."""
    heads = [b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: b\r\n" * 1_250_000, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 10_000_000,
             b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"a" * 65536 + b"\r\n"]
    for head in heads:
        with connect(served) as connection:
            sent = 0
            try:
                connection.sendall(head)
                while head is heads[2] and sent < 400:
                    connection.sendall(b"10000\r\n" + b"a" * 65536 + b"\r\n")
                    sent += 1
            except (BrokenPipeError, ConnectionResetError):
                pass
            assert sent < 400
    assert ask(served + "healthz")[0] == 200


def test_a_body_that_drips_takes_no_thread(served):
    """More than there are threads for what takes long, each with a body that does not come."""
    head = b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2000000\r\n\r\n"
    slow = [connect(served) for _ in range(40)]
    try:
        for connection in slow:
            connection.sendall(head + b"a")
        assert ask(served + "api/read", "POST", {"Content-Type": "text/plain"}, b"\x89PNG\r\n\x1a\n" + bytes(100))[0] == 422
        for connection in slow:
            connection.sendall(b"a")
        assert ask(served + "api/timeline?limit=2")[0] == 200
    finally:
        for connection in slow:
            connection.close()


def test_a_body_is_asked_for_where_the_client_waits(served):
    with connect(served) as connection:
        connection.sendall(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(b"text")
        assert b" 415 " in connection.recv(1000)


def test_scripts_in_what_was_read_stay_text(binary, models, dateline, tmp_path):
    script = "<script>alert(1)</script>"
    report = {"id": script, "title": f"{script}\r\nSet-Cookie: a=b", "text": f"Gunmen killed five soldiers in Kolvar on Monday. {script}",
              "uri": "javascript:alert(1)", "published": "2026-05-05"}
    (tmp_path / "one.jsonl").write_text(json.dumps(report) + "\n")
    assert dateline("ingest", tmp_path / "one.jsonl", "--store", tmp_path / "one.db", "--reading", "fast").returncode == 0
    with serving(binary, tmp_path / "one.db") as served:
        for path in ("api/timeline", "api/happenings?background=true", "api/reports/r1", "api/search?q=soldiers", "api/export?format=csv&background=true",
                     "api/export?format=timelinejs&background=true", "api/reports/" + urllib.parse.quote(script, safe="")):
            status, headers, _ = ask(served + path)
            assert status == 200, path
            assert headers["Content-Type"].split(";")[0] in ("application/json", "text/csv") and headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Set-Cookie"] is None and "unsafe" not in headers["Content-Security-Policy"]


def test_it_answers_while_a_report_is_read_and_ends_at_once(binary, models, demo_store):
    with serving(binary, demo_store) as served:
        def read():
            try:
                ask(served + "api/read", "POST", {"Content-Type": "text/plain"}, b"Gunmen killed five soldiers in Kolvar. " * 20_000)
            except OSError:
                pass
        reading = threading.Thread(target=read)
        reading.start()
        time.sleep(1)
        assert ask(served + "healthz")[0] == 200
    reading.join(timeout=20)
    assert not reading.is_alive()
