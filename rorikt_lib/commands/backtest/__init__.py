"""`rorikt backtest`: a ledger file in, how near the forecast would have come out, as text or JSON."""
