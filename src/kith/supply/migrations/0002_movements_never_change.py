"""Movements of stock are never changed: the database refuses."""

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION supply_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A movement of stock is never changed; another one corrects it.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER supply_movement_never_changes BEFORE UPDATE OR DELETE ON supply_movement
    FOR EACH ROW EXECUTE FUNCTION supply_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("supply", "0001_initial")]
    operations = [
        migrations.RunSQL(
            REFUSE,
            "DROP TRIGGER supply_movement_never_changes ON supply_movement; DROP FUNCTION supply_refuse_change();",
        ),
    ]
