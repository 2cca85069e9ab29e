"""Django's PostgreSQL backend with an end to every wait: a silent server holds no thread for ever."""
