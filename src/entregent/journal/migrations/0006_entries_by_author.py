"""Find an author's entries, of any kind or of one, in order of time; the index on the author alone goes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0005_deeds_are_registered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["by", "account", "at", "id"], name="entry_by_author"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["by", "account", "deed", "at", "id"], name="entry_by_author_deed"),
        ),
    ]
