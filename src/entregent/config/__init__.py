"""Settings, URLs and WSGI entry point. Imports every room; no room imports it."""
