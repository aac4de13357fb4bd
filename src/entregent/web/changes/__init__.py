"""«Ce qui a changé» in the shared directory, and «Proposer une correction»."""
