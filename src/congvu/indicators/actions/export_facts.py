"""Write the facts to a Parquet file of the home: PostgreSQL's COPY through a pipe into DuckDB, in bounded memory, whole or not
at all."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import raw_connection
from congvu.indicators.actions.keep_facts import DOSSIERS
from congvu.indicators.models import FactsMark
from congvu.indicators.queries.engines import duck
from congvu.indicators.queries.engines.expression import COLUMNS
from congvu.indicators.queries.engines.files import Manifest, folder, manifest, sha256_of, write

BUFFER = 1 << 20


@transaction.atomic
def export_facts(*, by: Actor, at: datetime) -> Manifest:
    """The file of the facts as they are kept, with its manifest; the one there when nothing changed since. 2 statements. The
    mark is held meanwhile, so that the file is of one moment. Refuses facts that are not whole yet."""
    mark = FactsMark.objects.select_for_update().filter(area=DOSSIERS, fill_at__isnull=True).first()
    if mark is None:
        raise Refused("Bảng dữ kiện chưa lập xong.", do="Chạy ./congvu facts keep.")
    there = manifest()
    if there is not None and there.done == mark.done and there.path.is_file():
        return there
    folder().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder(), prefix=".making-") as beside:
        made = Path(beside) / "facts.parquet"
        rows = _through_a_pipe(made)
        digest = sha256_of(made)
        found = Manifest(
            f"dossiers-{mark.done}-{digest[:12]}.parquet", mark.done, rows, made.stat().st_size, digest, at.isoformat()
        )  # fmt: skip
        made.replace(found.path)
    write(found)
    return found


def _through_a_pipe(made: Path) -> int:
    """PostgreSQL writes, DuckDB reads; neither waits for a file nor holds it all. 1 statement."""
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as aside:
        told = aside.submit(_read, reading, made)
        try:
            with os.fdopen(writing, "wb", buffering=BUFFER) as pipe:
                _copy_out(pipe.write)
        except BrokenPipeError:  # the reader stopped; it says why
            told.result()
            raise
        return told.result()


def _read(reading: int, made: Path) -> int:
    try:
        return duck.write_parquet(f"/dev/fd/{reading}", made)
    finally:
        os.close(reading)


def _copy_out(write_block: Callable[[bytes], object]) -> None:
    columns = ", ".join(COLUMNS)
    text = f"COPY (SELECT {columns} FROM indicators_dossierfact) TO STDOUT (FORMAT csv)"  # noqa: S608 ours
    with raw_connection().cursor() as cursor, cursor.copy(text) as copy:
        for block in copy:
            write_block(bytes(block))
