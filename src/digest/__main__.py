"""Run the command line as ``python -m digest``."""

from digest.cli import app

if __name__ == "__main__":
    app()
