"""Papers: PDF from a Typst template, Word from a template an office may change, the QR and the bar code on them.

    from congvu.foundation.papers.pdf import render
    pdf = render("dossiers/web/papers/slips.typ", {"slips": [...]})

What people typed travels beside a template as data and is never read as markup. This room knows no dossier: an area
keeps its templates beside its screens and hands over plain values.
"""
