"""``python -m entregent.cli``: the same as ``entregent``."""

from .main import main

if __name__ == "__main__":
    main()
