"""Hội nghị: those that were loaded from files, the last held first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.ui.pager import decode_dated
from congvu.reports.queries.conference import conferences


def conference_list(request: HttpRequest) -> HttpResponse:
    """`/hoi-nghi/`: 1 statement."""
    page = conferences(decode_dated(request.GET.get("sau", "")))
    return render(request, "reports/web/conference_list.html", {"page": page})
