"""Find phones of custom fields as they are dialled from abroad and at home: they were found only as they are typed."""

from django.db import migrations

from entregent.kernel.errors import Bad
from entregent.kernel.phones import parse_phone, phone_search_text

STEP = 500


def read_again(apps, schema_editor):
    values = apps.get_model("directory", "CustomValue").objects
    changed = []
    for row in values.filter(field__type="phone").select_related("account", "field", "party").iterator(STEP):
        try:
            phone = parse_phone(str(row.party.custom.get(row.field.code)), row.account.country)
        except Bad:
            continue
        row.key = phone_search_text(phone.e164, phone.raw)[:200]
        changed.append(row)
    values.bulk_update(changed, ["key"], batch_size=STEP)


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_list_names")]

    operations = [migrations.RunPython(read_again, migrations.RunPython.noop)]
