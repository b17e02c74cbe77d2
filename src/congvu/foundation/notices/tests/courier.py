"""A worker of the tests as its own process: sends what waits to the mail server at PORT and ends."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.config.settings")

import django

django.setup()

from congvu.foundation import clock  # noqa: E402
from congvu.foundation.notices.actions.deliver import deliver  # noqa: E402
from congvu.foundation.notices.smtp import SmtpGateway  # noqa: E402

gateway = SmtpGateway("127.0.0.1", int(sys.argv[1]), "mot-cua@tinh.example", security="none")
deliver({"email": gateway}, clock.now)
