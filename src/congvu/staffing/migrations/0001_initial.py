import django.db.models.deletion
from django.db import migrations, models

FREEZE = """
CREATE FUNCTION staffing_decision_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'ISSUED' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'Quyết định đã ban hành không sửa, không xóa được (số %). Hãy lập quyết định đính chính.',
        OLD.number USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION staffing_line_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    SELECT number INTO held FROM staffing_quotadecision
    WHERE state = 'ISSUED' AND id IN (
        CASE WHEN TG_OP = 'DELETE' THEN OLD.decision_id ELSE NEW.decision_id END,
        CASE WHEN TG_OP = 'INSERT' THEN NEW.decision_id ELSE OLD.decision_id END)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Dòng của quyết định đã ban hành không sửa được (số %). Hãy lập quyết định đính chính.',
            held USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER quotadecision_frozen BEFORE UPDATE OR DELETE ON staffing_quotadecision
    FOR EACH ROW EXECUTE FUNCTION staffing_decision_frozen();
CREATE TRIGGER quotaline_frozen BEFORE INSERT OR UPDATE OR DELETE ON staffing_quotaline
    FOR EACH ROW EXECUTE FUNCTION staffing_line_frozen();
"""

THAW = """
DROP FUNCTION staffing_line_frozen() CASCADE;
DROP FUNCTION staffing_decision_frozen() CASCADE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuotaDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=100)),
                ("signed_on", models.DateField(null=True)),
                ("issuer", models.CharField(blank=True, default="", max_length=200)),
                ("effective", models.DateField()),
                ("title", models.CharField(blank=True, default="", max_length=500)),
                (
                    "state",
                    models.CharField(choices=[("DRAFT", "Dự thảo"), ("ISSUED", "Đã ban hành")], max_length=8),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("drafted_at", models.DateTimeField()),
                ("drafted_by", models.CharField(max_length=200)),
                ("issued_at", models.DateTimeField(null=True)),
                ("issued_by", models.CharField(blank=True, default="", max_length=200)),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staffing.quotadecision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QuotaLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("GIAO", "Giao"),
                            ("BO_SUNG", "Bổ sung"),
                            ("THU_HOI", "Thu hồi"),
                            ("CAT_GIAM", "Cắt giảm"),
                            ("CHUYEN_DI", "Điều chuyển đi"),
                            ("CHUYEN_DEN", "Điều chuyển đến"),
                        ],
                        max_length=12,
                    ),
                ),
                ("pool", models.CharField(max_length=24)),
                ("delta", models.IntegerField()),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="staffing.quotadecision",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="quotadecision",
            index=models.Index(fields=["-effective", "-id"], name="quota_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="quotadecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="quota_has_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotadecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_at__isnull", False), ("signed_on__isnull", False), ("state", "ISSUED")),
                    models.Q(models.Q(("state", "ISSUED"), _negated=True), ("issued_at__isnull", True)),
                    _connector="OR",
                ),
                name="quota_issued_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotadecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ISSUED")),
                fields=("number", "signed_on"),
                name="quota_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotadecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ISSUED")), fields=("corrects",), name="quota_corrected_once"
            ),
        ),
        migrations.AddIndex(
            model_name="quotaline",
            index=models.Index(fields=["unit", "pool"], name="quotaline_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="quotaline",
            constraint=models.UniqueConstraint(fields=("decision", "place"), name="quotaline_place_once"),
        ),
        migrations.AddConstraint(
            model_name="quotaline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "pool__in",
                        (
                            "cong_chuc",
                            "vien_chuc_nsnn",
                            "vien_chuc_tu_bao_dam",
                            "hop_dong_111",
                            "cap_xa",
                            "hoi",
                        ),
                    )
                ),
                name="quotaline_known_pool",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotaline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delta__gt", 0), ("kind__in", ("GIAO", "BO_SUNG", "CHUYEN_DEN"))),
                    models.Q(("delta__lt", 0), ("kind__in", ("THU_HOI", "CAT_GIAM", "CHUYEN_DI"))),
                    _connector="OR",
                ),
                name="quotaline_sign_of_kind",
            ),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
