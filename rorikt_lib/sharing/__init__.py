"""The yearly documents: costs shared by keys, budget, plan, settlement and scenarios, exact to the rounding unit."""
