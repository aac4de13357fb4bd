"""Form fields with label, hint and errors, rendered in Python for speed: the longest form has fifty of them."""

from typing import Any

from django.forms import BoundField
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString

from .icons import icon

_REQUIRED = ' <span class="required" aria-hidden="true">*</span>'


def draw_field(field: BoundField, wide: Any = False, label: Any = "", hint: Any = "") -> SafeString:
    """Render a field with label, hint and errors, linked for screen readers (std D7-D9).

    ``wide``: span the whole row of the grid; ``label`` and ``hint`` replace the form's own texts.
    """
    if field.is_hidden:
        return field.as_widget()
    css = "field wide" if wide else "field"
    words = escape(label or field.label) + (_REQUIRED if field.field.required else "")
    notes = _notes(field, hint)
    if field.use_fieldset:
        described = f' aria-describedby="{escape(field.aria_describedby)}"' if field.aria_describedby else ""
        return SafeString(
            f'<fieldset class="{css}"{described}>\n  <legend>{words}</legend>\n  {field}\n  {notes}\n</fieldset>'
        )
    start = f'<label for="{escape(field.id_for_label)}">'
    if field.widget_type == "checkbox":
        return SafeString(
            f'<div class="{css.replace("field", "field choice")}">\n'
            f"  {start}{field} <span>{words}</span></label>\n  {notes}\n</div>"
        )
    return SafeString(f'<div class="{css}">\n  {start}{words}</label>\n  {field}\n  {notes}\n</div>')


def _notes(field: BoundField, hint: Any) -> str:
    """Render the field's errors and hint, escaped: an account may have written them."""
    notes = ""
    if field.errors:
        errors = "".join([f"<p>{escape(str(error))}</p>" for error in field.errors])
        notes = f'<div class="error" id="{escape(field.auto_id)}_error">{icon("alert-circle")}{errors}</div>'
    if hint := hint or field.help_text:
        notes += f'<div class="hint" id="{escape(field.auto_id)}_helptext">{escape(hint)}</div>'
    return notes
