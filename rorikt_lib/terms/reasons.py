"""Our terms for why something is as it is: a row refused, a PC in doubt, a deadline not met, a number restated."""

from enum import StrEnum

# What the exports have that a reader should know of, and why a row could not be read.
Finding = StrEnum(
    "Finding",
    "AMOUNTS_DIFFER BALANCE_ACCOUNTS CHANGES_SET_ASIDE CLOSED_WITHOUT_TIME DEBIT_AND_CREDIT DELETED_CASES "
    "DUPLICATE_DEVICES DUPLICATE_REGISTER_ROWS EXTRA_CELLS EXTRA_EMPTY_CELLS EXTRACT_WITHOUT_CHECK_IN FOOTER_ROW "
    "HIDDEN_ROWS IDENTICAL_FILE IMPOSSIBLE_TIME "
    "LEFT_MUNICIPALITY MERGED_CASES MISSING_AMOUNT MISSING_DATE MISSING_MONTH MISSING_MUNICIPALITY MISSING_VALUE "
    "MOBILE_DEVICES NEVER_CHECKED_IN NEVER_SEEN NOT_ADOPTED NOT_YET_JOINED NO_PURCHASE_DATE NO_ROWS OLDER_EVENTS "
    "OPENING_BALANCES OVERLAPPING_ROWS "
    "OVERLAPPING_ROWS_DIFFER PAUSED_LONGER_THAN_OPEN PAUSES_SPREAD PERIOD_FROM_DATE RAGGED_ROW REOPENED REOPENED_CASES "
    "REPEATED_HEADER RESOLVED_AT_IMPUTED RESOLVED_BEFORE_CREATED RESPONDED_BEFORE_CREATED ROW_BEFORE_HEADER "
    "SECOND_HEADER STRAY_CELL TOTAL_ROW TOTAL_ROW_DIFFERS TWO_MUNICIPALITIES UNKNOWN_LINE UNKNOWN_MUNICIPALITY "
    "UNKNOWN_STATE UNKNOWN_VALUE UNLINKED_NAME UNLISTED_ANALYSES UNREAD_ANALYSES UNREAD_SHEET UNREADABLE_VALUE "
    "UNUSABLE_SERIAL VOUCHER_IN_TWO_FILES",
)
# Why somebody must look into a PC. NOT_SEEN: no check-in for devices.not_seen_days, or ever. NO_PURCHASE_DATE: not in
# the register, or without date there. PURCHASED_LATER: bought after the extract. PURCHASED_EARLY: before 2000.
# OTHER_MODEL: of no class of the settings. TWO_MUNICIPALITIES: the registers give it to more than one. NEVER_SEEN: in
# the register, but in no extract.
Doubt = StrEnum(
    "Doubt",
    "NOT_SEEN NO_PURCHASE_DATE PURCHASED_LATER PURCHASED_EARLY OTHER_MODEL TWO_MUNICIPALITIES NEVER_SEEN",
)
# Why a deadline was not met, in order of precedence (see tickets.breaches); last what people wrote themselves.
BreachCause = StrEnum(
    "BreachCause",
    "IMPUTED REGISTERED_LATE REOPENED WAITING_SUPPLIER WAITING_USER WAITING OUT_OF_HOURS ANSWERED_LATE UNKNOWN WRITTEN",
)
# Who says why a deadline was not met.
CauseFrom = StrEnum("CauseFrom", "WRITTEN DATA")
# Why the two verdicts differ; see tickets.twin.
VerdictReason = StrEnum("VerdictReason", "PAUSES CLOCK CLOCK_AND_PAUSES IMPUTED NEAR_TARGET UNKNOWN")
# Why a number counts other cases than in an earlier report, in order of precedence: the first that fits a case.
# TIME_CHANGED fits what is left of the cases; RULES is what they do not account for: other settings, another version.
RestatedCause = StrEnum(
    "RestatedCause",
    "DELETED GONE AFTER_CUT_OFF REGISTERED_LATE RECLASSIFIED MOVED IMPUTED REOPENED RESOLVED_LATE TIME_CHANGED RULES",
)
