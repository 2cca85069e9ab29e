"""Who calls for a person: an access token of the identity provider, and proof of the key it is bound to."""
