"""Actions on many records, run by the worker in steps that survive a crash."""
