"""The public check of documents: no account, by number and code or by the file itself."""
