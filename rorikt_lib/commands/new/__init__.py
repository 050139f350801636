"""rorikt new: what people write and decide each month, begun for them."""
