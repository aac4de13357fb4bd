"""The fields of records: the register of built-in ones; definitions, values and filters of accounts' own (C6)."""
