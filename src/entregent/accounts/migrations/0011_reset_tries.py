from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_tells_resembling"),
    ]

    operations = [
        migrations.AddField(
            model_name="resetrequest",
            name="due",
            field=models.DateTimeField(default=timezone.now),
        ),
        migrations.AddField(
            model_name="resetrequest",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
