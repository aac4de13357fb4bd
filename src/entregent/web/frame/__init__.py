"""The frame around every page: menu, search box, «Ajouter», the user."""
