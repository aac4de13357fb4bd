"""Numbers as pages show them."""

from django.utils.formats import number_format


def figure(number: int, more: bool = False) -> str:
    """Format a number with grouped digits, «3 482»; with ``more``, «1 000+»."""
    return number_format(number, force_grouping=True) + ("+" if more else "")
