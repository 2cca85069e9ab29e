"""The interface for programs: JSON over HTTP under `/api/v1/`, described in `openapi.json`."""
