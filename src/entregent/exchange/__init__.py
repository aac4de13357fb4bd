"""In and out. Formats are pure codecs; importing and exporting go through the actions."""
