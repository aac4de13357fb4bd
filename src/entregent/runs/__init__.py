"""Long runs: one life cycle for work on many records: checked, run, stopped, resumed, undone."""
