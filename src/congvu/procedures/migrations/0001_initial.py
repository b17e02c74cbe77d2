"""The catalogue's tables, and the triggers that freeze what is published (children included)."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import congvu.procedures.models.catalogue

FREEZE = """
CREATE FUNCTION procedures_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'PUBLISHED' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'valid_to' = to_jsonb(OLD) - 'valid_to'
       AND (OLD.valid_to IS NULL OR NEW.valid_to <= OLD.valid_to) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Bản đã công bố không sửa, không xóa được (%, số %). Hãy lập bản mới rồi công bố.',
        TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
END $$;

-- A plan made while the tables are empty is kept for the session: it must not read whole tables for each row written.
CREATE FUNCTION procedures_child_frozen() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    rows jsonb[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[to_jsonb(NEW)] WHEN 'DELETE' THEN ARRAY[to_jsonb(OLD)]
                    ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)] END;
    one jsonb;
    held text;
BEGIN
    FOREACH one IN ARRAY rows LOOP
        IF TG_ARGV[0] = 'version' THEN
            SELECT state INTO held FROM procedures_procedureversion WHERE id = (one->>'version_id')::bigint;
        ELSIF TG_ARGV[0] = 'case' THEN
            SELECT v.state INTO held FROM procedures_procedurecase c
            JOIN procedures_procedureversion v ON v.id = c.version_id WHERE c.id = (one->>'case_id')::bigint;
        ELSIF TG_ARGV[0] = 'channel' THEN
            SELECT v.state INTO held FROM procedures_casechannel h
            JOIN procedures_procedurecase c ON c.id = h.case_id
            JOIN procedures_procedureversion v ON v.id = c.version_id WHERE h.id = (one->>'channel_id')::bigint;
        ELSIF TG_ARGV[0] = 'process' THEN
            SELECT state INTO held FROM procedures_processversion WHERE id = (one->>'process_version_id')::bigint;
        ELSE
            SELECT p.state INTO held FROM procedures_processstep s
            JOIN procedures_processversion p ON p.id = s.process_version_id
            WHERE s.id = (one->>'from_step_id')::bigint;
        END IF;
        IF held = 'PUBLISHED' THEN
            RAISE EXCEPTION 'Bản đã công bố không sửa được phần bên trong (%). Hãy lập bản mới rồi công bố.',
                TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER procedureversion_frozen BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_version_frozen();
CREATE TRIGGER processversion_frozen BEFORE UPDATE OR DELETE ON procedures_processversion
    FOR EACH ROW EXECUTE FUNCTION procedures_version_frozen();
CREATE TRIGGER procedurecase_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_procedurecase
    FOR EACH ROW EXECUTE FUNCTION procedures_child_frozen('version');
CREATE TRIGGER versionresult_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_versionresult
    FOR EACH ROW EXECUTE FUNCTION procedures_child_frozen('version');
CREATE TRIGGER legalbasis_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_legalbasis
    FOR EACH ROW EXECUTE FUNCTION procedures_child_frozen('version');
CREATE TRIGGER casechannel_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_casechannel
    FOR EACH ROW EXECUTE FUNCTION procedures_child_frozen('case');
CREATE TRIGGER casepaper_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_casepaper
    FOR EACH ROW EXECUTE FUNCTION procedures_child_frozen('case');
CREATE TRIGGER casefee_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_casefee
    FOR EACH ROW EXECUTE FUNCTION procedures_child_frozen('channel');
CREATE TRIGGER processstep_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_processstep
    FOR EACH ROW EXECUTE FUNCTION procedures_child_frozen('process');
CREATE TRIGGER steplink_frozen BEFORE INSERT OR UPDATE OR DELETE ON procedures_steplink
    FOR EACH ROW EXECUTE FUNCTION procedures_child_frozen('step');
