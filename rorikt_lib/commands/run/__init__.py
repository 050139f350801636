"""rorikt run: a month's draft made where nobody watches, with a log, an exit code and a notification."""
