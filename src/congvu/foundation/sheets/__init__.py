"""Sheets that people bring: XLSX and CSV, read into rows; what was merged is named, nothing is guessed."""
