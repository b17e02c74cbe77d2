"""The applicant is told what happened: once, by the address on the dossier, in the words in force."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.actions.extend import extend
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Person, Received
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.write_notices import STALE_DAYS, write_notices
from congvu.dossiers.rules.notices import BY_SLUG, OCCASIONS, PLACES, SAMPLE, SMS, said
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.audit.chain import seal
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.notices.actions.change_template import Words, change_template
from congvu.foundation.notices.models import Channel, Notice, ReadMark
from congvu.foundation.notices.rules.filling import checked, places
from congvu.foundation.notices.rules.sms import length
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_days

BOTH = ("email", "sms")
MAU = Person("Nguyễn Thị Mẫu", "099190000123", "0900 000 123", "mau@example.com")


@pytest.fixture
def place(db: None) -> Place:
    from congvu.dossiers.tests.conftest import forget

    forget()
    return a_place()


def a_dossier(place: Place, owner: Person = MAU, when: str = "2026-11-20 14:30", **more: Any) -> Received:
    return receive([replace(place.intake(**more), owner=owner)], by=place.clerk, at=at(when))[0]


def tell(when: str = "2026-11-20 15:00", channels: Any = BOTH) -> int:
    seal(at=at(when))
    return write_notices(channels, "https://motcua.example", at=at(when))


def test_a_reception_is_told_by_mail_and_sms(place: Place) -> None:
    made = a_dossier(place)
    assert tell() == 1
    mail, sms = Notice.objects.order_by("channel")
    assert (mail.to, sms.to) == ("mau@example.com", "0900000123")
    assert mail.subject == f"Hồ sơ {made.code} đã được tiếp nhận"
    assert mail.text.startswith(
        f"Kính gửi Nguyễn Thị Mẫu,\n\nHồ sơ {made.code} (Đăng ký hoạt động chi nhánh của hội)"
    )
    assert f"https://motcua.example/tra-cuu/?ma={made.code}" in mail.text
    assert sms.text == (
        f"Ho so {made.code} da duoc tiep nhan. Hen tra ket qua: 30/11/2026,"
        " tai Trung tam Phuc vu hanh chinh cong tinh."
    )
    assert length(sms.text).parts == 1
    assert (mail.about_id, mail.about, mail.kind) == (made.id, made.code, "tiep-nhan")


def test_told_again_and_again_it_is_still_one(place: Place) -> None:
    a_dossier(place)
    assert (tell(), tell()) == (1, 0)
    ReadMark.objects.all().delete()  # as if the mark had been lost with a crash
    tell()
    assert Notice.objects.count() == 2


def test_what_is_not_sealed_yet_waits_for_the_seal(place: Place) -> None:
    a_dossier(place)
    assert write_notices(BOTH, "", at=at("2026-11-20 15:00")) == 0
    assert tell() == 1


def test_without_an_address_there_is_nobody_to_tell(place: Place) -> None:
    a_dossier(place, Person("Không Địa Chỉ"))
    a_dossier(place, Person("Máy Bàn", "", "0243 825 000", "khong-phai-thu"))
    tell()
    assert Notice.objects.count() == 0


def test_each_act_is_told_with_its_own_words(place: Place) -> None:
    pk = a_dossier(place).id
    hand_over([pk], by=place.clerk, at=at("2026-11-20 14:40")).only()
    extend(
        [pk], at("2026-12-03 08:00").date(), "Chờ văn bản của bộ", by=place.leader, at=at("2026-11-20 14:50")
    ).only()
    request_supplement([pk], "Bản sao Điều lệ", by=place.specialist, at=at("2026-11-20 14:55")).only()
    tell()
    mails = {one.kind: one.text for one in Notice.objects.filter(channel="email")}
    assert set(mails) == {"tiep-nhan", "xin-loi", "bo-sung"}, "handing over is the offices' own business"
    assert "Chúng tôi xin lỗi" in mails["xin-loi"] and "Ngày hẹn mới: 03/12/2026" in mails["xin-loi"]
    assert "Lý do: Chờ văn bản của bộ" in mails["xin-loi"]
    assert "Bản sao Điều lệ" in mails["bo-sung"]
    for sms in Notice.objects.filter(channel="sms"):
        assert "Dieu le" not in sms.text and "chi nhanh" not in sms.text and "Mau" not in sms.text


def test_no_officer_is_named(place: Place) -> None:
    pk = a_dossier(place).id
    hand_over([pk], "Chị Lan xem giúp", by=place.clerk, at=at("2026-11-20 14:40")).only()
    request_supplement([pk], "Bản sao", by=place.specialist, at=at("2026-11-20 14:55")).only()
    tell()
    told = " ".join(one.text for one in Notice.objects.all())
    for name in ("Trần Một Cửa", "Lê Chuyên Viên", "Chị Lan"):
        assert name not in told


def test_what_is_older_than_a_week_is_no_news(place: Place) -> None:
    a_dossier(place, when="2026-11-12 14:30")
    seal(at=at("2026-11-20 15:00"))
    late = add_days(at("2026-11-12 14:30"), STALE_DAYS + 1)
    assert write_notices(BOTH, "", at=late) == 0
    assert Notice.objects.count() == 0


def test_a_channel_without_a_gateway_gets_nothing_even_later(place: Place) -> None:
    a_dossier(place)
    tell(channels=())
    assert tell(channels=BOTH) == 0, "switching a gateway on does not tell the past"
    a_dossier(place)
    tell(channels=("sms",))
    assert [one.channel for one in Notice.objects.all()] == ["sms"]


def test_the_office_s_words_count_from_their_version_on(place: Place) -> None:
    known = BY_SLUG["tiep-nhan"].places(SMS)
    change_template(
        "tiep-nhan", Channel.SMS, Words("Đã nhận {ma_ho_so}"), known, by=SYSTEM, at=at("2026-11-20 08:00")
    )
    first = a_dossier(place)
    tell()
    sms = Notice.objects.get(channel="sms")
    assert (sms.text, sms.template_version) == (f"Đã nhận {first.code}", 1)
    change_template(
        "tiep-nhan", Channel.SMS, Words("", silent=True), known, by=SYSTEM, at=at("2026-11-20 09:00")
    )
    a_dossier(place)
    tell()
    assert Notice.objects.filter(channel="sms").count() == 1
    change_template("tiep-nhan", Channel.SMS, Words(""), known, by=SYSTEM, at=at("2026-11-20 10:00"))
    a_dossier(place)
    tell()
    assert Notice.objects.filter(channel="sms", text__startswith="Ho so").get().template_version == 3


def test_a_reason_has_no_place_in_an_sms(place: Place) -> None:
    with pytest.raises(Refused) as told:
        change_template(
            "bo-sung", Channel.SMS, Words("Bổ sung: {ly_do}"), BY_SLUG["bo-sung"].places(SMS), by=SYSTEM,
            at=at("2026-11-20 08:00"),
        )  # fmt: skip
    assert "{ly_do}" in told.value.what


def test_a_set_of_a_hundred_is_told_with_the_statements_of_one(place: Place) -> None:
    ids = [a_dossier(place).id for _ in range(30)]
    tell()
    hand_over(ids, by=place.clerk, at=at("2026-11-20 14:40"))
    request_supplement(ids, "Bản sao", by=place.specialist, at=at("2026-11-20 14:50"))
    seal(at=at("2026-11-20 15:00"))
    with CaptureQueriesContext(connection) as asked:
        assert write_notices(BOTH, "", at=at("2026-11-20 15:00")) == 30
    assert len(asked) <= 16, [one["sql"][:80] for one in asked]


@pytest.mark.parametrize("slug", BY_SLUG)
@pytest.mark.parametrize("channel", BOTH)
def test_the_programme_s_own_words_name_only_places_there_are(slug: str, channel: str) -> None:
    occasion = BY_SLUG[slug]
    words = occasion.words(channel)
    assert set(occasion.places(channel)) <= set(PLACES) == set(SAMPLE)
    checked(words.text, occasion.places(channel), where="text")
    checked(words.subject, occasion.places(channel), where="subject")
    _, text = said(words, SAMPLE)
    if channel == SMS:
        assert length(text).parts == 1, (length(text).used, text)


def test_every_occasion_cites_what_it_follows() -> None:
    assert all(one.citation and one.evidence in ("TXT", "SEC", "IMPL") for one in OCCASIONS)
    verbs = [verb for one in OCCASIONS for verb in one.verbs]
    assert len(verbs) == len(set(verbs))
    assert places(BY_SLUG["da-gui-buu-chinh"].sms)


@pytest.mark.parametrize(
    ("told_by", "channels"), [(0, []), (1, ["email"]), (2, ["sms"]), (3, ["email", "sms"])]
)
def test_the_way_the_applicant_chose_is_kept_to(place: Place, told_by: int, channels: list[str]) -> None:
    a_dossier(place, told_by=told_by)
    tell()
    assert [one.channel for one in Notice.objects.order_by("channel")] == channels
