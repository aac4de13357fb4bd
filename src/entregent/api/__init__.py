"""The REST API `/api/v1/`, one file a resource, over the same actions as the pages.

`app` puts it together; `gate` says who comes in and how often, `problems` how errors are told (RFC 9457), `schemas`
what goes in and out, `parties` what contacts and organisations have in common, `idempotency` lets a POST be
sent again.
"""
