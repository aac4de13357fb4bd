"""What is asked of the directory: words, conditions, nested filters; and the pages that answer."""
