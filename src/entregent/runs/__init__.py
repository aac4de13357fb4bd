"""Long runs: one life cycle for all work on many records, from a file or a set to its report and back."""
