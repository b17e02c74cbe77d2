"""The one-stop's papers as PDF and Word: which fields a slip has (`fields`), how it looks (`slips.typ`, `book.typ`)."""
