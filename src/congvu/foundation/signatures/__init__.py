"""Digital signatures on PDF papers: sign (PAdES with a time stamp), verify, and the keys and trusted roots they need.

    from congvu.foundation.signatures.verify import verify
    verdict = verify(content, trust, at=now)
    verdict.valid, verdict.words, verdict.signers

Keys lie below the home (`signing/`), readable by the service alone, or on a PKCS#11 token; never in the database.
"""
