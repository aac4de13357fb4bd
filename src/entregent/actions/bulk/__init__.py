"""Actions on many records: by the worker, in steps that survive a crash."""
