"""The toolbox: its panel, its dialogs, its shortcuts, actions on a selection."""
