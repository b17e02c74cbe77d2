"""Reading the people who hold the posts."""

from congvu.people.queries.lists import Asked, Row, people_list
from congvu.people.queries.present import present

__all__ = ["Asked", "Row", "people_list", "present"]
