"""The one number of the reporting rules that statistics need, as a row of the law table (no tables of our own)."""

from datetime import date

from django.db import migrations

CODE = "reporting.first_day"


def load(apps, schema_editor):
    apps.get_model("lawtable", "LawRule").objects.get_or_create(
        code=CODE,
        valid_from=date(2019, 1, 1),
        defaults={
            "name": "Ngày đầu của kỳ báo cáo quý, 6 tháng, 9 tháng, năm (trong tháng liền trước)",
            "value": 15,
            "citation": "NĐ 09/2019/NĐ-CP, Điều 12",
            "evidence": "MEM",
            "note": "Ghi theo trí nhớ, chưa đối chiếu văn bản: quý từ 15 tháng trước đến 14 tháng cuối quý; năm từ 15/12 đến 14/12.",
        },
    )


def unload(apps, schema_editor):
    apps.get_model("lawtable", "LawRule").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("lawtable", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
