"""Results: by hand equals by statement; few are never shown, and nothing ties an answer to whoever gave it."""

from fractions import Fraction
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError

from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import a_place
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import STRANGER, SYSTEM
from congvu.foundation.identity.models import SignInAttempt
from congvu.foundation.identity.throttle import attempt
from congvu.foundation.notices.models import Notice
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_days
from congvu.surveys.actions.answer import Door, answer
from congvu.surveys.actions.campaigns import close_campaign, show_results
from congvu.surveys.actions.invite import invite
from congvu.surveys.actions.invite_finished import invite_sample
from congvu.surveys.actions.stir import stir
from congvu.surveys.models import Invitation, SurveyAnswer, SurveyText
from congvu.surveys.queries.results import by_group, by_unit, of_unit
from congvu.surveys.rules.questionnaires import Given
from congvu.surveys.rules.words import LINK
from congvu.surveys.tests.make import NOW, a_campaign, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(frozen_clock: Any) -> Any:
    """Three units: forty, thirty-five and five answers."""
    place = a_place()
    campaign = a_campaign()
    answered(campaign, place.centre, [(5, 4, 5)] * 30 + [(2, 3, 1)] * 10, group="nguoi-dan")
    answered(campaign, place.home_affairs, [(4, 4, 4)] * 35, group="to-chuc")
    answered(campaign, place.police, [(1, 1, 1)] * 5)
    return place, close_campaign(campaign.pk, by=SYSTEM, at=NOW)


def test_the_two_formulas(told: Any) -> None:
    place, campaign = told
    found = by_unit(campaign)
    centre = found.cell(str(place.centre.pk), "")
    assert centre.n == 40 and centre.score is not None and centre.score.value == Fraction(90, 120)
    assert found.cell(str(place.centre.pk), "A").score.value == Fraction(60, 80)  # type: ignore[union-attr]
    mean = by_unit(campaign, "mean").cell(str(place.centre.pk), "")
    assert mean.score is not None and mean.score.value == Fraction(30 * 14 + 10 * 6, 40 * 15)
    with pytest.raises(Refused):
        by_unit(campaign, "median")


def test_few_answers_are_hidden_and_so_is_what_would_give_them_away(told: Any) -> None:
    place, campaign = told
    found = by_unit(campaign)
    for column in ("", "A", "B"):
        police, home = (
            found.cell(str(place.police.pk), column),
            found.cell(str(place.home_affairs.pk), column),
        )
        assert police.hidden and police.score is None
        assert home.hidden and home.score is None, "total minus centre minus home affairs would be the police"
        assert not found.cell(str(place.centre.pk), column).hidden and not found.cell("", column).hidden
    _, questions = of_unit(campaign, place.home_affairs.pk)
    assert all(one.levels is None and one.told.hidden for one in questions)
    _, questions = of_unit(campaign, place.centre.pk)
    assert [one.levels for one in questions] == [(30, 0, 0, 10, 0), (0, 30, 10, 0, 0), (30, 0, 0, 0, 10)]


def test_groups_keep_the_same_silence(told: Any) -> None:
    _, campaign = told
    groups = by_group(campaign)
    assert groups.cell("nguoi-dan", "").score is not None and groups.cell("", "").n == 80
    assert groups.cell("-", "").hidden and groups.cell("to-chuc", "").hidden, "five gave no group"


