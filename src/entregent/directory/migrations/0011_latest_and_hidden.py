"""Find the latest rows, and the few records that are hidden, assigned or of a family, not reading all others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0010_custom_text_pieces"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="address",
            index=models.Index(
                condition=models.Q(("from_service", False)), fields=["account", "id"], name="address_latest"
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("visibility", "everyone"), _negated=True),
                fields=["account", "created_by"],
                name="party_hidden",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("assigned_to__isnull", False)),
                fields=["account", "assigned_to"],
                name="party_assigned",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(condition=models.Q(("family__isnull", False)), fields=["family"], name="party_family"),
        ),
        migrations.AddIndex(
            model_name="partyskill",
            index=models.Index(
                condition=models.Q(("from_service", False)), fields=["account", "id"], name="party_skill_latest"
            ),
        ),
        migrations.AddIndex(
            model_name="partytag",
            index=models.Index(
                condition=models.Q(("from_service", False)), fields=["account", "id"], name="party_tag_latest"
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                condition=models.Q(("from_service", False)), fields=["account", "id"], name="position_latest"
            ),
        ),
    ]
