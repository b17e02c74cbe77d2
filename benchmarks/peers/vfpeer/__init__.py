"""The peer's app: Viewflow finds a flow only inside an installed app."""
