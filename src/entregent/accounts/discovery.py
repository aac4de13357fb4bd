"""Finds the modules that register what a room offers by their names, so that registries need not import them."""

from importlib import import_module
from pathlib import Path

from django.apps import apps

PROGRAM = __name__.partition(".")[0]


def discover(*names: str) -> None:
    """Import every module with one of these names in Entregent's apps, at any depth."""
    for app in apps.get_app_configs():
        if app.name.partition(".")[0] == PROGRAM:
            folder = Path(app.path)
            for path in sorted(path for name in names for path in folder.rglob(f"{name}.py")):
                import_module(".".join([app.name, *path.relative_to(folder).with_suffix("").parts]))
