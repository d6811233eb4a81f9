"""`dateline serve` on a free port, for as long as a test needs it, and what asks it."""

import contextlib
import json
import re
import subprocess
import urllib.error
import urllib.request


class Served(str):
    """The server's address, as it prints it, and the token for those who write."""
    token = ""


@contextlib.contextmanager
def serving(binary, store, *options):
    """It must end well when it is told to."""
    server = subprocess.Popen([binary, "serve", "--store", store, "--port", "0", *options], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        line = server.stdout.readline()
        address = re.search(r"http://\S+", line)
        assert address, f"{line!r} {server.stderr.read()}"
        served = Served(address[0])
        if not {"--token-file", "--read-only"} & set(options):
            served.token = re.fullmatch(r"token to .*: (\w+)\n", server.stdout.readline())[1]
        yield served
        assert server.poll() is None, "the server died"
        server.terminate()
        assert server.wait(timeout=20) == 0, server.stderr.read()
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
        server.stderr.close()


def ask(url, method="GET", headers=None, body=None):
    """(status, headers, body) of a request."""
    request = urllib.request.Request(url, method=method, headers=headers or {}, data=body)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()


def post(served, path, body, token=None, **headers):
    """(status, answer) of JSON that is posted with the server's token, or another."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {served.token if token is None else token}", **headers}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    status, _, answer = ask(served.rstrip("/") + path, "POST", headers, data)
    return status, json.loads(answer)
