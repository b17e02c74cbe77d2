"""Gap-free series: the last number given, per series key (unit and day, or unit and year)."""

from django.db import models


class Series(models.Model):
    """`key` names the series ("dossier:H99.08:261120"); `last` is the last number given in it."""

    key = models.CharField(max_length=120, primary_key=True)
    last = models.IntegerField()
