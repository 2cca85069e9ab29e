"""A person's own documents: the list, one document, the signed file."""
