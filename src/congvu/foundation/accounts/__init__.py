"""What people do to accounts: sign in, passwords, roles, delegations. Each act is written to the audit log.

The tables and the actor are `foundation.identity`, below the audit log; the verbs need both, so they live here.
"""
