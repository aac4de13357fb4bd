"""Form renderer that uses the shell's parts, for third-party forms (sign-in) too."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString

from .fields import draw_field
from .widgets import DRAWN


class Renderer(TemplatesSetting):
    """Makes plain `{{ form }}` look like `{% field %}`."""

    form_template_name = "shell/parts/fields.html"
    field_template_name = "shell/parts/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Render a field or widget in Python if possible, else with its template."""
        if template_name == self.field_template_name:
            return draw_field(context["field"])
        if draw := DRAWN.get(template_name):
            return SafeString(draw(context["widget"]))
        return super().render(template_name, context, request)
