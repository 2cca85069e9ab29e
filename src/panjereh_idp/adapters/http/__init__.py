"""The endpoints: translate the request, call one flow, translate back."""
