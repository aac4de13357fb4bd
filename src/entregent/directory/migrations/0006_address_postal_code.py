"""Find addresses by postal code: «les maires de l'Ain»."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_field_approval")]

    operations = [
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["account", "postal_code"], name="address_postal_code"),
        ),
    ]
