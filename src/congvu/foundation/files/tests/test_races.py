"""The same content is stored by one while another destroys it, each on a connection of its own: never a row without bytes."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction

from congvu.foundation import clock
from congvu.foundation.files.actions import erase_unused, files_folder, read_stored, store
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import SYSTEM
from congvu.people.models import FilePart, Person

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
A_MOMENT = 0.7  # long enough for the other hand to do what it must not, were it not held


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "x", "OPTIONS": {"location": tmp_path}}}


def keep() -> StoredFile:
    return store(SimpleUploadedFile("giấy.pdf", PDF), by=SYSTEM, at=clock.now())


def beside(act: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_what_is_stored_while_the_same_is_destroyed_keeps_its_bytes() -> None:
    old, destroyed = keep(), threading.Event()

    def store_again() -> None:
        with transaction.atomic():
            keep()
            destroyed.wait(A_MOMENT)

    with transaction.atomic():
        erase_unused([old.pk])
        other = beside(store_again)
        other.join(A_MOMENT)
    destroyed.set()
    other.join(10)
    assert read_stored(StoredFile.objects.get()) == PDF


def test_what_is_destroyed_while_the_same_is_being_named_stays() -> None:
    old, named, done = keep(), threading.Event(), []
    person = Person.objects.create(number="99", recorded_at=clock.now())

    def destroy() -> None:
        named.wait(10)
        erase_unused([old.pk])
        done.append(True)

    other = beside(destroy)
    with transaction.atomic():
        again = keep()
        named.set()
        other.join(A_MOMENT)
        FilePart.objects.create(
            person=person, kind="paper", code="KHAC", title="Giấy", file=again,
            recorded_at=clock.now(), recorded_by="Nguyễn Văn Lưu",
        )  # fmt: skip
    other.join(10)
    assert done and FilePart.objects.get().file_id == old.pk
    assert read_stored(StoredFile.objects.get()) == PDF


def test_what_nobody_names_is_gone_from_the_disk() -> None:
    old = keep()
    erase_unused([old.pk])
    assert not StoredFile.objects.exists() and not (files_folder() / old.path).exists()
