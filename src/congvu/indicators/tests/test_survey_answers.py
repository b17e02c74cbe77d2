"""Answers as a population of figures: how many, where, by which way; a record is never one answer."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.tests.make import a_place
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.populations import source_of
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import the_province
from congvu.indicators.rules.populations import where_of
from congvu.surveys.tests.make import NOW, a_campaign, answered

pytestmark = pytest.mark.django_db


def test_answers_are_counted_and_never_opened_one_by_one(frozen_clock: Any) -> None:
    place = a_place()
    campaign = a_campaign()
    answered(campaign, place.centre, [(5, 5, 5)] * 7, group="nguoi-dan")
    answered(campaign, place.police, [(1, 1, 1)] * 2)
    question = ask(date(2026, 11, 1), date(2026, 11, 30), today=NOW.date())
    known = organisation_of(question)
    reader, source = the_province(question, known), source_of("answers")
    by_qr = where_of(source.population, {"channel": "QR", "survey": campaign.code})
    by_link = where_of(source.population, {"channel": "LINK"})
    assert source.count([by_qr, by_link], question, reader, known) == [
        {place.centre.pk: 7, place.police.pk: 2},
        {},
    ]
    page = source.records(by_qr, question, reader, known)
    assert sorted((one.unit_id, one.subtitle) for one in page.rows) == [
        (place.centre.pk, "7 phiếu"),
        (place.police.pk, "2 phiếu"),
    ]
    assert {one.url for one in page.rows} == {f"/dot-khao-sat/{campaign.code}/"}
