"""Foreign keys, which the import linter doesn't see in strings, only point to lower rooms."""

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
