"""Run with `python -m panjereh_idp`."""

from panjereh_idp.cli import main

if __name__ == "__main__":
    main()
