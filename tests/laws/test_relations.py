"""A foreign key in a string escapes the import linter; it may not point up either."""

from django.apps import apps

from .rooms import FLOORS, room_of


def test_relations_point_down():
    climbing = []
    for model in apps.get_models(include_auto_created=False):
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            here, there = room_of(model), room_of(field.related_model)
            if here and there and here != there and FLOORS[there] >= FLOORS[here]:
                climbing.append(f"{model.__name__}.{field.name} → {field.related_model.__name__}")
    assert not climbing
