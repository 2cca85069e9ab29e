"""Lets `python -m panjereh_registry` start the program."""

from panjereh_registry.cli import main

raise SystemExit(main())
