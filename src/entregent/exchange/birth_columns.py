"""A date of birth in three columns: year, month and day, as Thunderbird writes it."""

BIRTHS = ("birth_year", "birth_month", "birth_day")
"""The targets of the three columns."""


def join_birth(values: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Join a row's date of birth from three columns; return what is left if one lacks: (target, value)."""
    found = [(target, values[target][0]) for target in BIRTHS if target in values]
    if len(found) < len(BIRTHS) or "birth_date" in values:
        return found
    year, month, day = (cell for _, cell in found)
    numeric = (year + month + day).isdecimal()
    values["birth_date"] = [f"{year}-{month:0>2}-{day:0>2}" if numeric else f"{day} {month} {year}"]
    return []
