"""Template filter of the list of sessions."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
"""Part of a User-Agent → name. The first match counts, since most browsers claim to be several."""


@register.filter
def browser(agent: str) -> str:
    """Turn a User-Agent header into «Firefox, Linux»; return the header itself if neither is recognised."""
    found = [
        next((name for word, name in names.items() if re.search(word, agent)), "") for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(word for word in found if word) or agent or _("Unknown browser")
