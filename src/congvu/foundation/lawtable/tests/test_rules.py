"""Rules of the law are dated, cited and never edited in place."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from congvu.foundation import clock
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.lawtable.actions import change_rule, value_from_text
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rule_at, rules_at
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db


def change(value: object = "extend_elapsed", **more: object) -> LawRule:
    given = {
        "valid_from": date(2027, 1, 1),
        "citation": "QĐ 5/QĐ-UBND",
        "evidence": "TXT",
        "by": SYSTEM,
        "at": clock.now(),
    }
    return change_rule("dossier.pause_policy", value, **{**given, **more})  # type: ignore[arg-type]


def test_a_new_installation_knows_its_rules_and_their_articles() -> None:
    rule = rule_at("dossier.pause_policy", date(2026, 11, 20))
    assert (rule.value, rule.citation, rule.evidence) == (
        "restart",
        "Nghị định 61/2018/NĐ-CP, Điều 19.4",
        "TXT",
    )
    assert all(rule.citation for rule in rules_at(date(2026, 11, 20)))


def test_a_change_follows_and_the_past_keeps_its_value() -> None:
    change()
    assert rule_at("dossier.pause_policy", date(2026, 12, 31)).value == "restart"
    assert rule_at("dossier.pause_policy", date(2027, 1, 1)).value == "extend_elapsed"
    assert AuditEntry.objects.get(verb="change_rule").before == {"value": "restart"}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"value": "nonsense"}, "không dùng được"),
        ({"citation": " "}, "căn cứ"),
        ({"valid_from": date(2018, 6, 21)}, "phải sau"),
        ({"evidence": "?"}, "Mức tin cậy"),
        ({"by": Actor(1, "x")}, "quản trị"),
    ],
)
def test_a_wrong_change_is_refused_in_words(more: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        change(**more)


def test_no_default_stands_in_for_a_missing_law() -> None:
    with pytest.raises(Refused, match="Chưa có quy định"):
        rule_at("dossier.pause_policy", date(2000, 1, 1))


def test_two_values_on_one_day_cannot_be_stored() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LawRule.objects.create(
            code="dossier.pause_policy",
            name="x",
            value="x",
            valid_from=date(2020, 1, 1),
            citation="x",
            evidence="MEM",
        )


def test_what_is_typed_keeps_the_kind_of_value() -> None:
    assert (value_from_text(" 4 ", 3), value_from_text("restart", "x")) == (4, "restart")
    with pytest.raises(Refused):
        value_from_text("bốn", 3)
