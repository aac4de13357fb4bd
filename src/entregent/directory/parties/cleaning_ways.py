"""Clean e-mails, phones, websites and postal addresses."""

from dataclasses import dataclass
from typing import Any

from entregent.directory.messages import Problem
from entregent.kernel.countries import country_code
from entregent.kernel.emails import parse_email
from entregent.kernel.errors import Bad
from entregent.kernel.phones import parse_phone
from entregent.kernel.postcodes import check_postal_code
from entregent.kernel.text import clean_line, clean_text, phone_digits
from entregent.kernel.websites import website_url

from .cleaning_values import Values, label_of, string


@dataclass(slots=True)
class Way:
    """An e-mail, phone or website, cleaned or stored, with the ``key`` that it is compared by."""

    kind: str
    value: str
    key: str
    label: str = ""
    extension: str = ""
    shared: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as an item of a card."""
        return {"value": self.value, "label": self.label, **({"shared": True} if self.shared else {})}


class Ways(Values):
    """Cleans the e-mails, phones, websites and addresses of a card."""

    def _email(self, item: dict, name: str) -> Way | None:
        value = string(item.get("value"))
        if not value.strip():
            return None
        email = parse_email(value)
        return Way("email", email.value, email.key, label_of(item), "", item.get("shared") is True)

    def _phone(self, item: dict, name: str, country: str) -> Way | None:
        value = string(item.get("value"))
        if not value.strip():
            return None
        phone = parse_phone(value, country)
        label = label_of(item) or clean_line(phone.note, 60)[:60]
        # The typed text is kept; the extension is also stored in its own column.
        return Way("phone", clean_line(value, 60), phone.e164 or phone_digits(phone.raw), label, phone.extension[:20])

    def _website(self, item: dict, name: str) -> Way | None:
        value = clean_line(string(item.get("value")), 500)
        if not value:
            return None
        return Way("website", value, website_url(value)[:500], label_of(item))

    def _refuse_repeats(self, channels: list[Way]) -> None:
        seen: set[str] = set()
        for channel in channels:
            if channel.kind == "email":
                if channel.key in seen:
                    self.problems.append(Problem("email", "email_twice"))
                seen.add(channel.key)

    def _address(self, item: dict, name: str) -> dict[str, str] | None:
        prefix = "" if name == "address" else f"{name}."
        part = {key: item.get(key) for key in ("label", "street", "postal_code", "city", "province", "country")}
        if not any(part[key] for key in ("street", "postal_code", "city", "province")):
            return None
        before = len(self.problems)
        address = {
            "label": self._text(part, "label", lambda text: clean_line(text, 60)),
            "street": self._text(part, "street", lambda text: clean_text(text, 500)),
            "city": self._text(part, "city", lambda text: clean_line(text, 120)),
            "province": self._text(part, "province", lambda text: clean_line(text, 80)),
            "country": self._text(part, "country", _country) or self.account.country,
        }
        country = address["country"]
        address["postal_code"] = self._text(part, "postal_code", lambda text: check_postal_code(country, text))
        for index in range(before, len(self.problems)):
            found = self.problems[index]
            self.problems[index] = Problem(prefix + found.field, found.code, found.params)
        return address


def _country(text: str) -> str:
    code = country_code(text)
    if not code:
        raise Bad("country")
    return code
