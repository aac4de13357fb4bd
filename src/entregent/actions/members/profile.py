"""What users say of themselves: it belongs to them, not to an account, so no journal tells of it."""

from typing import Any

from entregent.accounts.models import User

FIELDS = ("first_name", "last_name", "language", "theme", "single_keys")


def change_profile(user: User, values: dict[str, Any]) -> User:
    """Change what ``values`` names of ``FIELDS``, for ``user`` themselves. Raises ``ValidationError``."""
    changed = [name for name in FIELDS if name in values]
    for name in changed:
        setattr(user, name, values[name])
    user.clean_fields(exclude=[field.name for field in User._meta.fields if field.name not in changed])
    user.save(update_fields=changed)
    return user
