"""Raw exports → clean tables: one module a format. Recognise, parse, accept; quarantine what cannot be read."""
