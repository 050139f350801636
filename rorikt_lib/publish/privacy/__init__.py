"""The privacy gate: what is about to be published is read as a reader reads it, and refused where it is private."""
