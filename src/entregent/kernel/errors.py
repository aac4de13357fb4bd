"""The one error of the kernel: a code and its parameters, put into words by the rooms above."""

CODES = frozenset(
    {
        "country",  # value
        "cursor",
        "date",  # value
        "email_domain",  # domain
        "email_list",  # several addresses where one is expected
        "email_local_too_long",  # limit
        "email_name",  # "Marie <marie@example.org>"
        "email_not_ascii",
        "email_no_at",
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
    }
)


class Bad(ValueError):
    """A value the kernel refuses; `code` is one of CODES, `params` fill the translated sentence."""

    def __init__(self, code: str, **params: object) -> None:
        if code not in CODES:
            raise LookupError(code)
        super().__init__(code)
        self.code = code
        self.params = params
