"""Issued bills, their lines and their taxes are never changed: the database refuses."""

from django.db import migrations

TABLES = ("billing_invoice", "billing_invoiceline", "billing_invoicetax")
REFUSE = """
CREATE OR REPLACE FUNCTION billing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An issued bill is never changed; it is corrected by a credit note (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION billing_refuse_change();"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION billing_refuse_change();",
                f"DROP TRIGGER {table}_never_changes ON {table};",
            )
            for table in TABLES
        ],
    ]
