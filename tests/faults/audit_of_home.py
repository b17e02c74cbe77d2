"""What the database of a home holds after the faults, as one JSON document."""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.config.settings")

import django

django.setup()

from congvu.dossiers.models import Dossier, DossierEvent, DossierStep  # noqa: E402
from congvu.foundation import clock  # noqa: E402
from congvu.foundation.audit.chain import seal, verify  # noqa: E402
from congvu.foundation.audit.models import AuditEntry  # noqa: E402

seal(at=clock.now())
print(
    json.dumps(
        {
            "dossiers": {str(key): code for key, code in Dossier.objects.values_list("intake_key", "code")},
            "events": DossierEvent.objects.count(),
            "steps": DossierStep.objects.count(),
            "audit": AuditEntry.objects.filter(object_kind="dossier").count(),
            "problems": list(verify().problems),
        }
    )
)
