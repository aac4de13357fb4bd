"""How a session finds its user again."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from entregent.store.prepared import prepared

from .models import User


@prepared
def _users(pk: int) -> QuerySet:
    return User.objects.filter(pk=pk)


class Backend(AuthenticationBackend):
    """Signing in is allauth's; the user of a session is asked for by every page."""

    def get_user(self, user_id: int) -> User | None:
        """The user, None when they are no more or may not come in (std E7)."""
        user = next(iter(_users(user_id)), None)
        return user if user and self.user_can_authenticate(user) else None
