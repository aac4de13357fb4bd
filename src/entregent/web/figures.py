"""Numbers as pages write them."""

from django.utils.formats import number_format


def figure(number: int, more: bool = False) -> str:
    """«3 482»; «1 000+» where there are more."""
    return number_format(number, force_grouping=True) + ("+" if more else "")
