"""Find all of a long text of a custom field: only its first 200 characters had a key."""

from django.db import migrations
from django.db.models.functions import Length

from entregent.kernel.text import fold

LENGTH, STEP = 200, 100


def _pieces(type: str, value: str) -> list[str]:
    key = value.casefold() if type == "email" else fold(value)
    return [key[start : start + LENGTH] for start in range(0, max(len(key) - STEP, 1), STEP)]


def cut(apps, schema_editor) -> None:
    CustomValue = apps.get_model("directory", "CustomValue")
    fields = apps.get_model("directory", "CustomField").objects.filter(type__in=["text", "long", "link", "email"])
    for field in fields.iterator():
        rows = CustomValue.objects.filter(field=field).annotate(length=Length("key")).filter(length=LENGTH)
        for row in list(rows.select_related("party")):
            value = row.party.custom.get(field.code)
            if isinstance(value, str):
                first, *more = _pieces(field.type, value)
                CustomValue.objects.filter(pk=row.pk).update(key=first)
                CustomValue.objects.bulk_create(
                    CustomValue(account_id=row.account_id, field_id=field.pk, party_id=row.party_id, key=each)
                    for each in more
                )


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_birth_name")]

    operations = [migrations.RunPython(cut, migrations.RunPython.noop, elidable=True)]
