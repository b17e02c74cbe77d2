"""Spark, in a process of its own: pyspark is 430 MB, needs Java 17 and never enters the program's environment. It lies in
`spark/` of the home (requirements/spark.txt); whoever has a cluster names its master.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from congvu.foundation.refusal import Refused
from congvu.indicators.queries.engines.expression import FACTS, PERIODS

RUNNER = Path(__file__).with_name("spark_run.py")
PATIENCE = 600  # seconds; a first start reads a few hundred jars


def missing() -> str:
    """Why Spark cannot be asked here; "" when it can."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        return "máy này không có Java 17"
    if not (home() / "pyspark").is_dir():
        return f"không có pyspark ở {home()}"
    return ""


def home() -> Path:
    return Path(settings.CONGVU_SPARK)


def run(text: str, path: Path, periods: str) -> list[tuple[Any, ...]]:
    """The rows of a statement over `facts` and `periods`."""
    why = missing()
    if why:
        raise Refused(f"Không chạy được Spark: {why}.", where="engine", do="Dùng duckdb hoặc live.")
    asked = {
        "sql": text, "path": str(path), "facts": FACTS, "periods": PERIODS, "days": periods,
        "master": settings.CONGVU_SPARK_MASTER,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(RUNNER)], input=json.dumps(asked), capture_output=True, text=True, check=False,
        timeout=PATIENCE,
        env={
            **os.environ, "PYTHONPATH": str(home()), "SPARK_HOME": str(home() / "pyspark"),
            "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1",
        },
    )  # fmt: skip
    if done.returncode:
        raise Refused(
            f"Spark báo lỗi: {done.stderr.strip()[-600:]}", where="engine", do="Xem nhật ký của Spark."
        )
    return [tuple(row) for row in json.loads(done.stdout.splitlines()[-1])]
