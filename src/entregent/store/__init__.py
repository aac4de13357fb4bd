"""Database-specific code: prepared queries, bulk writes, keyset pages, counts, the text index, locks.

Free of domain terms. Database vendor names and cursors appear in this room only.
"""
