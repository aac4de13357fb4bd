"""What deeds there are is known by the register (journal/deeds.py): a new one is no migration. No statement."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_about_shared")]

    operations = [
        migrations.AlterField(model_name="entry", name="deed", field=models.CharField(max_length=24)),
    ]
