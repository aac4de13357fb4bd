"""The frame around every page: menu, search box, «Ajouter», user menu."""
