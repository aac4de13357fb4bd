from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_bin_grace"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResetRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("at", models.DateTimeField(default=timezone.now)),
            ],
        ),
    ]
