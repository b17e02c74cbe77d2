from django.apps import AppConfig


class Indicators(AppConfig):
    name = "congvu.indicators"
    label = "indicators"

    def ready(self) -> None:
        """What figures may count: the populations of the areas below. An area above registers its own in the same way."""
        from congvu.indicators.queries import populations_here, populations_plans, populations_work
        from congvu.indicators.queries.populations import register

        for source in (*populations_here.SOURCES, *populations_work.SOURCES, *populations_plans.SOURCES):
            register(source)
