"""What a reader sees: numbers, tables, charts and sentences. The only place that rounds, and that speaks Norwegian."""
