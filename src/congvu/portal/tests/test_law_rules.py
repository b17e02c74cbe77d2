"""The page of rules: what is in force, by which article, and how it changes."""

import pytest

from congvu.foundation.lawtable.models import LawRule

pytestmark = pytest.mark.django_db
NEW = {
    "value": "extend_elapsed", "valid_from": "01/01/2027", "citation": "QĐ 5/QĐ-UBND", "evidence": "TXT", "note": "",
}  # fmt: skip


def test_rules_show_their_article_and_the_amber_badge(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    page = visit(actors.specialist).get("/quy-dinh/").content.decode()
    assert "Điều 19.4" in page
    assert "chưa đối chiếu" in page


def test_an_administrator_adds_the_row_that_follows(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    client = visit(actors.admin)
    assert client.post("/quy-dinh/dossier.pause_policy/", {**NEW, "value": "khác"}).status_code == 422
    assert client.post("/quy-dinh/dossier.pause_policy/", NEW).status_code == 302
    assert LawRule.objects.filter(code="dossier.pause_policy").count() == 2


def test_others_may_only_read(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    client = visit(actors.leader)
    assert client.get("/quy-dinh/dossier.pause_policy/").status_code == 200
    assert client.post("/quy-dinh/dossier.pause_policy/", NEW).status_code == 422
    assert LawRule.objects.filter(code="dossier.pause_policy").count() == 1


def test_an_unknown_rule_is_refused_in_words(visit, actors, frozen_clock) -> None:  # type: ignore[no-untyped-def]
    assert "Không có quy định" in visit(actors.clerk).get("/quy-dinh/khong.co/").content.decode()
