"""`python -m goodpractice` is the command `goodpractice`."""

from goodpractice.cli import run

if __name__ == "__main__":
    run()
