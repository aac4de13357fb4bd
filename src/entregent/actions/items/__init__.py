"""The reference lists («Paramétrage»): create, change, delete, replace, and what follows."""
