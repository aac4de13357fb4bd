"""Have PostgreSQL look up the few records of an entry: after a big import it believed that each entry has thousands."""

from django.db import migrations

from entregent.store.statistics import expect_rows

FEW = 5


def expect_few(apps, schema_editor) -> None:
    expect_rows(schema_editor.connection, "journal_about", "entry_id", FEW)


class Migration(migrations.Migration):
    dependencies = [("journal", "0006_entries_by_author")]

    operations = [migrations.RunPython(expect_few, migrations.RunPython.noop)]
