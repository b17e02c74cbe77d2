from viewflow import jsonstore
from viewflow.workflow.models import Process


class PeerDossier(Process):
    """The dossier as Viewflow would keep it: fields inside the process's JSON."""

    code = jsonstore.CharField(max_length=64)
    applicant = jsonstore.CharField(max_length=200)
    phone = jsonstore.CharField(max_length=20)

    class Meta:
        proxy = True
