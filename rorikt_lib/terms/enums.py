"""Our terms: every key that settings, frames and the report know a thing by, each written once.

A member is its text: it compares, hashes and prints as that, and a frame that is given it holds the plain text. What
the report calls them is in the language's folder (present/nb/members.yml). Terms for why something is as it is have
a module of their own, reasons.py.
"""

from enum import StrEnum

# The value of rows that have none: a case without category, a PC that no register knows.
UNKNOWN = "unknown"

# What a report is made of; each is a chapter, or several, that is left out where there are no exports of it.
Source = StrEnum("Source", "LEDGER TICKETS DEVICES USAGE SHARING")
# Of postings, budgets and forecasts.
Kind = StrEnum("Kind", "OPERATING INVESTMENT")
# Of an amount in a ledger.
Side = StrEnum("Side", "DEBIT CREDIT")
# Of accounts, by their first digits.
AccountClass = StrEnum("AccountClass", "INVESTMENT OPERATING BALANCE")
# A remark on a row: what an overspent line is over, and that a forecast was made in hindsight.
Mark = StrEnum("Mark", "OVER_FORECAST OVER_BUDGET HINDSIGHT")
# Of a month's report, as people write it.
ReportStatus = StrEnum("ReportStatus", {"DRAFT": "Utkast", "APPROVED": "Godkjent"})
# What a figure is held against at a glance.
Against = StrEnum("Against", "YEAR_BUDGET PHASED TARGET DEADLINE")
# Whether a municipality has approved an annual report.
Approval = StrEnum("Approval", "GRANTED PENDING")
# Of a year.
Quarter = StrEnum("Quarter", "Q1 Q2 Q3 Q4")
# Whose forecast it is.
ForecastSource = StrEnum("ForecastSource", "MODEL ADOPTED")
# Ways to read a ledger for the rest of its year; see ledger.forecast.combine.
Reading = StrEnum("Reading", "STEADY QUIET CALENDAR COMMITMENTS")
# Forecasts whose accuracy the report shows: the model's, and beside it simple rules of ledger.forecast.methods.
Method = StrEnum("Method", "CHOSEN RUN_RATE LAST_YEAR_REMAINDER")
# How often an invoice comes.
Rhythm = StrEnum("Rhythm", "MONTHLY QUARTERLY YEARLY")

# What a case is.
TicketType = StrEnum("TicketType", "INCIDENT REQUEST")
# Whether somebody still works on a case.
TicketStatus = StrEnum("TicketStatus", "OPEN CLOSED")
# What sources have among their cases that is none: a change, and a case that goes on in another.
SetAside = StrEnum("SetAside", "CHANGE MERGED")
# For whom an open case waits.
Waiting = StrEnum("Waiting", {"USER": "waiting_user", "SUPPLIER": "waiting_supplier"})
# Of cases, the least urgent first.
Priority = StrEnum("Priority", "LOW MEDIUM HIGH CRITICAL")
# What a deadline runs on: hours when the service desk is open, or all hours.
Clock = StrEnum("Clock", "SERVICE CALENDAR")
# Of a working week.
Weekday = StrEnum("Weekday", "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY")
# What a deadline is written in.
TimeUnit = StrEnum("TimeUnit", "HOURS DAYS")
# Whether a deadline was met; unknown where no response is registered.
Verdict = StrEnum("Verdict", "WITHIN BREACHED UNKNOWN")
# Our verdict on a resolved case beside that of the system it comes from.
VerdictPair = StrEnum("VerdictPair", "BOTH_WITHIN BOTH_BREACHED ONLY_WE_BREACHED ONLY_SOURCE_BREACHED NO_FLAG")

# Who uses a PC.
UserGroup = StrEnum("UserGroup", "STAFF PUPIL")
# Of a PC's Windows version: support has ended, ends before the PC is to be replaced, does not, or is not known.
_SUPPORT = ("ended", "ends_early", "lasts", "unknown")
Support = StrEnum("Support", {name.upper(): f"support_{name}" for name in _SUPPORT})

# What inhabitants and staff use.
Channel = StrEnum("Channel", "PORTAL CHATBOT")
# What one figure of use is of.
Span = StrEnum("Span", "DAY MONTH")
