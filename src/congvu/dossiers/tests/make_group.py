"""A group of three procedures for tests: the second and third wait for the first, whose result is a paper of theirs."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from congvu.dossiers.actions.envelope_rows import EnvelopeIntake
from congvu.dossiers.actions.intake import PaperIn, Person
from congvu.dossiers.tests.make import Place, a_version, at
from congvu.foundation.identity.actor import SYSTEM
from congvu.procedures.actions.publish_group import publish_group
from congvu.procedures.models import ProcedureGroup
from congvu.procedures.queries.groups import contents_of, group_of
from congvu.procedures.rules.groups import GroupContent, MemberLine, PaperUse

BIRTH, HOME, CARD = "2.000001", "2.000002", "2.000003"


def a_group(*, chain: bool = False, terms: tuple[int, int, int] = (1, 3, 2)) -> ProcedureGroup:
    """Birth registration, then residence and insurance card at once (`chain`: one after the other)."""
    group_of.cache_clear()
    contents_of.cache_clear()
    a_version(BIRTH, name="Đăng ký khai sinh", term=(terms[0], "NGAY_LAM_VIEC"),
              papers=(("Tờ khai", True), ("Giấy chứng sinh", True)))  # fmt: skip
    for code, name, days in (
        (HOME, "Đăng ký thường trú", terms[1]),
        (CARD, "Cấp thẻ bảo hiểm y tế", terms[2]),
    ):
        a_version(
            code,
            name=name,
            term=(days, "NGAY_LAM_VIEC"),
            papers=(("Tờ khai", True), ("Giấy khai sinh", True)),
        )
    waiting = (PaperUse("g1", share="to-khai"), PaperUse("g2", result_of=1))
    return publish_group(a_content(waiting, chain), date(2026, 1, 1), by=SYSTEM, at=at("2026-01-01 08:00"))


def a_content(waiting: tuple[PaperUse, ...], chain: bool = False) -> GroupContent:
    return GroupContent(
        "LT.01", "Khai sinh, thường trú, thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi",
        (
            MemberLine(BIRTH, papers=(PaperUse("g1", share="to-khai"),)),
            MemberLine(HOME, (1,), papers=waiting),
            MemberLine(CARD, (2,) if chain else (1,), papers=waiting),
        ),
        "Nghị định 63/2024/NĐ-CP", "MEM", "12/QĐ-UBND", "Chủ tịch UBND tỉnh", date(2025, 12, 20),
    )  # fmt: skip


def an_envelope(
    place: Place,
    group: ProcedureGroup,
    *,
    key: UUID | None = None,
    deciders: Mapping[int, int] | None = None,
    account: int | None = None,
) -> EnvelopeIntake:
    form = PaperIn("Tờ khai", None, 1, originals=1)
    home = place.home_affairs.pk
    return EnvelopeIntake(
        key or uuid4(), group.pk, 1, place.centre.pk, Person("Nguyễn Thị Mẫu", "099190000123", "0900000123"),
        deciders if deciders is not None else {1: home, 2: home, 3: home},
        {1: (form, PaperIn("Giấy chứng sinh", None, 2, originals=1)), 2: (form,), 3: (form,)}, owner_account_id=account,
    )  # fmt: skip
