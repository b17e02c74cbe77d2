"""What happens to an envelope is told once, by the envelope's code, and what happens to one of its procedures by that one's."""

from typing import Any

import pytest

from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.models import Dossier, Envelope, EnvelopeMember
from congvu.dossiers.tests.make import Place, at
from congvu.dossiers.tests.make_group import a_group, an_envelope
from congvu.dossiers.tests.test_notices import place, tell  # noqa: F401 the fixture
from congvu.foundation.notices.models import Notice

pytestmark = pytest.mark.django_db


def opened(place: Place) -> Envelope:  # noqa: F811
    receive_envelope(an_envelope(place, a_group()), by=place.clerk, at=at("2026-11-20 08:00"))
    one = Envelope.objects.get()
    Dossier.objects.filter(pk__in=EnvelopeMember.objects.values("dossier")).update(
        owner_email="mau@example.com"
    )
    return one


def mails() -> list[Any]:
    return list(Notice.objects.filter(channel="email").order_by("id"))


def test_a_reception_is_told_once_by_the_code_and_day_of_the_whole(place: Place) -> None:  # noqa: F811
    one = opened(place)
    tell()
    (mail,) = mails()
    assert mail.subject == f"Hồ sơ {one.code} đã được tiếp nhận"
    assert "Khai sinh, thường trú, thẻ bảo hiểm y tế" in mail.text
    assert one.due_first is not None and f"{one.due_first:%d/%m/%Y}" in mail.text


def test_what_happens_to_several_at_once_is_told_once_to_one_alone_by_its_own_code(place: Place) -> None:  # noqa: F811
    one = opened(place)
    first = Dossier.objects.get()
    other = place.received(
        "2026-11-20 08:30"
    ).id  # beside it, of the same applicant: put into the envelope for the test
    Dossier.objects.filter(pk=other).update(owner_email="mau@example.com")
    EnvelopeMember.objects.filter(envelope=one, dossier=None).order_by(
        "position"
    ).first()  # waits for its turn
    EnvelopeMember.objects.filter(
        pk=EnvelopeMember.objects.filter(envelope=one, dossier=None).order_by("position").values("pk")[:1]
    ).update(dossier=other)
    hand_over([first.pk, other], by=place.clerk, at=at("2026-11-20 09:00")).only()
    tell("2026-11-20 09:30")
    before = len(mails())
    request_supplement(
        [first.pk, other], "Bản sao giấy chứng sinh", by=place.specialist, at=at("2026-11-20 10:00")
    )
    tell("2026-11-20 10:30")
    told = mails()[before:]
    assert [one.code in mail.text for mail in told] == [True], "one notice for both, by the code of the whole"
    resume([first.pk], by=place.clerk, at=at("2026-11-20 11:00")).only()
    late = at("2026-11-20 11:30")
    request_supplement(
        [first.pk], "Bản sao", second_reason="Bản trước mờ", by=place.specialist, at=late
    ).only()
    tell("2026-11-20 12:00")
    alone = mails()[before + 1 :]
    assert alone and all(first.code in mail.text and one.code not in mail.text for mail in alone)
