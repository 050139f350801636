"""Makes the demo exports: made-up raw files whose computed figures are those the organisation published."""
