"""The account plane: the pages that prove who a person is, for the identity provider that asked."""
