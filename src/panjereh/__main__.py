"""`python -m panjereh <command>`."""

from panjereh.config.program import main

main()
