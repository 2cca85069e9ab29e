"""Checking documents and filing receipts, for the programs of banks, courts and offices."""
