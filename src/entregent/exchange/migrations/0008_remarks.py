import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_job_deaths"),
        ("exchange", "0007_what_pages_show"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="shared_addresses",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                (
                    "about",
                    models.CharField(choices=[("value", "Value"), ("compare", "Compare")], max_length=7),
                ),
                ("problems", models.JSONField(default=list)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="exchange.import"
                    ),
                ),
            ],
            options={
                "ordering": ["line", "id"],
                "indexes": [models.Index(fields=["source", "about", "line"], name="remark_about")],
            },
        ),
    ]
