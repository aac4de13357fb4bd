"""«Paramétrage»: the reference lists, with what uses each item."""
