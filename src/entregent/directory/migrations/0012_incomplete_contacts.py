"""Count the contacts that are to be completed by an index that holds them alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_latest_and_hidden"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(
                    ("binned_at", None),
                    models.Q(("last_name", ""), ("first_name", ""), _connector="OR"),
                ),
                fields=["account", "kind"],
                name="party_incomplete",
            ),
        ),
    ]
