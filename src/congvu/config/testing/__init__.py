"""Pytest plugin of the whole house: fast hasher, one test database per CONGVU_TEST_DB, and its fixtures.

frozen_clock  stands the clock still on Friday 20/11/2026 14:32; `.move_to(moment)`
make_person   an account with a role in a unit; `actors` a person of each role in a small place of its own
visit         a Django client signed in as someone: visit(actors.clerk).get("/")
live, page    the application on a port with the clock of `frozen_clock`, and a tab of Debian's Chromium on it
assert_accessible, enter, picture   helpers for a tab, in `congvu.config.testing.tab`
"""

import os

import hypothesis

os.environ.setdefault("CONGVU_TESTING", "1")

# A property is true or false, not slow: the machine's load must not decide. Otherwise as hypothesis has it (in CI: repeatable).
hypothesis.settings.register_profile("house", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("house")

pytest_plugins = ("congvu.config.testing.people", "congvu.config.testing.browser")
