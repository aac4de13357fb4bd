"""From the fifth wrong password on, each one doubles the wait before the next attempt, up to half an hour (std E4).

Attempts are counted per typed address and IP: whoever guesses locks out only themselves. Unknown addresses wait just
the same, so that the delay reveals nothing (std E5).
"""

import hashlib
import math
import time

from django.core.cache import cache

FREE_ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = 60, 30 * 60
FAILURES_KEPT_FOR = 24 * 3600
"""Seconds: the first wait, the longest wait, and how long failures are remembered."""


def seconds_left(place: str) -> int:
    """Return how many seconds an attempt from ``place`` (IP and address) still has to wait; 0 if none."""
    _, until = cache.get(_key(place), (0, 0))
    return max(0, math.ceil(until - time.time()))


def count_failure(place: str) -> None:
    """Count one more wrong password. Attempts refused because of a wait must not be counted."""
    failures = cache.get(_key(place), (0, 0))[0] + 1
    wait = min(FIRST_WAIT * 2 ** (failures - FREE_ATTEMPTS), LONGEST_WAIT) if failures >= FREE_ATTEMPTS else 0
    cache.set(_key(place), (failures, time.time() + wait), FAILURES_KEPT_FOR)


def forget(place: str) -> None:
    """Reset the count: the password was correct, or a new one was chosen."""
    cache.delete(_key(place))


def _key(place: str) -> str:
    return "password:" + hashlib.sha256(place.encode()).hexdigest()
