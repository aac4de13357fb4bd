import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_two_factors_and_sent_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed_in", "Signed in"),
                            ("sign_in_failed", "Wrong password"),
                            ("factor_failed", "Wrong second-factor code"),
                            ("signed_out", "Signed out"),
                            ("session_over", "Session expired"),
                            ("sessions_ended", "Other sessions ended"),
                            ("password_changed", "Password changed"),
                            ("password_reset", "Forgotten password reset"),
                            ("email_changed", "Email changed"),
                            ("app_added", "Authenticator app turned on"),
                            ("app_removed", "Authenticator app turned off"),
                            ("passkey_added", "Passkey added"),
                            ("passkey_removed", "Passkey removed"),
                            ("codes_made", "Recovery codes created"),
                            ("code_used", "Recovery code used"),
                            ("disabled", "Access disabled"),
                        ],
                        max_length=20,
                    ),
                ),
                ("email_digest", models.CharField(blank=True, max_length=64)),
                ("ip", models.GenericIPAddressField(null=True)),
                ("door", models.CharField(max_length=8)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["user", "-at"], name="security_of_user")],
            },
        ),
    ]
