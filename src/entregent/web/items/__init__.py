"""«Paramétrage»: the reference lists, and what uses each item."""
