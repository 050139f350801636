"""The year-end forecast: what the rest of the year will cost, how sure that is, and how well it has done before.

A history is a frame with one row per line and one column per month (YYYY-MM), in order and without gaps, up to the
last month known. A method takes a history and how many months are left of the year (`ahead`), and gives NOK per line
for those months. The year's month 1 is the fiscal year's first.
"""
