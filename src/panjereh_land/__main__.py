"""Let `python -m panjereh_land` run the program."""

from panjereh_land.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
