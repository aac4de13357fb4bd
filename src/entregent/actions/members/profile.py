"""A user's profile. It belongs to the user, not to an account, so no journal records it."""

from typing import Any

from entregent.accounts.models import User

PROFILE_FIELDS = ("first_name", "last_name", "language", "theme", "single_keys")


def change_profile(user: User, values: dict[str, Any]) -> User:
    """Change those of ``PROFILE_FIELDS`` that are in ``values``. Raises ``ValidationError``."""
    changed = [name for name in PROFILE_FIELDS if name in values]
    for name in changed:
        setattr(user, name, values[name])
    user.clean_fields(exclude=[field.name for field in User._meta.fields if field.name not in changed])
    user.save(update_fields=changed)
    return user
