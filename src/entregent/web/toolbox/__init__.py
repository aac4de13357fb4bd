"""The pages of the toolbox: panel, dialogs, shortcuts, actions on a selection."""
