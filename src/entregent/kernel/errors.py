"""The kernel's only exception: a code with parameters, which the rooms above turn into a message."""

CODES = frozenset(
    {
        "cursor",
        "date",  # value
        "department",
        "email_domain",  # domain
        "email_name",  # "Marie <marie@example.org>"
        "email_not_ascii",
        "email_no_at",
        "email_several",
        "email_space",
        "email_syntax",
        "email_too_long",  # limit
        "email_two_ats",
        "neq_check_digit",
        "neq_format",
        "phone_no_digits",
        "postal_code",  # country, example
        "required",
        "siren_check_digit",
        "siren_format",
        "siret_check_digit",
        "siret_format",
        "too_long",  # limit
        "vat_check_digit",
        "vat_format",
        "website",
    }
)


class Bad(ValueError):
    """A refused value. `code` says why (the kernel's own are in CODES); `params` fill in the message."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
