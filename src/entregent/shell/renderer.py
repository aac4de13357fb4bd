"""Forms drawn with our parts, third-party ones (sign-in) included."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString

from .fields import draw_field
from .widgets import DRAWN


class Renderer(TemplatesSetting):
    """Makes plain `{{ form }}` look as `{% field %}` does."""

    form_template_name = "shell/parts/fields.html"
    field_template_name = "shell/parts/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Draw a field or its widget by Python where we can, else by its template."""
        if template_name == self.field_template_name:
            return draw_field(context["field"])
        if draw := DRAWN.get(template_name):
            return SafeString(draw(context["widget"]))
        return super().render(template_name, context, request)
