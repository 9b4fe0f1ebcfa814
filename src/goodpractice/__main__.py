"""`python -m goodpractice` is the command `goodpractice`."""

from goodpractice.cli import main

if __name__ == "__main__":
    main(prog_name="goodpractice")
