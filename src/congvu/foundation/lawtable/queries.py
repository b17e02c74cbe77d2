"""Reading law tables."""

from datetime import date

from django.db.models import Q

from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.refusal import Refused


def rule_at(code: str, day: date) -> LawRule:
    """The row of `code` in force on `day`. Refuses when there is none: no default stands in for a law. 1 statement."""
    in_force = LawRule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), code=code, valid_from__lte=day
    )
    found = in_force.first()
    if found is None:
        raise Refused(
            f"Chưa có quy định «{code}» cho ngày {day:%d/%m/%Y}.",
            where=code,
            do="Quản trị viên cần nạp bảng quy định (congvu migrate nạp bản khởi đầu).",
        )
    return found


def rules_at(day: date) -> list[LawRule]:
    """Every row in force on `day`, by code. 1 statement."""
    return list(
        LawRule.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day).order_by(
            "code"
        )
    )


def history(code: str) -> list[LawRule]:
    """Every row of `code`, the newest first. 1 statement."""
    return list(LawRule.objects.filter(code=code).order_by("-valid_from"))
