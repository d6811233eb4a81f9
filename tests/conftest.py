"""What the Python tests share: the binary to test, and the pieces that some of them need.

DATELINE_BINARY names the binary (default build/dateline). Tests that need a pipeline of models/, or the gold sets in a
directory `shared` beside the checkout, are skipped with a message where these are missing.
"""
# SPDX-License-Identifier: Apache-2.0

import contextlib
import fcntl
import os
import pathlib
import pty
import re
import sqlite3
import struct
import subprocess
import sys
import termios

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def binary():
    path = pathlib.Path(os.environ.get("DATELINE_BINARY", ROOT / "build/dateline"))
    if not path.exists():
        pytest.fail(f"no binary at {path}: run 'make build'")
    return path


@pytest.fixture(scope="session")
def dateline(binary):
    """Runs the binary: dateline("read", "-", stdin=b"...") gives the finished process, output as bytes."""
    def run(*arguments, stdin=b"", **options):
        options.setdefault("timeout", 600)
        return subprocess.run([binary, *map(str, arguments)], input=stdin, capture_output=True, **options)
    return run


@pytest.fixture(scope="session")
def usage_of(binary):
    """Runs the binary, which must end well, in a process of its own: (seconds of a processor, the most memory in KB).

    What starts a process lends it its own most memory (getrusage(2)), and the tests' process is a large one: a small one starts it.
    """
    starter = """if True:
        import resource, subprocess, sys
        subprocess.run(sys.argv[2:], stdout=open(sys.argv[1], "wb"), check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print("used", used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
        """

    def run(*arguments, out=os.devnull):
        done = subprocess.run([sys.executable, "-c", starter, out, binary, *map(str, arguments)], stderr=subprocess.PIPE, text=True)
        used = re.search(r"^used (\S+) (\d+)$", done.stderr, re.MULTILINE)
        assert used, done.stderr
        return float(used[1]), int(used[2])
    return run


@pytest.fixture(scope="session")
def on_a_terminal(binary):
    """Runs the binary, which must end well, with a terminal for its output: what it writes there. Names in capitals are the
    environment's."""
    def run(*arguments, width=80, **environment):
        reading, writing = pty.openpty()
        fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
        surroundings = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | environment
        process = subprocess.Popen([binary, *map(str, arguments)], stdout=writing, stdin=subprocess.DEVNULL, env=surroundings)
        os.close(writing)
        out = b""
        with contextlib.suppress(OSError):  # The other end was closed.
            while piece := os.read(reading, 65536):
                out += piece
        os.close(reading)
        assert process.wait(60) == 0
        return out
    return run


@pytest.fixture(scope="session")
def models():
    directory = ROOT / "models"
    if not (directory / "en_core_web_sm/config.cfg").exists():
        pytest.skip("no models/en_core_web_sm: run 'make models'")
    return directory


@pytest.fixture(scope="session")
def shared():
    directory = ROOT.parent / "shared"
    if not (directory / "eval").is_dir():
        pytest.skip("no gold sets in ../shared")
    return directory


@pytest.fixture(scope="session")
def output_of(dateline):
    """What the binary prints, as text; it must end well."""
    def run(*arguments):
        done = dateline(*arguments, cwd=ROOT)
        assert done.returncode == 0, f"dateline {arguments}: {done.returncode}\n{done.stderr.decode()}"
        return done.stdout.decode()
    return run


@pytest.fixture(scope="session")
def demo_store(output_of, models, tmp_path_factory):
    """A store into which demo/reports went once."""
    store = tmp_path_factory.mktemp("demo") / "demo.db"
    output_of("ingest", "demo/reports", "--store", store)
    return store


@pytest.fixture
def demo_copy(demo_store, tmp_path):
    """A copy of the demo's store, to be written to."""
    copy = tmp_path / "copy.db"
    with sqlite3.connect(f"file:{demo_store}?mode=ro", uri=True) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    return copy


@pytest.fixture(scope="session")
def altered():
    """Runs statements of SQL on a store: the store."""
    def run(store, script):
        with contextlib.closing(sqlite3.connect(store)) as connection:
            connection.executescript(script)
        return store
    return run


@pytest.fixture(scope="session")
def held():
    """How many reports a store holds."""
    def count(store):
        with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    return count


@pytest.fixture
def with_mount(binary, tmp_path):
    """Runs a script of the shell, which must end well, where $there is a small disk of its own and $dateline the binary: what it writes."""
    there = tmp_path / "there"
    there.mkdir()
    own = ["unshare", "--map-root-user", "--mount", "sh", "-ec"]

    def run(size, script):
        done = subprocess.run([*own, f'mount -t tmpfs -o size={size} none "$there"\n{script}'], capture_output=True, text=True, timeout=300,
                              cwd=tmp_path, env=os.environ | {"there": str(there), "dateline": str(binary.resolve())})
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    if subprocess.run([*own, 'mount -t tmpfs none "$0"', there], capture_output=True).returncode != 0:
        pytest.skip("this system lets no test mount a disk of its own")
    return run
