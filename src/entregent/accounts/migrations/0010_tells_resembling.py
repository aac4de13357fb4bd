from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_reset_request"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="tells_resembling",
            field=models.BooleanField(default=False, verbose_name="say that a new record resembles a hidden one"),
        ),
    ]
