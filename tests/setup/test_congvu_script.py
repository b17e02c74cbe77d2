"""The file people type first: `./congvu`, on machines that lack something. No network is used."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAIN_TOOLS = (
    "sh",
    "dirname",
    "readlink",
    "cat",
    "cksum",
    "mkdir",
    "rm",
    "mv",
    "grep",
    "flock",
    "sleep",
    "basename",
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy with an awkward name that holds just what the script itself reads."""
    made = tmp_path / "công vụ của tôi"
    made.mkdir()
    shutil.copy(ROOT / "congvu", made / "congvu")
    shutil.copytree(ROOT / "requirements", made / "requirements")
    return made


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with the plain tools of any system and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in PLAIN_TOOLS:
        found = shutil.which(name)
        if found:
            (folder / name).symlink_to(found)
    return folder


def run(script: Path, *words: str, path: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    environ = {"PATH": str(path), **more}
    return subprocess.run([script, *words], capture_output=True, text=True, env=environ, cwd="/")


def put(folder: Path, name: str, text: str) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    return program


def without_system_python(script: Path) -> None:
    """The script's last resort, /usr/bin/python3, cannot be taken off a machine: take it out of the copy."""
    text = script.read_text()
    assert " /usr/bin/python3;" in text
    script.write_text(text.replace(" /usr/bin/python3;", ";"))


def test_without_python_it_says_so(checkout: Path, bare_path: Path) -> None:
    without_system_python(checkout / "congvu")
    done = run(checkout / "congvu", "demo", path=bare_path)
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr


def test_an_old_python_is_not_taken(checkout: Path, bare_path: Path) -> None:
    without_system_python(checkout / "congvu")
    put(bare_path, "python3", "exit 1")
    done = run(checkout / "congvu", "demo", path=bare_path)
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr


def test_without_uv_and_pip_it_says_what_to_install(checkout: Path, bare_path: Path) -> None:
    put(bare_path, "python3", f'[ "$1" = -m ] && exit 1; exec {sys.executable} "$@"')
    done = run(checkout / "congvu", "demo", path=bare_path, CONGVU_PYTHON="python3")
    # the interpreter that answers is this test's own, which may have pip: then the download is what fails
    assert done.returncode == 1
    assert "pip" in done.stderr or "mạng" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failing_download_is_told_in_words_and_leaves_no_half_environment(
    checkout: Path, bare_path: Path
) -> None:
    put(
        bare_path,
        "uv",
        f'case $1 in --version) echo uv 1 ;; venv) exec {sys.executable} -m venv "$5" ;; *) exit 2 ;; esac',
    )
    (bare_path / "python3").symlink_to(sys.executable)
    done = run(checkout / "congvu", "--version", path=bare_path)
    assert done.returncode == 1
    assert not (checkout / ".venv" / "congvu.stamp").exists()
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_environment_is_not_deleted(checkout: Path, bare_path: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "thesis.txt").write_text("keep me")
    put(bare_path, "uv", "exit 0")
    (bare_path / "python3").symlink_to(sys.executable)
    done = run(checkout / "congvu", "--version", path=bare_path)
    assert done.returncode == 1
    assert (checkout / ".venv" / "thesis.txt").read_text() == "keep me"


def test_two_first_runs_at_once_install_once(checkout: Path, bare_path: Path) -> None:
    """A stand-in for uv counts: one makes the environment, the other waits and uses it."""
    count = checkout / "count"
    put(
        bare_path,
        "uv",
        f"""case $1 in
        --version) echo uv 1 ;;
        venv) mkdir -p "$5/bin"; ln -s {sys.executable} "$5/bin/python"; echo home >"$5/pyvenv.cfg" ;;
        pip) echo once >>"{count}"; sleep 1 ;;
        esac""",
    )
    (bare_path / "python3").symlink_to(sys.executable)
    (bare_path / "ln").symlink_to(shutil.which("ln") or "/bin/ln")
    (checkout / "src" / "congvu").mkdir(parents=True)
    (checkout / "src" / "congvu" / "__main__.py").write_text("import sys; print('ran', *sys.argv[1:])")
    order = [checkout / "congvu", "term", "5 ngày"]
    started = [
        subprocess.Popen(
            order, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PATH": str(bare_path)}
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60) for process in started]
    assert [out for out, _ in said] == ["ran term 5 ngày\n"] * 3, said
    assert count.read_text() == "once\n"
    (checkout / "requirements" / "base.txt").write_text("changed\n")
    again = subprocess.run(order, capture_output=True, text=True, env={"PATH": str(bare_path)})
    assert again.returncode == 0 and count.read_text() == "once\nonce\n", "changed pins are installed again"


def test_it_runs_through_a_link_and_keeps_the_callers_folder(tmp_path: Path) -> None:
    if not (Path(sys.prefix) / "congvu.stamp").exists():
        pytest.skip("this environment was not made by ./congvu")
    (tmp_path / "link").symlink_to(ROOT / "congvu")
    environ = {**os.environ, "CONGVU_VENV": sys.prefix}
    done = subprocess.run(
        [tmp_path / "link", "--version"], capture_output=True, text=True, env=environ, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("congvu ")
