"""The roof: settings, addresses, WSGI. Names every room; imported by none."""