def test_answers_cannot_be_changed_by_anybody(told: Any) -> None:
    for change in (
        lambda: SurveyAnswer.objects.update(group=""),
        lambda: SurveyAnswer.objects.all()._raw_delete("default"),
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
    _, campaign = told
    with pytest.raises(IntegrityError), transaction.atomic():
        type(campaign.version).objects.filter(pk=campaign.version_id).update(source="khác")


def test_results_are_public_only_once_closed_and_shown(told: Any, client: Any) -> None:
    _, campaign = told
    address = f"/khao-sat/{campaign.code}/ket-qua/"
    assert client.get(address).status_code == 404
    show_results(campaign.pk, by=SYSTEM, at=NOW)
    page = client.get(address)
    assert page.status_code == 200 and "Ẩn" in page.content.decode()
    running = a_campaign("dang-mo")
    with pytest.raises(Refused):
        show_results(running.pk, by=SYSTEM, at=NOW)
    assert client.get(f"/khao-sat/{running.code}/ket-qua/").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_nothing_ties_an_answer_to_a_dossier(frozen_clock: Any) -> None:
    """Twenty dossiers answer in an order of their own. Whoever reads all tables tries identifiers, days, the numbers of
    transactions and the order of rows on the disk."""
    place = a_place()
    for _ in range(20):
        place.received()
    campaign = a_campaign()
    tokens = invite(campaign, list(Dossier.objects.all()), by=SYSTEM, at=NOW)
    before = AuditEntry.objects.count()
    for number, token in enumerate(sorted(tokens.values())):
        levels = (1 + number % 5, 1 + number // 5, 3)
        answer(
            campaign.code, Door(LINK, token), Given(levels, texts={"B3": f"số {number}"}), by=STRANGER, at=NOW
        )
    assert AuditEntry.objects.count() == before, "the log would tell the second"
    assert stir(at=NOW) == 60
    columns = _columns("surveys_surveyanswer") | _columns("surveys_surveytext")
    assert not {one for one in columns if "dossier" in one or "invitation" in one or "link" in one}
    assert not {one for one, kind in columns.items() if kind.startswith("timestamp")}
    assert _columns("surveys_invitation").keys().isdisjoint({"day", "answered_at", "answered_on"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM surveys_invitation WHERE answered")
        invitations = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT DISTINCT xmin::text FROM surveys_surveyanswer")
        answers = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT levels FROM surveys_surveyanswer ORDER BY ctid")
        answers_on_disk = [tuple(row[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT DISTINCT xmin::text FROM surveys_surveytext")
        texts = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT dossier_id FROM surveys_invitation WHERE answered ORDER BY ctid")
        on_disk = [row[0] for row in cursor.fetchall()]
    assert invitations == texts == answers and len(answers) == 1, "all of them were written by the night"
    assert answers_on_disk != [(1 + number % 5, 1 + number // 5, 3) for number in range(20)]
    answered_in = [dossier for dossier, _ in sorted(tokens.items(), key=lambda pair: pair[1])]
    assert on_disk != answered_in, "the rows do not lie in the order in which they were answered"
    ids = [one.pk.int for one in SurveyAnswer.objects.all()]
    assert ids != sorted(ids) and {
        one.version for one in SurveyAnswer.objects.values_list("pk", flat=True)
    } == {4}
    assert Invitation.objects.filter(answered=True).count() == SurveyText.objects.count() == 20


@pytest.mark.django_db
def test_the_night_takes_links_that_were_sent_and_counts_that_are_over(frozen_clock: Any) -> None:
    place = a_place()
    place.received()
    campaign = a_campaign(kind="SAMPLED", opened=False)
    Invitation.objects.create(
        campaign=campaign, dossier=Dossier.objects.get(), unit=place.centre, place=1, state="ASKED"
    )
    type(campaign).objects.update(state="OPEN", drawn_at=NOW)
    campaign.refresh_from_db()
    invite_sample(campaign, {"sms"}, "https://motcua.example", by=SYSTEM, at=NOW)
    attempt("survey-from:abc", limit=9, window=3600, at=NOW)
    attempt("survey-form:abc", limit=9, window=86_400, at=NOW)
    stir(at=NOW)
    assert "/phieu/" in Notice.objects.get().text and SignInAttempt.objects.count() == 2
    Notice.objects.update(state="sent")
    stir(at=NOW.replace(day=21, hour=1))
    assert [one.key for one in SignInAttempt.objects.all()] == ["survey-form:abc"], "its day began at seven"
    stir(at=add_days(NOW, 2))
    assert Notice.objects.get().text == "(đã gửi)" and not SignInAttempt.objects.exists()


def _columns(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
        )
        return dict(cursor.fetchall())


def test_a_province_of_units_comes_in_pages_under_one_total(
    told: Any, visit: Any, make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, campaign = told
    monkeypatch.setattr("congvu.surveys.web.results.PAGE", 2)
    reader = visit(make_person("leader", place.home_affairs))
    first = reader.get(f"/dot-khao-sat/{campaign.code}/ket-qua/")
    page = first.context["page"]
    second = reader.get(f"/dot-khao-sat/{campaign.code}/ket-qua/", {"sau": page.next})
    names = [row["name"] for shown in (first, second) for row in shown.context["page"].rows]
    assert (len(page.rows), len(names), len(set(names))) == (2, 3, 3)
    assert second.context["page"].next == ""
    assert first.context["total"][0].told.n == second.context["total"][0].told.n == 80
    assert "cả <span" in second.content.decode()
