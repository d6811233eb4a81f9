"""`dateline serve` on a free port, for as long as a test needs it."""

import contextlib
import re
import subprocess


@contextlib.contextmanager
def serving(binary, store, *options):
    """The server's address, as it prints it. It must end well when it is told to."""
    server = subprocess.Popen([binary, "serve", "--store", store, "--port", "0", *options], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        line = server.stdout.readline()
        address = re.search(r"http://\S+", line)
        assert address, f"{line!r} {server.stderr.read()}"
        yield address[0]
        assert server.poll() is None, "the server died"
        server.terminate()
        assert server.wait(timeout=20) == 0, server.stderr.read()
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
        server.stderr.close()
