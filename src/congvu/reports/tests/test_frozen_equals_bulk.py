"""The third life of a figure: what an approved report froze is what it comes to live, and in bulk over the facts, down to the
list of its dossiers."""

import random
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from congvu.dossiers.models import Dossier
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.actions.export_facts import export_facts
from congvu.indicators.actions.keep_facts import keep_facts
from congvu.indicators.queries.answer import answers
from congvu.indicators.queries.engines import duck
from congvu.indicators.queries.engines.files import exported
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import the_province
from congvu.indicators.rules.figures import FIGURES, Dossiers, Value
from congvu.indicators.tests.test_form06_any_history import a_life
from congvu.organisation.queries import picture
from congvu.reports.rules.numbers import by_place
from congvu.reports.tests.make import NOW, an_office, approved

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
CODES = [one.code for one in FIGURES if isinstance(one.counted, Dossiers)]
# The list behind «Hồ sơ đã giải quyết», asked of the file by hand.
SOLVED = (
    "SELECT dossier_id FROM facts WHERE since <= DATE '2026-10-31' AND till > DATE '2026-10-31' AND status IN (7, 9, 10)"
    " AND ended_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'"
)


@pytest.mark.django_db
def test_frozen_live_and_in_bulk_are_one_number(
    make_person: Any, frozen_clock: Any, settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONGVU_FACTS = tmp_path
    rng = random.Random(20261121)
    office = an_office(make_person)
    office.ground.write([a_life(rng.choice) for _ in range(150)])
    version = approved(office, "\n".join(f"{{{{so-lieu:{code}}}}}" for code in CODES))
    keep_facts(by=SYSTEM, at=NOW)
    export_facts(by=SYSTEM, at=NOW)
    question, known = ask(*OCTOBER, today=NOW.date()), picture()
    province = the_province(question, known)
    live = answers(CODES, question, province, known)
    bulk = answers(CODES, question, province, known, engine="duckdb")
    frozen = {told.asked.code: told for _, told in by_place(version.numbers).values()}
    for code in CODES:
        one = frozen[code]
        assert live[code].value == bulk[code].value == Value(one.numerator, one.denominator), code
    assert sum(bool(one.value.numerator) for one in live.values()) > 5
    ids = [row[0] for row in duck.run(SOLVED, exported().path, "SELECT 0 AS period")]
    codes = sorted(Dossier.objects.filter(id__in=ids).values_list("code", flat=True))
    assert frozen["ho-so.da-giai-quyet"].digests == (sha256("\n".join(codes).encode()).hexdigest(),)
