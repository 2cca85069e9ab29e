"""Lets `python -m panjereh_node` start the program."""

from panjereh_node.cli import main

raise SystemExit(main())
