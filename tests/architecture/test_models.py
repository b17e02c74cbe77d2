"""Tables: foreign keys point down, one first migration per area, migrations equal the models."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import ForeignKey, ManyToManyField, Model, OneToOneField
from django.utils import translation

# From the bottom: the order of the house (CONTRIBUTING.md).
ORDER = (
    "foundation", "organisation", "people", "staffing", "procedures", "tasks", "dossiers", "surveys",
    "indicators", "indices", "reports", "portal", "demo", "config",
)  # fmt: skip


def area(model: type[Model]) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith("congvu.") else ""


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if area(model)]


def foreign_keys() -> list:
    return [
        field
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField | ManyToManyField) and field.model is model
    ]


def label(field) -> str:  # type: ignore[no-untyped-def]
    return f"{field.model._meta.label}.{field.name} -> {field.related_model._meta.label}"


def test_there_are_models_to_look_at() -> None:
    assert {area(model) for model in our_models()} >= {"foundation", "organisation", "procedures", "dossiers"}
    assert len(foreign_keys()) > 20


def test_foreign_keys_point_down_the_house() -> None:
    upward = [
        label(field)
        for field in foreign_keys()
        if area(field.related_model)
        and ORDER.index(area(field.related_model)) > ORDER.index(area(field.model))
    ]
    assert not upward


def test_foreign_keys_into_another_area_leave_no_name_behind() -> None:
    named = [
        label(field)
        for field in foreign_keys()
        if area(field.related_model) not in ("", area(field.model)) and field.remote_field.related_name != "+"
    ]
    assert not named, 'use related_name="+": the lower area must not know the higher one'


def test_models_do_not_override_save_or_delete() -> None:
    found = [
        f"{model._meta.label}.{name}"
        for model in our_models()
        for name in ("save", "delete")
        if name in vars(model)
    ]
    assert not found, "what happens on a write belongs into an action, where it can be seen"


def test_migrations_equal_the_models() -> None:
    with translation.override(None):  # as makemigrations does, or Django's own labels would differ
        loader = MigrationLoader(None)
        wanted = ProjectState.from_apps(apps)
        changes = MigrationAutodetector(loader.project_state(), wanted).changes(graph=loader.graph)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("congvu.")}
    missing = {
        name: [str(operation) for migration in migrations for operation in migration.operations]
        for name, migrations in changes.items()
        if name in ours
    }
    assert not missing, "regenerate the migration of these areas"
    assert not loader.detect_conflicts()
