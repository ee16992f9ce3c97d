"""`python -m claimatlas` is the command `claimatlas`."""

from claimatlas.cli import main

if __name__ == "__main__":
    main()
