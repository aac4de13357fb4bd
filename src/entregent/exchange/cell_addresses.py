"""Read addresses from the cells of one row (std C26, F8-F10)."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from entregent.kernel.addresses import split_address_block
from entregent.kernel.countries import country_code
from entregent.kernel.postcodes import split_locality

PLACE = ("postal_code", "city", "province", "country")
ADDRESS = frozenset({"address", "address_block", "postal_city", *PLACE})

_ADDRESSES = (("", ""), ("", "_2"), ("organisation_", ""))
_FRANCE = frozenset({"", "FR", "FRANCE"})


class AddressReader:
    """Reads the addresses of a row: the first, the second, the organisation's.

    Args:
        targets: the targets that columns are mapped to.
        country: ISO code for postal codes of rows without a country.
        repair_zeros: restore the leading zero of French postal codes that a spreadsheet removed.
    """

    def __init__(self, targets: Collection[str], country: str, repair_zeros: bool) -> None:
        self.country = country
        self.repair_zeros = repair_zeros
        self.filled = {
            (prefix, suffix)
            for prefix, suffix in _ADDRESSES
            if any(f"{prefix}{part}{suffix}" in targets for part in ADDRESS)
        }

    def read(self, values: Mapping[str, list[str]], prefix: str, suffix: str) -> dict[str, str]:
        """Return label, street and the parts of PLACE; {} when only a country is known."""
        if (prefix, suffix) not in self.filled:
            return {}
        parts = {part: values.get(f"{prefix}{part}{suffix}", [""])[0] for part in PLACE}
        lines = values.get(f"{prefix}address{suffix}", [""])
        street = (" " if lines[0].isdecimal() else "\n").join(lines)  # a column for the number, one for the street
        if both := values.get(f"{prefix}postal_city{suffix}"):
            parts = _completed(parts, _locality(both[0], self.country))
        if block := values.get(f"{prefix}address_block{suffix}"):
            whole = {"street": block[0]}
            if not (parts["postal_code"] or parts["city"]):
                whole = split_address_block(block[0], self.country)
            street = "\n".join(filter(None, (street, whole["street"])))
            parts = _completed(parts, whole)
        if self.repair_zeros and parts["country"].upper() in _FRANCE:
            parts["postal_code"] = with_zero(parts["postal_code"], 4, self.country)
        if not (street or parts["postal_code"] or parts["city"] or parts["province"]):
            return {}
        return {"label": "", "street": street, **parts}


def alone(values: Mapping[str, list[str]], target: str, reader: AddressReader) -> str:
    """Return a country without an address, which no field holds; "" for the account's own, which says nothing."""
    country = values.get(target, [""])[0]
    if not country or reader.read(values, "", target.removeprefix("country")):
        return ""
    return "" if country_code(country) == reader.country else country


def with_zero(text: str, left: int, country: str) -> str:
    """Return text with its leading zero restored, if it has `left` digits."""
    return f"0{text}" if country == "FR" and len(text) == left and text.isdecimal() else text


@lru_cache(maxsize=8_192)
def _locality(text: str, country: str) -> dict[str, str]:
    return split_locality(text, country)._asdict()


def _completed(parts: dict[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Return parts, with empty ones filled from others."""
    return {name: value or others.get(name, "") for name, value in parts.items()}
