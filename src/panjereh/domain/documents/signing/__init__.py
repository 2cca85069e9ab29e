"""Signing documents for their issuer, and judging the signatures of files people bring."""
