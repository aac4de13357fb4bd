"""Password hashing."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id, 46 MiB, one pass, one lane: OWASP's first recommendation (std E2, RFC 9106).

    A password hashed with other parameters is rehashed at its user's next sign-in.
    """

    time_cost = 1
    memory_cost = 47104
    parallelism = 1
