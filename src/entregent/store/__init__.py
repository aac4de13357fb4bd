"""What touches a database's own ways: prepared queries, bulk rows, keyset pages, counts, text index, locks.

It knows no domain word. Vendor names and cursors stand here and nowhere else.
"""
