"""How many threads what is imported after this has: none of its own. For who makes a month, and for its kernels."""

import os

# Read at import. The sums are small: threads of their own would only be in the way of the chapter beside. Nor is the
# debugger, which each kernel imports and no chapter uses, to say what it thinks of this interpreter.
os.environ |= {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
