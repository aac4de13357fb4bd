"""The reference lists («Paramétrage»): create, change, delete and replace items, and update what uses them."""
