"""Cases: drafts, the facts they stand on, the legal clock, decisions with their reasons."""
