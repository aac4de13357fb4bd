"""Who may see a record (B3), and the answer to «Qui voit cette fiche ?» (X12)."""
