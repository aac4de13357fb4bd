"""Addresses of websites."""

import pytest

from entregent.kernel.errors import Bad
from entregent.kernel.websites import website_url


@pytest.mark.parametrize(
    ("typed", "url"),
    [("lac.example", "https://lac.example"), ("http://lac.example/a?b", "http://lac.example/a?b")],
)
def test_an_address_is_made_whole(typed, url):
    assert website_url(typed) == url


@pytest.mark.parametrize("typed", ["", "lac", "ftp://lac.example", "lac .example", "http://[lac.example", "https://"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Bad) as bad:
        website_url(typed)
    assert bad.value.code == "website"
