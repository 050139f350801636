"""Meeting papers: what people write of a meeting, and what is attached to it, as pages of one PDF."""
