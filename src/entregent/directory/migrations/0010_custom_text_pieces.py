"""Find all of a long text of a custom field: only its first 200 characters had a key."""

from django.db import migrations
from django.db.models import Max
from django.db.models.functions import Length

from entregent.kernel.text import fold

LENGTH, STEP = 200, 100
BATCH = 500


def _pieces(type: str, value: str) -> list[str]:
    key = value.casefold() if type == "email" else fold(value)
    return [key[start : start + LENGTH] for start in range(0, max(len(key) - STEP, 1), STEP)]


def cut(apps, schema_editor) -> None:
    CustomValue = apps.get_model("directory", "CustomValue")
    fields = apps.get_model("directory", "CustomField").objects.filter(type__in=["text", "long", "link", "email"])
    last = CustomValue.objects.aggregate(last=Max("pk"))["last"]  # the pieces that are added come after it
    for field in fields:
        rows = CustomValue.objects.filter(field=field, pk__lte=last or 0).annotate(length=Length("key"))
        long = rows.filter(length=LENGTH).order_by("pk").values_list("pk", "account", "party", "party__custom")
        after = 0
        while batch := list(long.filter(pk__gt=after)[:BATCH]):
            _cut(CustomValue, field, batch)
            after = batch[-1][0]


def _cut(CustomValue, field, batch: list[tuple]) -> None:
    added = []
    for pk, account, party, custom in batch:
        value = custom.get(field.code)
        if isinstance(value, str):
            first, *more = _pieces(field.type, value)
            CustomValue.objects.filter(pk=pk).update(key=first)
            added += [CustomValue(account_id=account, field_id=field.pk, party_id=party, key=each) for each in more]
    CustomValue.objects.bulk_create(added, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_birth_name")]

    operations = [migrations.RunPython(cut, migrations.RunPython.noop, elidable=True)]
