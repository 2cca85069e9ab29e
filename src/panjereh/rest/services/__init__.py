"""The published services, for programs: the list, the search and each one."""
