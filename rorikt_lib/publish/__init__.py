"""From chapters to site: execute, assemble, render, check, swap. The only room that writes `_build` and `_site`."""
