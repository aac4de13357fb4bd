"""Reference lists («Paramétrage»): their register, what uses their items, words made as they are typed."""
