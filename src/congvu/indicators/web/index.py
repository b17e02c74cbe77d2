"""The statistics page: what there is, one sentence each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def statistics_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/`. No statement of its own."""
    return render(request, "indicators/web/index.html")
