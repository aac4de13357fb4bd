"""The views of «Paramètres», one module per subject."""
