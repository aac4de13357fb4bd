"""The register of conditions: what can be offered, and in which order."""

from dataclasses import replace

import pytest

from entregent.directory.selections.register import CONDITIONS, condition_of, finding_items, offer
from entregent.kernel.errors import Bad


@pytest.mark.parametrize("name", ["tag", "q", "vue", "custom.age", "utm_source", "born in may", "born:may", ""])
def test_a_name_that_is_taken_or_says_something_else_is_refused(name):
    before = dict(CONDITIONS)
    with pytest.raises(ValueError, match="name"):
        offer(replace(CONDITIONS["tag"], name=name))
    assert before == CONDITIONS


def test_one_stands_with_those_of_its_subject():
    try:
        offer(replace(CONDITIONS["mail_refused"], name="consents"))
        names = list(CONDITIONS)
    finally:
        CONDITIONS.pop("consents", None)
    assert names[names.index("incomplete") + 1] == "consents"


def test_none_is_there_by_another_name():
    with pytest.raises(Bad) as bad:
        condition_of(None, "tags")
    assert bad.value.code == "filter_unknown"


def test_a_reference_list_leads_to_the_condition_that_finds_what_it_counts():
    codes = ("functions", "skills", "families", "statuses", "tags")
    assert [finding_items(code).name for code in codes] == ["had_function", "skill", "family", "status", "tag"]
