"""The shell's URLs: the style guide and its sample dialog."""

from django.urls import path

from . import views

app_name = "shell"
urlpatterns = [
    path("", views.style, name="style"),
    path("dialog/", views.style_dialog, name="style_dialog"),
]
