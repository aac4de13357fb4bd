"""Long runs: the common life cycle of work on many records, such as imports: check, run, stop, undo."""
