"""Template tags and filters for presentation; they handle values and markup, never models."""

import unicodedata
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from zlib import crc32

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static as address_of
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from entregent.shell.dates import both, exact, in_words
from entregent.shell.dates import written as written_day
from entregent.shell.fields import draw_field
from entregent.shell.icons import icon as draw_icon
from entregent.shell.page import htmx_of

register = template.Library()
TONES = 6
THEMES = ("light", "dark", "device")
_OWN = "the-one-who-reads-has-their-own"


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """Render an icon of the sprite: hidden from screen readers unless it has a `title`."""
    return draw_icon(str(name), str(title))


@register.simple_tag
@lru_cache(maxsize=256)
def static(path: str) -> str:
    """Return the URL of a static file, like Django's tag, cached."""
    return address_of(path)


@register.simple_tag(takes_context=True)
def fixed(context: template.Context, part: str, **given: Any) -> SafeString:
    """Include a template that depends only on the language and on `given`; the result is cached.

    Values in `given` must be hashable. The template sees no other context; the CSRF token of its forms, which
    differs for each reader, is inserted afterwards.
    """
    html = drawn(part, **given)
    return SafeString(html.replace(_OWN, str(context.get("csrf_token", "")))) if _OWN in html else html


def drawn(part: str, **given: Any) -> SafeString:
    """Return the HTML that `fixed` includes, for use in Python; its forms have no CSRF token yet."""
    return _fixed(part, get_language() or "", tuple(given.items()))


@lru_cache(maxsize=512)
def _fixed(part: str, language: str, given: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(part, {**dict(given), "csrf_token": _OWN})


@register.simple_tag
def field(bound: BoundField, **extra: Any) -> SafeString:
    """Render a form field with label, hint and errors; `extra`: arguments of `fields.draw_field`."""
    return draw_field(bound, **extra)


@register.simple_tag
def focus_first(form: BaseForm, filled: Any = False) -> str:
    """Give the focus to the first field of a form; renders nothing itself.

    ``filled``: also if the field has a value, on a page where people come to change one.
    """
    first = next(iter(form.visible_fields()), None)
    if first is None or form.is_bound or first.field.disabled or first.widget_type in ("checkbox", "file"):
        return ""
    if filled or not first.value():
        first.field.widget.attrs["autofocus"] = True
    return ""


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """Render the initials of `name` on its own soft colour; `size`: a class, `large` for a page heading."""
    return format_html('<span class="avatar {} {}" aria-hidden="true">{}</span>', tone(name), size, initials(name))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the current query string with `changes` applied; None or "" removes a parameter."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in (None, ""):
            parameters.setlist(name, value if isinstance(value, list | tuple) else [value])
    return f"?{parameters.urlencode()}"


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and last words, case unchanged: «Jean d'Arcourt» gives «Jd»."""
    words = [word for word in str(name).split() if unicodedata.category(word[0]).startswith(("L", "N"))]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))


@register.filter
def tone(name: str) -> str:
    """Return the css class of a name's soft colour, always the same for the same name."""
    return f"tone-{crc32(str(name).encode()) % TONES}"


@register.filter(expects_localtime=True)
def written(day: date | None, shape: str = "DATE_FORMAT") -> str:
    """Render a date in a format of Django; in French, the first of a month as «1er»."""
    return written_day(day, shape) if day else ""


@register.filter
def near(moment: date | None) -> str:
    """Render a date or datetime as a <time>, in words when near, with the exact one on hover."""
    if moment is None:
        return ""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        words, whole = both(moment, timezone.localtime(), get_language() or "")
    else:
        words, whole = in_words(moment), exact(moment)
    return SafeString(f'<time datetime="{moment.isoformat()}" title="{escape(whole)}">{escape(words)}</time>')


@register.filter
def theme(request: HttpRequest | None) -> str:
    """Return the theme chosen in this browser, "" if none was (the user's own then applies)."""
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.filter
def layout(request: HttpRequest) -> str:
    """Return the base template of a dialog: a bare fragment for htmx, the whole frame for a page of its own."""
    htmx = htmx_of(request)
    inside = htmx and htmx.target == "dialog" and not htmx.boosted
    return "shell/fragment.html" if inside else "shell/frame.html"
