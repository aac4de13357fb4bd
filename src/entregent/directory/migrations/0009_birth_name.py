"""The name at birth (std F3), beside the one in use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_phone_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="party",
            name="birth_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
    ]
