"""`python -m kith.config.cli`: the command line without its installed script."""

from kith.config.cli import main

if __name__ == "__main__":
    main()
