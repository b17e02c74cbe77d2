from django.apps import AppConfig


class Indices(AppConfig):
    name = "congvu.indices"
    label = "indices"

    def ready(self) -> None:
        """The participants of rounds are records figures may count."""
        from congvu.indicators.queries.populations import register
        from congvu.indices.queries.population import PARTICIPANTS

        register(PARTICIPANTS)
