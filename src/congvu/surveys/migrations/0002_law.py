"""The numbers and the drafts of questionnaires a new installation begins with (surveys/rules/starter.py)."""

from datetime import datetime

from django.db import migrations

from congvu.foundation.clock import LEGAL_ZONE
from congvu.surveys.rules.questionnaires import parse, stored
from congvu.surveys.rules.starter import QUESTIONNAIRES, starter_rows

_DRAFTED = datetime(2026, 11, 21, 8, tzinfo=LEGAL_ZONE)


def load(apps, schema_editor):
    rule = apps.get_model("lawtable", "LawRule")
    known = set(rule.objects.values_list("code", flat=True))
    rule.objects.bulk_create(rule(**row) for row in starter_rows() if row["code"] not in known)
    paper = apps.get_model("surveys", "Questionnaire")
    version = apps.get_model("surveys", "QuestionnaireVersion")
    for code, name, text, source, evidence in QUESTIONNAIRES:
        made, new = paper.objects.get_or_create(code=code, defaults={"name": name})
        if new:
            version.objects.create(
                questionnaire=made, number=1, state="DRAFT", content=stored(parse(text)), source=source,
                evidence=evidence, drafted_at=_DRAFTED, drafted_by="Bản khởi đầu",
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial"), ("lawtable", "0003_starter_again")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
