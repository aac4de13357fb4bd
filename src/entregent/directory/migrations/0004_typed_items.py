"""Items made by typing are known as such; functions typed so far become items, each account gets a first category."""

from django.db import migrations, models
from django.db.models import Min

STEP = 2000


def fill(apps, schema_editor) -> None:
    """Make the items of what is there: the list of functions is what positions hold."""
    apps.get_model("directory", "Tag").objects.update(typed=True)
    Position, JobFunction = apps.get_model("directory", "Position"), apps.get_model("directory", "JobFunction")
    held = Position.objects.exclude(function_key="").filter(from_service=False)
    names = held.values("account", "function_key").annotate(name=Min("function")).order_by("account", "function_key")
    functions = [
        JobFunction(account_id=row["account"], key=row["function_key"], name=row["name"], typed=True)
        for row in names.iterator(STEP)
    ]
    JobFunction.objects.bulk_create(functions, ignore_conflicts=True, batch_size=STEP)
    ListCategory = apps.get_model("directory", "ListCategory")
    for account in apps.get_model("accounts", "Account").objects.filter(is_reference=False):
        if not ListCategory.objects.filter(account=account).exists():
            name = "Général" if account.language.startswith("fr") else "General"
            ListCategory.objects.create(account=account, name=name, key="general")


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_shared_directory")]

    operations = [
        *(
            migrations.AddField(
                model_name=name, name="typed", field=models.BooleanField(db_default=False, default=False)
            )
            for name in ("contactstatus", "jobfunction", "listcategory", "organisationfamily", "skill", "tag")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
