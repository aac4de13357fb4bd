"""`make test` tells what it could neither find nor install; the suite then fails, and names it."""

import os


def test_the_machine_had_all_that_the_tests_need():
    missing = os.environ.get("ENTREGENT_TEST_MISSING", "")
    assert not missing, missing
