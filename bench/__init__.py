"""`make bench`: benchmarks of the program, relative to the machine's speed at that moment."""
