"""Papers with their scans, corrections by decision, hand-overs, notices of retirement, destruction; the law rows they ask for."""

import django.db.models.deletion
from django.db import migrations, models

from congvu.people.rules.starter import starter_rows

# A row of the file is superseded once; a paper may also lose its content, once, under a destruction. Nothing else.
PARTS_ARE_FINAL = """
CREATE FUNCTION people_part_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  emptied text[] := ARRAY['destruction_id', 'file_id', 'file_name', 'note'];
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL
     AND to_jsonb(NEW) - 'superseded_at' = to_jsonb(OLD) - 'superseded_at' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.kind = 'paper' AND OLD.destruction_id IS NULL AND NEW.destruction_id IS NOT NULL
     AND NEW.file_id IS NULL AND NEW.file_name = '' AND NEW.note = ''
     AND to_jsonb(NEW) - emptied = to_jsonb(OLD) - emptied THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Dòng % của hồ sơ nhân sự chỉ được thay bằng dòng mới, không được sửa hay xóa.', OLD.id
    USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER people_filepart_is_final ON people_filepart;
CREATE TRIGGER people_filepart_is_final BEFORE UPDATE OR DELETE ON people_filepart
  FOR EACH ROW EXECUTE FUNCTION people_part_is_final();
CREATE TRIGGER people_retirementnotice_is_final BEFORE UPDATE OR DELETE ON people_retirementnotice
  FOR EACH ROW EXECUTE FUNCTION people_row_is_final();
CREATE FUNCTION people_ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Dòng % của sổ hồ sơ nhân sự không được sửa hay xóa.', OLD.id USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION people_ledger_only_grows();\n"
    for table in ("people_correction", "people_filehandover", "people_destruction")
)
PARTS_AS_BEFORE = """
DROP TRIGGER people_correction_only_grows ON people_correction;
DROP TRIGGER people_filehandover_only_grows ON people_filehandover;
DROP TRIGGER people_destruction_only_grows ON people_destruction;
DROP TRIGGER people_retirementnotice_is_final ON people_retirementnotice;
DROP TRIGGER people_filepart_is_final ON people_filepart;
CREATE TRIGGER people_filepart_is_final BEFORE UPDATE OR DELETE ON people_filepart
  FOR EACH ROW EXECUTE FUNCTION people_row_is_final();
DROP FUNCTION people_part_is_final();
DROP FUNCTION people_ledger_only_grows();
"""


def load(apps, schema_editor):
    rule = apps.get_model("lawtable", "LawRule")
    known = set(rule.objects.values_list("code", flat=True))
    rule.objects.bulk_create(rule(**row) for row in starter_rows() if row["code"] not in known)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("people", "0002_law"),
        ("lawtable", "0002_starter"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileHandover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("nhan", "Nhận hồ sơ"),
                            ("giao", "Bàn giao hồ sơ"),
                            ("nop_luu", "Nộp lưu trữ"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("party", models.CharField(max_length=200)),
                ("giver", models.CharField(max_length=120)),
                ("taker", models.CharField(max_length=120)),
                ("number", models.CharField(blank=True, default="", max_length=100)),
                ("papers", models.SmallIntegerField()),
                ("sheets", models.IntegerField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="RetirementNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField()),
                ("number", models.CharField(max_length=100)),
                ("issued_on", models.DateField()),
                ("signer", models.CharField(blank=True, default="", max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("superseded_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="filepart",
            name="file_name",
            field=models.CharField(blank=True, default="", max_length=255),
        ),
        migrations.AddField(
            model_name="filepart",
            name="issuer",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="filepart",
            name="number",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="filepart",
            name="sensitive",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="filepart",
            name="sheets",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=4)),
                ("old_id", models.BigIntegerField()),
                ("new_id", models.BigIntegerField(null=True)),
                ("was", models.CharField(max_length=1000)),
                ("became", models.CharField(blank=True, default="", max_length=1000)),
                ("sensitive", models.BooleanField(default=False)),
                ("corrected", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=500)),
                ("decision_number", models.CharField(max_length=100)),
                ("decision_date", models.DateField(null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Destruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decision_number", models.CharField(max_length=100)),
                ("decision_date", models.DateField(null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=200)),
                ("citation", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision_number", ""), _negated=True),
                        name="destruction_has_decision",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="filepart",
            name="destruction",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="people.destruction",
            ),
        ),
        migrations.AddIndex(
            model_name="filepart",
            index=models.Index(
                condition=models.Q(
                    ("superseded_at__isnull", True), ("destruction__isnull", True), ("kind", "paper")
                ),
                fields=["code", "id"],
                name="paper_by_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="filepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("destruction__isnull", True), ("file__isnull", True), _connector="OR"),
                name="part_destroyed_has_no_file",
            ),
        ),
        migrations.AddField(
            model_name="filehandover",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="retirementnotice",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="people.person"
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["person", "recorded_at"], name="correction_by_person"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(fields=("line", "old_id"), name="correction_once_a_line"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision_number", ""), _negated=True),
                    models.Q(("corrected", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                ),
                name="correction_by_decision",
            ),
        ),
        migrations.AddIndex(
            model_name="filehandover",
            index=models.Index(fields=["person", "on"], name="handover_by_person"),
        ),
        migrations.AddConstraint(
            model_name="retirementnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("person",),
                name="notice_one_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="retirementnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="notice_has_number"
            ),
        ),
        migrations.RunSQL(PARTS_ARE_FINAL, PARTS_AS_BEFORE),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
