"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id, 46 MiB, one pass, one lane: the first of OWASP's settings (std E2, RFC 9106).

    Kept with other parameters, a password is hashed anew when its user next signs in.
    """

    time_cost = 1
    memory_cost = 47104
    parallelism = 1
