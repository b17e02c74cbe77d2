"""Reads of the indices.

sets.set_list, set_of, nodes_of · rounds.round_list, round_of, sheets_of · sheets.sheet_of, cells_of, history ·
results.table_of · fill.texts_of
"""
