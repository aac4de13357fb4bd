"""The REST API `/api/v1/`: one module per resource, calling the same actions as the pages.

`app` assembles it; `gate`: authentication and rate limit; `problems`: errors (RFC 9457); `schemas`: common types;
`parties`: what contacts and organisations have in common; `idempotency`: repeated POST requests.
"""
