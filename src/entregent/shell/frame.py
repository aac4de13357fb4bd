"""What the frame around a page shows: plain values that an upper room fills and `shell/frame.html` draws."""

from dataclasses import dataclass
from typing import NamedTuple


class Link(NamedTuple):
    """One entry of a menu: a plain value, so that the same menu is drawn once.

    `post` makes it a button that sends a form (sign out), `badge` is a count shown beside it, `apart` draws a
    line above it.
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
        """Tell whether this entry or one beneath it is the page one is on."""
        return self.current or any(child.opened for child in self.children)


@dataclass
class Frame:
    """Everything `shell/frame.html` reads from the context variable `frame`."""

    home_url: str
    search_url: str
    query: str = ""
    account_name: str = ""
    previewer: str = ""
    """Who looks at the page as the user does, where that is somebody else; ``preview_url`` ends it."""
    preview_url: str = ""
    user_name: str = ""
    user_key: str = ""
    single_keys: bool = True
    theme: str = ""
    menu: tuple[Link, ...] = ()
    add: tuple[Link, ...] = ()
    user_menu: tuple[Link, ...] = ()
    phone: tuple[Link, ...] = ()
    due: Link | None = None
