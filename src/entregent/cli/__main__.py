"""Runs the command line as ``python -m entregent.cli``."""

from .main import main

if __name__ == "__main__":
    main()
