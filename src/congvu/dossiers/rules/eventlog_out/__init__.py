"""Event logs for analysts: what a dossier, its steps and papers become in XES and OCEL 2.0. Pure; text in pieces.

Sources: XES 2.0 (IEEE 1849), OCEL 2.0 specification (ocel-standard.org). Nothing here reads more than one dossier at a
time, so a log of any length is written in constant memory.
"""
