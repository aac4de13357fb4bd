"""Re-exports everything postal: countries and provinces, postal codes, addresses."""

from .addresses import address_lines, split_address_block
from .countries import countries, country_code, country_name, province_name, provinces
from .postcodes import Locality, check_postal_code, looks_like_postal_city, split_locality, split_postal_city

__all__ = [
    "Locality",
    "address_lines",
    "check_postal_code",
    "countries",
    "country_code",
    "country_name",
    "looks_like_postal_city",
    "province_name",
    "provinces",
    "split_address_block",
    "split_locality",
    "split_postal_city",
]
