from django.apps import AppConfig


class Reports(AppConfig):
    name = "congvu.reports"
    label = "reports"

    def ready(self) -> None:
        """What figures may count of this area."""
        from congvu.indicators.queries.populations import register
        from congvu.reports.queries.conference_rollup import UNITS_COMPLETE

        register(UNITS_COMPLETE)
