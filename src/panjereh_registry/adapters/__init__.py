"""Where the registry meets disk, environment and HTTP."""