"""

THAW = """
DROP FUNCTION procedures_version_frozen() CASCADE;
DROP FUNCTION procedures_child_frozen() CASCADE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Field",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=120, unique=True)),
                ("name", models.CharField(max_length=300)),
                ("name_folded", models.CharField(max_length=300, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("procedures", "Thủ tục"), ("workflows", "Quy trình")], max_length=16
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_account", models.BigIntegerField(null=True)),
                ("files", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="ProcedureCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stable_key", models.CharField(max_length=80)),
                ("name", models.TextField()),
                ("order", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.TextField()),
                ("name_folded", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TTHC", "Thủ tục hành chính"),
                            ("NOI_BO", "Thủ tục nội bộ"),
                            ("DAC_THU", "Thủ tục đặc thù của địa phương"),
                            ("LIEN_THONG", "Nhóm thủ tục liên thông"),
                            ("LICH_SU", "Thủ tục của hồ sơ lịch sử"),
                        ],
                        default="TTHC",
                        max_length=16,
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("CHAP_THUAN", "Chấp thuận"),
                            ("CAP_PHEP", "Cấp phép"),
                            ("CONG_NHAN", "Công nhận"),
                            ("DANG_KY", "Đăng ký"),
                            ("THONG_BAO", "Thông báo"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Bản thảo"),
                            ("PUBLIC", "Đang công khai"),
                            ("EXPIRED", "Hết hiệu lực"),
                            ("REPLACED", "Bị thay thế"),
                            ("ABOLISHED", "Bãi bỏ"),
                        ],
                        default="DRAFT",
                        max_length=16,
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "name_folded", config="simple"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="procedures.field"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CasePaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stable_key", models.CharField(max_length=80)),
                ("order", models.IntegerField(default=1)),
                ("group_name", models.TextField(blank=True, default="")),
                ("name", models.TextField()),
                ("originals", models.IntegerField(default=0)),
                ("copies", models.IntegerField(default=0)),
                ("required", models.BooleanField(default=True)),
                ("form_code", models.CharField(blank=True, default="", max_length=500)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="procedures.procedurecase",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseChannel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.SmallIntegerField(
                        choices=[(1, "Trực tiếp"), (2, "Trực tuyến"), (3, "Bưu chính công ích")]
                    ),
                ),
                ("term_n", models.IntegerField(null=True)),
                (
                    "term_unit",
                    models.CharField(
                        choices=[
                            ("GIO_LAM_VIEC", "giờ làm việc"),
                            ("GIO", "giờ (liên tục)"),
                            ("NGAY_LAM_VIEC", "ngày làm việc"),
                            ("NGAY", "ngày"),
                            ("TUAN", "tuần"),
                            ("THANG", "tháng"),
                            ("NAM", "năm"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                ("term_text", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="procedures.procedurecase",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("DRAFT", "Bản thảo"), ("LOADING", "Đang ghi"), ("PUBLISHED", "Đã công bố")],
                        default="DRAFT",
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("name", models.TextField()),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("TRUNG_UONG", "Cấp bộ"),
                                ("TINH", "Cấp tỉnh"),
                                ("HUYEN", "Cấp huyện (đến 30/6/2025)"),
                                ("XA", "Cấp xã"),
                            ],
                            max_length=12,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "level_of_service",
                    models.CharField(
                        choices=[
                            ("TOAN_TRINH", "Trực tuyến toàn trình"),
                            ("MOT_PHAN", "Trực tuyến một phần"),
                            ("CUNG_CAP_THONG_TIN", "Cung cấp thông tin"),
                            ("CHUA_RO", "Chưa rõ"),
                        ],
                        db_default="CHUA_RO",
                        default="CHUA_RO",
                        max_length=20,
                    ),
                ),
                ("authority_text", models.TextField(blank=True, default="")),
                ("handler_text", models.TextField(blank=True, default="")),
                ("cooperating_text", models.TextField(blank=True, default="")),
                ("place_text", models.TextField(blank=True, default="")),
                ("sequence_text", models.TextField(blank=True, default="")),
                ("conditions_text", models.TextField(blank=True, default="")),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("decision_text", models.CharField(blank=True, default="", max_length=200)),
                ("source_url", models.CharField(blank=True, default="", max_length=500)),
                ("original", models.JSONField(null=True)),
                ("source_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("content_sha256", models.CharField(blank=True, default="", max_length=64)),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="procedures.procedure",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="procedurecase",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="cases",
                to="procedures.procedureversion",
            ),
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.IntegerField(default=1)),
                ("number", models.CharField(blank=True, default="", max_length=120)),
                ("title", models.TextField(blank=True, default="")),
                ("issued_on", models.DateField(null=True)),
                ("by", models.CharField(blank=True, default="", max_length=200)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bases",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProcessVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("name", models.TextField()),
                ("number", models.IntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("DRAFT", "Bản thảo"), ("LOADING", "Đang ghi"), ("PUBLISHED", "Đã công bố")],
                        default="DRAFT",
                        max_length=12,
                    ),
                ),
                (
                    "archetype",
                    models.CharField(
                        choices=[
                            ("APPROVAL", "Giải quyết: cơ quan nhà nước có thời hạn"),
                            ("NOTIFICATION", "Thông báo: người nộp có thời hạn"),
                        ],
                        default="APPROVAL",
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("total_hours", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ("fee_text", models.CharField(blank=True, default="", max_length=200)),
                ("source", models.CharField(blank=True, default="", max_length=300)),
                ("original", models.TextField(blank=True, default="")),
                ("source_sha256", models.CharField(blank=True, default="", max_length=64)),
                (
                    "procedure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="processes",
                        to="procedures.procedure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProcessStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stable_key", models.CharField(max_length=80)),
                ("position", models.IntegerField()),
                ("name", models.CharField(max_length=300)),
                ("duty", models.TextField(blank=True, default="")),
                (
                    "agency_kind",
                    models.CharField(
                        choices=[
                            ("RECEIVER", "Nơi tiếp nhận"),
                            ("COMPETENT", "Cơ quan có thẩm quyền"),
                            ("FIXED", "Đơn vị cố định"),
                            ("CHOSEN", "Chọn ở bước trước"),
                        ],
                        max_length=12,
                    ),
                ),
                ("agency_text", models.CharField(blank=True, default="", max_length=300)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("RECEIVE", "Tiếp nhận"),
                            ("LEAD", "Chủ trì"),
                            ("COOPERATE", "Phối hợp"),
                            ("SIGN", "Ký duyệt"),
                            ("FEE", "Thu phí"),
                            ("RETURN", "Trả kết quả"),
                        ],
                        max_length=12,
                    ),
                ),
                ("term_n", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                (
                    "term_unit",
                    models.CharField(
                        choices=[
                            ("GIO_LAM_VIEC", "giờ làm việc"),
                            ("GIO", "giờ (liên tục)"),
                            ("NGAY_LAM_VIEC", "ngày làm việc"),
                            ("NGAY", "ngày"),
                            ("TUAN", "tuần"),
                            ("THANG", "tháng"),
                            ("NAM", "năm"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                ("officer_role", models.CharField(blank=True, default="", max_length=60)),
                ("starts", models.BooleanField(default=False)),
                (
                    "join",
                    models.CharField(
                        choices=[("ALL", "Chờ tất cả"), ("ANY", "Chờ bước đến trước")],
                        default="ALL",
                        max_length=3,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TASK", "Công việc"),
                            ("OPINION", "Xin ý kiến"),
                            ("SUB_DOSSIER", "Hồ sơ con của thủ tục khác"),
                        ],
                        default="TASK",
                        max_length=12,
                    ),
                ),
                (
                    "sub_procedure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedure",
                    ),
                ),
                ("tasks", models.JSONField(default=list)),
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
                    "process_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="procedures.processversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Doubt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("row_ref", models.CharField(max_length=300)),
                ("field", models.CharField(max_length=60)),
                ("original", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("proposal", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "Chưa xử lý"),
                            ("ACCEPTED", "Đã chấp nhận đề xuất"),
                            ("CORRECTED", "Đã sửa"),
                            ("DISMISSED", "Giữ nguyên, có lý do"),
                        ],
                        default="OPEN",
                        max_length=12,
                    ),
                ),
                ("resolution", models.JSONField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("resolved_by", models.BigIntegerField(null=True)),
                ("resolved_name", models.CharField(blank=True, default="", max_length=200)),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubts",
                        to="procedures.importbatch",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubts",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubts",
                        to="procedures.processversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublicationDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("issuer", models.CharField(blank=True, default="", max_length=200)),
                ("issued_on", models.DateField(null=True)),
                ("effective_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "issued_on"), name="decision_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("MOI", "Ban hành mới"),
                            ("SUA_DOI_BO_SUNG", "Sửa đổi, bổ sung"),
                            ("THAY_THE", "Thay thế"),
                            ("BAI_BO", "Bãi bỏ"),
                            ("CONG_BO", "Công bố (nguồn không nêu hành động)"),
                        ],
                        max_length=16,
                    ),
                ),
                ("changed_part", models.TextField(blank=True, default="")),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_items",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_items",
                        to="procedures.procedureversion",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="procedures.publicationdecision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RejectedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_ref", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("why", models.TextField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rejected",
                        to="procedures.importbatch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StepLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_step",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_out",
                        to="procedures.processstep",
                    ),
                ),
                ("branch", models.SmallIntegerField(default=0)),
                ("conditions", models.JSONField(default=list)),
                ("back", models.BooleanField(default=False)),
                ("max_rounds", models.SmallIntegerField(null=True)),
                (
                    "to_step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_in",
                        to="procedures.processstep",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VersionResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stable_key", models.CharField(max_length=80)),
                ("order", models.IntegerField(default=1)),
                ("code", models.CharField(blank=True, default="", max_length=60)),
                ("name", models.TextField()),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseFee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.IntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[("PHI", "Phí"), ("LE_PHI", "Lệ phí"), ("CHUNG", "Phí, lệ phí")],
                        default="CHUNG",
                        max_length=8,
                    ),
                ),
                ("amount", models.BigIntegerField(null=True)),
                ("per_text", models.CharField(blank=True, default="", max_length=200)),
                ("text", models.TextField(blank=True, default="")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fees",
                        to="procedures.casechannel",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="fee_not_negative",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="procedure",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="procedure_search"),
        ),
        migrations.AddIndex(
            model_name="procedure",
            index=models.Index(
                fields=["code"], name="procedure_code_prefix", opclasses=("text_pattern_ops",)
            ),
        ),
        migrations.AddIndex(
            model_name="procedure",
            index=models.Index(fields=["name_folded", "id"], name="procedure_by_name"),
        ),
        migrations.AddIndex(
            model_name="procedure",
            index=models.Index(fields=["field", "name_folded", "id"], name="procedure_by_field"),
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.UniqueConstraint(fields=("case", "stable_key"), name="paper_key_once"),
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("copies__gte", 0), ("originals__gte", 0)), name="paper_count_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="casechannel",
            constraint=models.UniqueConstraint(fields=("case", "channel"), name="channel_once"),
        ),
        migrations.AddConstraint(
            model_name="casechannel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("term_n__isnull", True), ("term_unit__isnull", True)),
                    models.Q(("term_n__gt", 0), ("term_unit__isnull", False)),
                    _connector="OR",
                ),
                name="channel_term_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(fields=("procedure", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "DRAFT")), fields=("procedure",), name="version_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "PUBLISHED"), _negated=True),
                    models.Q(("published_at__isnull", False), ("valid_from__isnull", False)),
                    _connector="OR",
                ),
                name="version_published_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="version_period_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "PUBLISHED")),
                expressions=[
                    ("procedure", "="),
                    (
                        congvu.procedures.models.catalogue.DateRange(
                            "valid_from",
                            "valid_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(True, False),
                        ),
                        "&&",
                    ),
                ],
                name="version_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedurecase",
            constraint=models.UniqueConstraint(fields=("version", "stable_key"), name="case_key_once"),
        ),
        migrations.AddConstraint(
            model_name="processversion",
            constraint=models.UniqueConstraint(fields=("code", "number"), name="process_number_once"),
        ),
        migrations.AddConstraint(
            model_name="processversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("procedure__isnull", False), ("state", "PUBLISHED"), ("valid_to__isnull", True)
                ),
                fields=("procedure",),
                name="process_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="processversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="process_period_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="processstep",
            constraint=models.UniqueConstraint(
                fields=("process_version", "stable_key"), name="step_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="processstep",
            constraint=models.UniqueConstraint(
                fields=("process_version", "position"), name="step_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="processstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("term_n__isnull", True), ("term_n__gte", 0), _connector="OR"),
                name="step_term_not_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="doubt",
            index=models.Index(
                condition=models.Q(("state", "OPEN")), fields=["kind", "id"], name="doubt_open_by_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="doubt",
            index=models.Index(fields=["procedure", "id"], name="doubt_by_procedure"),
        ),
        migrations.AddConstraint(
            model_name="decisionitem",
            constraint=models.UniqueConstraint(
                fields=("decision", "procedure", "action", "version"),
                name="decision_item_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="steplink",
            constraint=models.UniqueConstraint(
                fields=("from_step", "branch", "to_step"), name="step_link_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="steplink",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_step", models.F("to_step")), _negated=True),
                name="step_link_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionresult",
            constraint=models.UniqueConstraint(fields=("version", "stable_key"), name="result_key_once"),
        ),
        migrations.AddConstraint(
            model_name="steplink",
            constraint=models.CheckConstraint(
                condition=models.Q(("back", True), ("max_rounds__isnull", True), _connector="OR"),
                name="step_link_rounds_of_back",
            ),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
