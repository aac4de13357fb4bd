"""Forms drawn with our parts, third-party ones (sign-in) included."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Makes plain `{{ form }}` look as `{% field %}` does."""

    form_template_name = "shell/parts/fields.html"
    field_template_name = "shell/parts/field.html"
