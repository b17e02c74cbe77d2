"""Numbers run without gap."""

import pytest
from django.db import transaction

from congvu.foundation.numbering.actions import take

pytestmark = pytest.mark.django_db


def test_numbers_follow_each_other_per_series() -> None:
    assert [take("a"), take("a", 3), take("a"), take("b")] == [1, 2, 5, 1]


def test_a_roll_back_gives_the_numbers_back() -> None:
    take("a")
    with pytest.raises(RuntimeError), transaction.atomic():
        take("a", 10)
        raise RuntimeError
    assert take("a") == 2


def test_no_number_is_taken_for_nothing() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        take("a", 0)


@pytest.mark.django_db(transaction=True)
def test_a_number_is_taken_only_inside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        take("a")
