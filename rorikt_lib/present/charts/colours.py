"""The colours of the report's charts, on white and on a dark screen."""

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
# The page, which words in dark bars and gaps between bars have the colour of.
PAPER = "#FFFFFF"

# From few to many: words on the last are in the colour of the page, on the others in ink.
HEAT = ["#EDF2F7", PALE_BLUE, "#A8C3DC", LIGHT_BLUE, BLUE]

# What each becomes on a dark screen: as far from its page, and words as far from what they stand on.
DARK = {
    BLUE: "#8FBFEA",
    ACCENT: "#F0915A",
    LIGHT_BLUE: "#436B93",
    HEAT[0]: "#18222C",
    PALE_BLUE: "#22384D",
    HEAT[2]: "#315272",
    GREY: "#A3AEB9",
    MIDDLE_GREY: "#7C8791",
    LIGHT_BLUE_TEXT: "#7FA9D1",
    INK: "#E6EBF0",
    GRID: "#333E49",
    PAPER: "#12181F",
}
