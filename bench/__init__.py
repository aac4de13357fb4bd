"""`make bench`: what the program costs, beside what the machine can do at that moment."""
