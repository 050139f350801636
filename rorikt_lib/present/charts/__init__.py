"""The report's charts: pure functions, frames of declared tables in, drawing out. Captions are the caller's."""
