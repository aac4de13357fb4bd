import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_import_into_list"),
        ("journal", "0004_about_shared"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="turn",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="import",
            name="undo_entry",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="journal.entry"
            ),
        ),
        migrations.AddField(
            model_name="sync",
            name="stop_asked",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="sync",
            name="turn",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("checking", "Checking"),
                    ("checked", "Checked"),
                    ("running", "Running"),
                    ("stopped", "Stopped"),
                    ("done", "Done"),
                    ("undoing", "Undoing"),
                    ("undone", "Undone"),
                    ("failed", "Failed"),
                ],
                default="draft",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="sync",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("checking", "Checking"),
                    ("checked", "Checked"),
                    ("running", "Running"),
                    ("stopped", "Stopped"),
                    ("done", "Done"),
                    ("undoing", "Undoing"),
                    ("undone", "Undone"),
                    ("failed", "Failed"),
                ],
                default="draft",
                max_length=8,
            ),
        ),
    ]
