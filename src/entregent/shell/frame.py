"""What the frame around a page shows: plain values that an upper room fills and `shell/frame.html` draws."""

from dataclasses import dataclass, field


@dataclass
class Link:
    """One entry of a menu.

    `post` makes it a button that sends a form (sign out), `badge` is a count shown beside it, `apart` draws a
    line above it.
    """

    label: str
    url: str
    icon: str = ""
    current: bool = False
    badge: str | int = ""
    children: list["Link"] = field(default_factory=list)
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
    menu: list[Link] = field(default_factory=list)
    add: list[Link] = field(default_factory=list)
    user_menu: list[Link] = field(default_factory=list)
    phone: list[Link] = field(default_factory=list)
    due: Link | None = None
