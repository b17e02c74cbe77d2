"""Notices: messages to people outside, in an outbox, sent by gateways.

    from congvu.foundation.notices.actions.put import NewNotice, put
    put([NewNotice(key="dossier:7:41:sms", channel="sms", to="0900000123", text="…")], at=at)

A notice is put in the same transaction as whatever it tells of and is sent later by a job. A message is handed to its
gateway at most once by the programme: what a crash left in doubt waits for a person (docs/decisions/0060). This room
knows no dossier; what a message is about is named by the caller.
"""
