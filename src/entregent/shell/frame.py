"""Contents of the frame around a page: plain values, filled by a room above and rendered by `shell/frame.html`."""

from dataclasses import dataclass
from typing import NamedTuple


class Link(NamedTuple):
    """A menu entry: hashable, so that a rendered menu can be cached.

    `post`: a button that submits a form (sign out); `badge`: a count shown beside it; `apart`: draw a line above
    it.
    """

    label: str
    url: str
    icon: str = ""
    current: bool = False
    badge: str | int = ""
    children: tuple["Link", ...] = ()
    post: bool = False
    apart: bool = False

    @property
    def opened(self) -> bool:
        """Whether this entry or one of its children is the current page."""
        return self.current or any(child.opened for child in self.children)


@dataclass
class Frame:
    """Everything `shell/frame.html` reads from the context variable `frame`."""

    home_url: str
    search_url: str
    query: str = ""
    account_name: str = ""
    phone_check_url: str = ""
    """Where a typed phone number is checked: JSON ``{"warning": "…"}`` for ``?q=…&country=…``."""
    previewer: str = ""
    """The name of the user who previews the page as this one, if any."""
    preview_hides: int = 0
    """How many things the preview does not show."""
    user_name: str = ""
    user_key: str = ""
    single_keys: bool = True
    theme: str = ""
    menu: tuple[Link, ...] = ()
    add: tuple[Link, ...] = ()
    user_menu: tuple[Link, ...] = ()
    phone: tuple[Link, ...] = ()
