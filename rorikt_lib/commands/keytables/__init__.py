"""`rorikt share` and `rorikt audit`: a key table file in, what each municipality pays or what does not follow out."""
