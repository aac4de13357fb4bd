"""Reference lists («Paramétrage»): their register, what uses their items, items created as they are typed."""
