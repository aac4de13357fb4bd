"""`make test` reports what it could neither find nor install, and the suite fails with its name."""

import os


def test_the_machine_had_all_that_the_tests_need():
    missing = os.environ.get("ENTREGENT_TEST_MISSING", "")
    assert not missing, missing
