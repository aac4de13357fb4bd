"""The authentication backend: loads the user of a session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from entregent.store.prepared import prepared

from .models import User


@prepared
def _users(pk: int) -> QuerySet:
    return User.objects.filter(pk=pk)


class Backend(AuthenticationBackend):
    """allauth's backend, with a prepared query for the session's user, which every page loads."""

    def get_user(self, user_id: int) -> User | None:
        """Return the user; None if they no longer exist or may not sign in (std E7)."""
        user = next(iter(_users(user_id)), None)
        return user if user and self.user_can_authenticate(user) else None
