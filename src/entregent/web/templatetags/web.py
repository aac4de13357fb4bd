"""Tags that every page of an account uses."""

from django import template

from entregent.web.links import to as address_of

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: template.Context, name: str, *args) -> str:
    """``{% to "contacts:page" party.pk %}``: the address of a page inside the user's account."""
    return address_of(context["request"].by, name, *args)
