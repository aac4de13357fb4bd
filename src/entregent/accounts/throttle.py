"""After five wrong passwords each further one makes the next try wait longer, up to half an hour (std E4).

Tries count for an address as typed from one place: whoever guesses locks out nobody but themselves. An address
that is nobody's waits the same, so that waiting tells nothing (std E5).
"""

import hashlib
import math
import time

from django.core.cache import cache

FREE = 5
FIRST, LONGEST = 60, 30 * 60
KEPT = 24 * 3600
"""Seconds of the first wait and of the longest, and until failures are forgotten."""


def seconds_left(place: str) -> int:
    """How long a try from ``place``, an IP and an address, still has to wait; 0: not at all."""
    _, until = cache.get(_key(place), (0, 0))
    return max(0, math.ceil(until - time.time()))


def count_failure(place: str) -> None:
    """Note one more wrong password; a try that had to wait is none, and makes no one wait longer."""
    failures = cache.get(_key(place), (0, 0))[0] + 1
    wait = min(FIRST * 2 ** (failures - FREE), LONGEST) if failures >= FREE else 0
    cache.set(_key(place), (failures, time.time() + wait), KEPT)


def forget(place: str) -> None:
    """Start anew: the right password was given, or another one was chosen."""
    cache.delete(_key(place))


def _key(place: str) -> str:
    return "password:" + hashlib.sha256(place.encode()).hexdigest()
