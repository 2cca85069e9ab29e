"""The rules of the FAPI 2.0 profile as pure functions: no socket, no database, no clock, no randomness."""
