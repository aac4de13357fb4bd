"""What can't be kept of a row is left out of it, and nothing else."""

import pytest

from entregent.exchange.leaving_out import clean_as_far_as_possible


@pytest.mark.parametrize(
    ("given", "kept", "left_out"),
    [
        ("a@@x.example b@@x.example good@x.example", "good@x.example", "a@@x.example b@@x.example"),
        ("good@x.example a@@x.example b@@x.example", "good@x.example", "a@@x.example b@@x.example"),
        ("a@@x.example one@x.example b@@x.example two@x.example", "one@x.example two@x.example",
         "a@@x.example b@@x.example"),
        ("one@x.example two@x.example TWO@x.example", "one@x.example two@x.example", ""),
        ("one@x.example two@x.example one@x.example", "one@x.example two@x.example", ""),
        ("a@@x.example one@x.example two@x.example two@x.example", "one@x.example two@x.example", "a@@x.example"),
    ],
)  # fmt: skip
def test_every_address_that_can_be_kept_is(bruno, given, kept, left_out):
    card = {"last_name": "A", "emails": [{"value": value} for value in given.split()]}
    clean, asides, problems = clean_as_far_as_possible(bruno, "p", card)
    assert clean
    assert not problems
    assert " ".join(way.value for way in clean.emails) == kept
    assert " ".join(aside.value for aside in asides if aside.value) == left_out


def test_absurd_days_are_left_out_and_told(bruno):
    places = [{"organisation_name": "Mairie", "since": "31/12/0999", "until": "31/12/9999"}]
    card = {"last_name": "A", "birth_date": "9999-12-31", "positions": places}
    clean, asides, _problems = clean_as_far_as_possible(bruno, "p", card)
    assert clean
    assert (clean.columns["birth_date"], clean.positions[0]["since"], clean.positions[0]["until"]) == (None,) * 3
    assert {(aside.target, aside.value, aside.code) for aside in asides} == {
        ("birth_date", "9999-12-31", "date_birth"),
        ("since", "31/12/0999", "date_far"),
        ("until", "31/12/9999", "date_far"),
    }
