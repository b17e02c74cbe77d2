"""Phiếu hỏi: drafted, published, from then on frozen; a change is a new version."""

from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.models import Evidence
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.surveys.access import refuse_unless_keeper
from congvu.surveys.models import Questionnaire, QuestionnaireVersion
from congvu.surveys.rules.questionnaires import parse, stored
from congvu.surveys.rules.words import DRAFT, PUBLISHED


@transaction.atomic
def draft_questionnaire(
    code: str,
    name: str,
    text: str,
    *,
    source: str,
    evidence: str,
    new: bool = False,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> QuestionnaireVersion:
    """Write the draft of a questionnaire: the open one, or the next version; a new questionnaire where the code is new.
    4-6 statements. Refuses lines that say nothing, no source, with `new` a code there is, and a draft that is not the one its
    writer saw: `seen` is its `drafted_at` (ISO), "" when there was none, None from whoever saw nothing. The name of a
    questionnaire changes until a version is published."""
    refuse_unless_keeper(by)
    content = stored(parse(text))
    if not source.strip():
        raise Refused(
            "Chưa ghi căn cứ của phiếu.", where="source", do="Ghi số văn bản, hoặc «theo thông lệ»."
        )
    if evidence not in Evidence.values:
        raise Refused("Mức tin cậy không có trong danh mục.", where="evidence")
    if not composed(name):
        raise Refused("Chưa đặt tên phiếu.", where="name", do="Ví dụ: Phiếu hài lòng tại quầy.")
    title = composed(name)[:200]
    paper, made = Questionnaire.objects.select_for_update().get_or_create(code=code, defaults={"name": title})
    if new and not made:
        raise Refused(
            f"Đã có phiếu mang mã «{code}».", where="code", do="Đặt mã khác, hoặc mở phiếu ấy rồi soạn tiếp."
        )
    newest = paper.versions.order_by("-number").first()
    open_one = newest.drafted_at.isoformat() if newest is not None and newest.state == DRAFT else ""
    if seen is not None and seen != open_one:
        raise Refused(
            "Đã có bản thảo khác, hoặc bản thảo đã đổi từ khi mở trang này.",
            do="Chép phần vừa soạn, mở lại bản thảo mới nhất rồi ghi tiếp.",
        )
    if paper.name != title and not paper.versions.filter(state=PUBLISHED).exists():
        paper.name = title
        paper.save(update_fields=["name"])
    if newest is not None and newest.state == DRAFT:
        newest.content, newest.source, newest.evidence = content, composed(source)[:300], evidence
        newest.drafted_at, newest.drafted_by = at, by.name
        newest.save()
    else:
        newest = QuestionnaireVersion.objects.create(
            questionnaire=paper, number=newest.number + 1 if newest else 1, state=DRAFT, content=content,
            source=composed(source)[:300], evidence=evidence, drafted_at=at, drafted_by=by.name,
        )  # fmt: skip
    record(
        "draft_questionnaire", "questionnaire", newest.pk, by=by, at=at,
        after={"code": code, "number": newest.number, "questions": len(content["questions"])},
    )  # fmt: skip
    return newest


@transaction.atomic
def publish_questionnaire(version_id: int, *, by: Actor, at: datetime) -> QuestionnaireVersion:
    """Freeze a draft: from now on it may be asked. Published twice it stays as it is. 3 statements."""
    refuse_unless_keeper(by)
    found = QuestionnaireVersion.objects.select_for_update().get(pk=version_id)
    if found.state == PUBLISHED:
        return found
    found.state, found.published_at, found.published_by = PUBLISHED, at, by.name
    found.save(update_fields=["state", "published_at", "published_by"])
    record("publish_questionnaire", "questionnaire", found.pk, by=by, at=at)
    return found
