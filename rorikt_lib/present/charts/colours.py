"""The colours of the report's charts."""

# Apart for colour-blind readers and in greyscale (dark, middle, light); all at least 3:1 against white.
BLUE = "#17456E"
ACCENT = "#B8501C"
LIGHT_BLUE = "#6A96BF"
# A surface that lines are read on; its edges must be drawn in a darker colour.
PALE_BLUE = "#D3E0EC"
GREY = "#6E6E6E"
MIDDLE_GREY = "#8F8F8F"
# For words about what is drawn in light blue: 4.5:1.
LIGHT_BLUE_TEXT = "#3F6C99"
INK = "#222222"
GRID = "#DCDCDC"
