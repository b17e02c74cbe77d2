"""Groups of procedures; what is published of them is frozen by triggers."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

FREEZE = """
CREATE FUNCTION procedures_group_frozen() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    one jsonb := CASE TG_OP WHEN 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END;
    held text;
BEGIN
    IF TG_ARGV[0] = 'group' THEN
        SELECT state INTO held FROM procedures_proceduregroup WHERE id = (one->>'group_id')::bigint;
    ELSE
        SELECT g.state INTO held FROM procedures_groupmember m
        JOIN procedures_proceduregroup g ON g.id = m.group_id WHERE m.id = (one->>'member_id')::bigint;
    END IF;
    IF held = 'PUBLISHED' THEN
        RAISE EXCEPTION 'Nhóm đã công bố không sửa được phần bên trong (%). Hãy công bố bản mới.',
            TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER proceduregroup_frozen BEFORE UPDATE OR DELETE ON procedures_proceduregroup
    FOR EACH ROW EXECUTE FUNCTION procedures_version_frozen();
CREATE TRIGGER groupmember_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_groupmember
    FOR EACH ROW EXECUTE FUNCTION procedures_group_frozen('group');
CREATE TRIGGER grouppaper_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_grouppaper
    FOR EACH ROW EXECUTE FUNCTION procedures_group_frozen('member');
"""

THAW = """
DROP TRIGGER proceduregroup_frozen ON procedures_proceduregroup;
DROP FUNCTION procedures_group_frozen() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        ("procedures", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProcedureGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("number", models.IntegerField(default=1)),
                ("name", models.TextField()),
                ("name_folded", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("DRAFT", "Bản thảo"), ("LOADING", "Đang ghi"), ("PUBLISHED", "Đã công bố")],
                        default="LOADING",
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("published_at", models.DateTimeField()),
                ("decision_number", models.CharField(max_length=120)),
                ("decision_issuer", models.CharField(max_length=200)),
                ("decided_on", models.DateField()),
                ("basis", models.CharField(max_length=300)),
                ("evidence", models.CharField(max_length=16)),
                ("note", models.TextField(blank=True, default="")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "number"), name="group_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "PUBLISHED"), ("valid_to__isnull", True)),
                        fields=("code",),
                        name="group_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="group_period_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.SmallIntegerField()),
                (
                    "after",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="procedures.proceduregroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paper_key", models.CharField(max_length=80)),
                ("share", models.CharField(blank=True, default="", max_length=80)),
                ("result_of", models.SmallIntegerField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="procedures.groupmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "paper_key"), name="group_paper_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result_of__isnull", False), ("share", "")),
                            models.Q(models.Q(("share", ""), _negated=True), ("result_of__isnull", True)),
                            _connector="OR",
                        ),
                        name="group_paper_one_way",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                fields=("group", "position"), name="group_member_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(fields=("group", "procedure"), name="group_member_once"),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
