"""Company and VAT numbers (std F13-F15)."""

from collections.abc import Callable

import pytest

from entregent.kernel.errors import Bad
from entregent.kernel.identifiers import check_neq, check_siren, check_siret, check_vat


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (check_vat, "FR 44 732 829 320", "FR44732829320"),
        (check_vat, "fr44732829320", "FR44732829320"),
        (check_vat, "FRAB732829320", "FRAB732829320"),
        (check_vat, "BE 0428.759.497", "BE0428759497"),
        (check_vat, "LU15027442", "LU15027442"),
        (check_vat, "CHE-107.787.577 TVA", "CHE107787577TVA"),
        (check_vat, "CHE107787577", "CHE107787577"),
        (check_vat, "DE 136 695 976", "DE136695976"),
        (check_vat, "EL094259216", "EL094259216"),
        (check_vat, "GB980780684", "GB980780684"),
        (check_vat, "12345678 2 RT0001", "123456782RT0001"),
        (check_vat, "1234567890TQ0001", "1234567890TQ0001"),
        (check_siren, "732\u00a0829\u202f320", "732829320"),
        (check_siret, "732 829 320 00074", "73282932000074"),
        (check_siret, "35600000049837", "35600000049837"),
        (check_siret, "35600000000048", "35600000000048"),
        (check_neq, "11 4392 0115", "1143920115"),
    ],
)
def test_accepted(check: Callable[[str], str], typed: str, kept: str) -> None:
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed", "code"),
    [
        (check_vat, "FR45732829320", "vat_check_digit"),
        (check_vat, "BE0428759498", "vat_check_digit"),
        (check_vat, "LU15027443", "vat_check_digit"),
        (check_vat, "CHE-107.787.578 TVA", "vat_check_digit"),
        (check_vat, "123456783RT0001", "vat_check_digit"),
        (check_vat, "FR4473282932", "vat_format"),
        (check_vat, "FRAB73282932", "vat_format"),
        (check_vat, "CH107787577", "vat_format"),
        (check_vat, "XX1234", "vat_format"),
        (check_vat, "732829320", "vat_format"),
        (check_vat, "", "vat_format"),
        (check_siren, "732829321", "siren_check_digit"),
        (check_siren, "000000000", "siren_check_digit"),
        (check_siren, "73282932", "siren_format"),
        (check_siren, "73282932O", "siren_format"),
        (check_siren, "٧٣٢٨٢٩٣٢٠", "siren_format"),
        (check_siret, "73282932000079", "siret_check_digit"),
        (check_siret, "35600000049838", "siret_check_digit"),
        (check_siret, "7328293200007", "siret_format"),
        (check_neq, "1143920116", "neq_check_digit"),
        (check_neq, "9943920115", "neq_format"),
        (check_neq, "114392011", "neq_format"),
    ],
)
def test_refused(check: Callable[[str], str], typed: str, code: str) -> None:
    with pytest.raises(Bad) as caught:
        check(typed)
    assert caught.value.code == code
