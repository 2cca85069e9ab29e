"""The rooms. Higher may use lower, only through the door `api.py`."""
