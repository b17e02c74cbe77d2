from django.db import migrations

# Nothing is moved out of an approved set or a published round either: a change tests where a row was and where it goes.
BOTH = """
CREATE OR REPLACE FUNCTION indices_of_approved_set() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE one bigint;
BEGIN
    SELECT id INTO one FROM indices_indexset WHERE id IN (OLD.set_id, NEW.set_id) AND state = 'approved' LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Bộ chỉ số đã phê duyệt, tiêu chí không đổi được (%).', one USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION indices_of_published_round() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE one bigint; several bigint[];
BEGIN
    IF TG_TABLE_NAME = 'indices_sheet' THEN
        several := ARRAY[OLD.round_id, NEW.round_id];
    ELSE
        SELECT array_agg(round_id) INTO several FROM indices_sheet WHERE id IN (OLD.sheet_id, NEW.sheet_id);
    END IF;
    SELECT id INTO one FROM indices_round WHERE id = ANY (several) AND published_at IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Kỳ chấm đã công bố, không ghi thêm được (%).', one USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = (("indices", "0001_sets_rounds_sheets"),)

    operations = (migrations.RunSQL(BOTH, migrations.RunSQL.noop),)
