"""Monthly economy and activity report of an inter-municipal IT service."""
