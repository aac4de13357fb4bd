from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_reset_tries"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="has_device",
            field=models.BooleanField(default=False),
        ),
    ]
