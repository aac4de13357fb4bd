"""The shell's pages: the style guide and its sample dialog."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import style_samples
from .page import page, say


def style(request: HttpRequest) -> HttpResponse:
    """Show every part in every state, in the theme chosen in the user menu."""
    return page(request, "shell/style.html", **style_samples.context())


def style_dialog(request: HttpRequest) -> HttpResponse:
    """Show a sample dialog, over htmx or as a page of its own; saves nothing."""
    form = style_samples.SampleForm(request.POST or None)
    if form.is_valid():
        say(request, _("Done."), undo=reverse("shell:style"))
        return redirect("shell:style")
    return page(request, "shell/style_dialog.html", form=form, frame=style_samples.frame())
