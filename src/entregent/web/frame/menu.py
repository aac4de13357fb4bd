"""The menus of one actor on one page. Entries that the role may not use are left out (E3)."""

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.accounts.words import organisation_word
from entregent.actions.kinds import DELETE, WRITE
from entregent.directory.models import Party
from entregent.shell.frame import Frame, Link
from entregent.web.links import address, to

MOST_ACCOUNTS = 20
"""At most this many other accounts are in the user menu."""


def frame(request: Request) -> dict:
    """Return the context ``frame``, and ``word``, the account's noun for organisations.

    Both are missing on pages outside an account, and for a program with a token. The frame is computed only when a
    page draws it: fragments for htmx have none.
    """
    if getattr(request, "by", None) is None or not request.user.is_authenticated:
        return {}
    return {"frame": SimpleLazyObject(lambda: frame_for(request)), "word": organisation_word(request.by.account)}


def frame_for(request: Request) -> Frame:
    """Return the frame of ``request.by``, with the current page's entry marked. No query, except in a preview."""
    by = request.by
    menu = _marked(main_menu(by), request.path)
    home, contacts = menu[0], menu[1]
    add = add_menu(by)
    search = to(by, "search:page")
    searching = request.path == search
    phone = [home, contacts, Link(_("Search"), search, "search", current=searching)]
    if add:
        phone.append(Link(pgettext("menu", "Add"), add[0].url, "plus"))
    return Frame(
        home_url=home.url,
        phone_check_url=to(by, "suggest:phone"),
        search_url=search,
        query=request.GET.get("q", "")[:200] if searching else "",
        account_name=by.account.name,
        previewer=by.previewer,
        preview_hides=Party.objects.only_of(by).count() if by.previewer else 0,
        user_name=by.name,
        user_key=str(by.user_id),
        single_keys=request.user.single_keys,
        theme=request.user.theme,
        menu=menu,
        add=tuple(add),
        user_menu=tuple(user_menu(by)),
        phone=tuple(phone),
    )


def main_menu(by: Actor) -> list[Link]:
    """Return the main menu. Two entries may link to the same page, under the names used in different products."""
    word = organisation_word(by.account)
    contacts, organisations = to(by, "contacts:list"), to(by, "organisations:list")
    menu = [
        Link(_("Home"), to(by, "home:page"), "home"),
        Link(_("Contacts"), contacts, "users"),
        Link(word.Many, organisations, "building"),
        Link(_("Lists"), to(by, "lists:list"), "list-details"),
        Link(
            _("Client relations"),
            "",
            "heart-handshake",
            children=(Link(_("Contacts"), contacts), Link(_("Clients"), organisations)),
        ),
    ]
    if by.may(Can.READ_JOURNAL):
        menu.append(Link(_("Infobox"), to(by, "infobox:page"), "activity"))
    if by.account.reference_id is not None:
        menu.append(Link(_("What has changed"), to(by, "changes:page"), "refresh"))
    if entries := tuple(link._replace(icon="") for link in data_entry(by)):
        menu.append(Link(_("Data entry"), "", "pencil-plus", children=entries))
    if by.may(Can.OPERATE):
        menu.append(Link(_("Service"), "", "building-community", children=tuple(_console(by))))
    menu.append(Link(_("Settings"), to(by, "settings:home"), "settings", apart=True))
    if any(by.may(can) for can in DELETE.values()):
        menu.append(Link(_("Bin"), to(by, "bin:list"), "trash"))
    return menu


def _console(by: Actor) -> list[Link]:
    """Return the operator's entries."""
    return [
        Link(_("Accounts"), to(by, "service:accounts")),
        Link(_("Synchronisation"), to(by, "service:syncs")),
        Link(_("Proposed corrections"), to(by, "service:corrections")),
    ]


def data_entry(by: Actor) -> list[Link]:
    """Return the entries of «Saisir» that this role may use."""
    writes = any(by.may(can) for can in WRITE.values())
    deletes = any(
        by.may(can) for can in (Can.WRITE_CONTACTS, *DELETE.values())
    )  # links are deleted by those who write
    offered = [
        (writes, pgettext("menu", "Add"), "saisir:add", "user-plus"),
        (writes, _("Edit"), "saisir:edit", "pencil"),
        (deletes, _("Delete"), "saisir:delete", "trash"),
        (writes, _("Manage personal information"), "saisir:personal", "notebook"),
        (by.may(Can.WRITE_ITEMS), _("Reference lists"), "parametrage:home", "list-details"),
    ]
    return [Link(label, to(by, name), icon) for may, label, name, icon in offered if may]


def add_menu(by: Actor) -> list[Link]:
    """Return the entries of «Ajouter»."""
    links = []
    if by.may(Can.WRITE_CONTACTS):
        links.append(Link(_("Contact"), to(by, "contacts:new"), "user-plus"))
    if by.may(Can.WRITE_ORGANISATIONS):
        links.append(Link(organisation_word(by.account).One, to(by, "organisations:new"), "building-plus"))
    if by.may(Can.WRITE_LISTS):
        links.append(Link(_("List"), to(by, "lists:new"), "list-details"))
    if by.may(Can.IMPORT):
        links.append(Link(_("Import a file"), to(by, "imports:start"), "file-import", apart=bool(links)))
    return links


def user_menu(by: Actor) -> list[Link]:
    """Return the user menu: own pages, other accounts, sign-out."""
    links = [
        Link(_("My profile"), to(by, "settings:profile"), "user-circle"),
        Link(_("Security"), to(by, "settings:security"), "shield-check"),
    ]
    for index, (slug, name) in enumerate(by.elsewhere[:MOST_ACCOUNTS]):
        links.append(Link(name, address("home:page", slug), "arrows-exchange", apart=index == 0))
    return [*links, Link(_("Sign out"), address("account_logout"), "logout", post=True, apart=True)]


def _marked(links: list[Link], path: str) -> tuple[Link, ...]:
    """Mark the entry of the page at ``path``: the one with the longest address that is a prefix of it."""
    entries = [entry for link in links for entry in (link, *link.children) if entry.url]
    home = links[0].url
    fitting = [
        entry.url for entry in entries if path == entry.url or (entry.url != home and path.startswith(entry.url))
    ]
    here = max(fitting, key=len, default=None)
    above = any(link.url == here for link in links)
    return tuple([_with_mark(link, here, None if above else here) for link in links])


def _with_mark(link: Link, here: str | None, beneath: str | None) -> Link:
    """Return the entry, marked if its address is ``here``, with its children marked if theirs is ``beneath``."""
    children = tuple([_with_mark(child, beneath, None) for child in link.children])
    return link._replace(current=link.url == here, children=children)
