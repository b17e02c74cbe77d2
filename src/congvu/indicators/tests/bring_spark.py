"""pyspark for the test that runs on Spark: there already, or in CI brought by hash into the home (430 MB, wants Java)."""

import os
import shutil
import subprocess
import sys

from congvu.config.environment import BASE_DIR
from congvu.indicators.queries.engines import spark

LEAST_DISK = 3 * 2**30
# As ./congvu asks uv: an office's own authority is known to the system, not to uv.
_AS_CONGVU = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
if os.environ.get("PIP_INDEX_URL"):
    _AS_CONGVU["UV_DEFAULT_INDEX"] = os.environ["PIP_INDEX_URL"]


def why_not() -> str:
    """ "" when Spark can be asked, else why not."""
    why = spark.missing()
    if not why or os.environ.get("CI") != "true" or "Java" in why:
        return why
    return _brought() or spark.missing()


def _brought() -> str:
    pins, home = BASE_DIR / "requirements" / "spark.txt", spark.home()
    uv = shutil.which("uv") or shutil.which("uv", path=str(BASE_DIR / ".uv" / "bin"))
    if uv is None:
        return "không có uv để mang pyspark về"
    if shutil.disk_usage(BASE_DIR).free < LEAST_DISK:
        return "đĩa không đủ chỗ cho pyspark"
    home.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [uv, "pip", "install", "-q", "--require-hashes", "--python", sys.executable, "--target", str(home), "-r", str(pins)],
        capture_output=True, text=True, check=False, cwd=BASE_DIR, timeout=900, env={**os.environ, **_AS_CONGVU},
    )  # fmt: skip
    if done.returncode:
        return f"không mang được pyspark về: {done.stderr.strip()[-200:]}"
    return ""
