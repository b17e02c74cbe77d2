"""`./congvu test [ARGS]` and `./congvu lint`: every check, then pytest on a throw-away embedded server.

The checks are run to the end even when one fails, so that one run shows everything; the exit code is theirs too.
The last line is pytest's closing line, followed by a line of ours only when a check failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

PYTHON = sys.executable
SCRIPTS = Path(PYTHON).parent
CHECKS = {
    "ruff check": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
    "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
    "mypy": [PYTHON, "-m", "mypy", "--no-error-summary", "src/congvu"],
    "import order": [
        PYTHON,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ],
}


def main() -> int:
    words = sys.argv[1:]
    only_lint = words[:1] == ["lint"]
    home = Path(tempfile.mkdtemp(prefix="congvu-test-"))
    home.chmod(0o711)  # as root the database server is another user, who must be able to walk in
    os.environ.update(
        CONGVU_HOME=str(home), CONGVU_TESTING="1", DJANGO_SETTINGS_MODULE="congvu.config.settings"
    )
    for name in ("CONGVU_DEMO", "CONGVU_SECRET_KEY", "CONGVU_HOSTS", "CONGVU_HTTPS"):
        os.environ.pop(name, None)
    try:
        failed = [name for name, order in CHECKS.items() if not passes(name, order)]
        code = 0 if only_lint else pytest(home, words[1:])
    finally:
        remove(home)
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}", flush=True)
    return code or (1 if failed else 0)


def passes(name: str, order: list[str]) -> bool:
    """Run one check; quiet when it passes, everything it said when not."""
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True)
    print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def pytest(home: Path, words: list[str]) -> int:
    """Run the tests on two processes; a database named by DATABASE_URL goes before the embedded one."""
    from congvu.config.postgres import ServerTrouble, ensure_server

    if not os.environ.get("DATABASE_URL"):
        try:
            ensure_server(home, durable=False, die_with_me=True)
        except ServerTrouble as trouble:
            print(trouble, file=sys.stderr)
            return 1
    # the slow ones (browser, journeys, whole demos) come last: who has none left takes over some of the other's
    order = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal", *words]
    return subprocess.run(order, cwd=ROOT, stdin=subprocess.DEVNULL).returncode


def remove(home: Path) -> None:
    from congvu.config.postgres import remove_server

    remove_server(home)
    shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
