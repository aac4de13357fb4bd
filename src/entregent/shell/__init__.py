"""The shell (floor 0): how every page looks and behaves. Free of domain terms and models.

It provides the base templates, parts, css, js, icons and `page()`.

For the author of a page
------------------------
* The style guide at `/service/style/` shows every part: copy its markup (`templates/shell/style/`).
* Templates to extend: `"shell/frame.html"` (signed in; blocks `title`, `crumbs`, `heading`, `actions`,
  `body`, or `content` for all of it), `"shell/bare.html"` (sign-in, errors; blocks `title`, `heading`,
  `body`, `side`), `"shell/dialog.html"` (one template, a dialog over htmx and a page without JavaScript;
  blocks `title`, `heading`, `body`). Two columns in `body`: `<div
  class="columns"><div>…</div><aside>…</aside></div>`.
* `frame.html` reads the context variable `frame` (`frame.py`), set by a context processor of a room above.
* Tags (builtins, nothing to load): `{% icon "user" %}`, `{% icon "user" title=_("Person") %}`, `{% field
  form.name wide=True %}`, `{% avatar name %}`, `{% query page=2 %}`; filters `initials`, `tone`, `near`.
  Icons are listed in `icons.txt` (Tabler's names, one per line): add the name you need.
* Forms: `{% include "shell/parts/form.html" with form=form submit=_("Save") cancel_url=url %}` renders a
  whole one; those laid out by hand use `parts/errors.html` (summary with links), `{% field %}`,
  `parts/bar.html` (buttons). Attributes on `<form>`: `data-confirm-leave`, `data-draft` (with `data-bound`
  when `form.is_bound`), `data-once`.
* Views: `page(request, template, part, **context)`; after a change `say(request, text, undo=url)`, then
  Django's `redirect()`: the middleware turns it into a full-page visit for htmx, so that a dialog needs no
  code of its own.
* A link `<a href="…" data-dialog>` opens its page (a `shell/dialog.html`) as a dialog; the responses of its
  forms are shown inside.
* Other attributes: `data-selection` (tick boxes, see `style/list.html`), `data-combobox` on a `<select>` (with
  `data-url`, `data-create`), `data-row` and `data-open` (j, k), `data-key="1"` (Alt+1), `data-menu` on `<details>`.
  To refresh a part periodically use plain htmx: `hx-get="…" hx-trigger="every 1s" hx-swap="outerHTML"`.
* Rooms above keep their css and js in `front/css/*.css` (layer `pages`) and `front/js/*.js`: `build.py` joins
  them into the one file that is served. Design values are defined in `tokens.css` only.
"""
