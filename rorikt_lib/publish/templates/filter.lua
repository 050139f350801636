-- Tables, figures and quotation marks, written the same way whichever renderer runs this filter.
-- They become raw HTML or raw Typst here, so that no renderer numbers, moves or restyles them afterwards.

local TYPST = FORMAT == "typst"
-- Widths are reckoned in the text size of a table in the PDF.
local TABLE_EM = 52
local DIGIT_EM, LETTER_EM, PADDING_EM, GAP_EM = 0.62, 0.53, 1, 1.2
local BOLD = 1.1
local SHORT_TEXT, WIDEST_TEXT = 14, 40  -- characters; a text never wraps up to the one, always beyond the other
local SMALLEST_TEXT = 0.8  -- of the usual size, where not even wrapping makes a table fit

local function write(blocks, to)
  return (pandoc.write(pandoc.Pandoc(blocks), to, {wrap_text = "none"}):gsub("%s+$", ""))
end

-- A sign that no text of a document has: pandoc.write costs as much for a word as for a page, so that many texts are
-- written in one, with this between them.
local PARTED = pandoc.RawBlock("typst", "\1")

-- Each of several lists of blocks as Typst's content.
local function typst_each(several)
  local all, written = pandoc.List(), {}
  for _, blocks in ipairs(several) do
    all:extend(blocks)
    all:insert(PARTED)
  end
  for text in write(all, "typst"):gmatch("([^\1]*)\1") do
    table.insert(written, "[" .. text:gsub("^\n+", ""):gsub("%s+$", "") .. "]")
  end
  return written
end

local function typst(blocks)
  return typst_each({blocks})[1]
end

local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function is_text(block)
  return block.t == "Plain" or block.t == "Para"
end

-- Text in a container is a paragraph to Typst, and to a screen reader, only where it says so.
local function paragraphs(blocks)
  local texts = typst_each(blocks:filter(is_text):map(function(block) return {pandoc.Plain(block.content)} end))
  local last = 0
  return blocks:map(function(block)
    last = last + (is_text(block) and 1 or 0)
    return is_text(block) and pandoc.RawBlock("typst", "#par" .. texts[last]) or block
  end)
end

local function attribute(text)
  return (text:gsub("&", "&amp;"):gsub('"', "&quot;"):gsub("<", "&lt;"))
end

-- What may have to be scrolled sideways is named by its caption; where it has to be, page.js makes it a region.
local function scrolling(class, caption_id)
  return string.format('<div class="%s" data-named="%s">', class, attribute(caption_id))
end

-- What a page says around its text, by name; none before the document's facts are read.
local words = {}

local function word(name)
  for _, inline in ipairs(words[name] or {}) do
    if inline.t == "RawInline" and inline.format == "html" then
      return inline.text
    end
  end
  return ""
end

-- A link to where a table or figure stands, called by the number that its caption begins with.
local function permalink(id, caption)
  local number = pandoc.utils.stringify(caption[1] or pandoc.Str("")):gsub("%.$", "")
  return pandoc.RawInline("html", string.format(
    '<a class="permalink" href="#%s" aria-label="%s %s"></a>', attribute(id), word("permalink"), attribute(number)))
end

local function label(id)
  return id ~= "" and (" <" .. id .. ">") or ""
end

-- "Tabell 1." or "Figur 1." at the start of a caption stands out.
local function caption_blocks(caption)
  local inlines = pandoc.utils.blocks_to_inlines(caption.long)
  if #inlines < 3 then
    return {pandoc.Plain(inlines)}
  end
  local number = pandoc.Strong({inlines[1], inlines[2], inlines[3]})
  return {pandoc.Plain({number, table.unpack(inlines, 4)})}
end

-- "Tabell 1": what a table is called where it continues.
local function short_name(caption)
  local inlines = pandoc.utils.blocks_to_inlines(caption.long)
  return (pandoc.utils.stringify({table.unpack(inlines, 1, math.min(#inlines, 3))}):gsub("%.$", ""))
end

local function rows_of(tbl)
  local rows = pandoc.List()
  for _, body in ipairs(tbl.bodies) do
    rows:extend(body.body)
  end
  return rows
end

local function names_sum(cell)
  local first = cell and cell.contents[1]
  return first ~= nil and first.content ~= nil and #first.content == 1 and first.content[1].t == "Strong"
end

local function is_sum(row)
  return names_sum(row.cells[1])
end

-- The name of a sum stands first also where it is of a later column: nothing is said of it in those before.
local function with_sum_first(row)
  local named = row.cells:find_if(function(cell) return pandoc.utils.stringify(cell.contents) ~= "" end)
  if named and names_sum(named) and not is_sum(row) then
    row.cells[1].contents, named.contents = named.contents, row.cells[1].contents
  end
end

-- What no sign parts and no line holds whole: a checksum.
local LONG_WORD, PIECE = 40, 16  -- characters
-- Where a line may end on paper, without a sign that would be copied with the text.
local BREAK = pandoc.RawInline("typst", "#box();")

local function is_long(text)
  return #text > LONG_WORD and not text:find("[%s_/\128-\255]")
end

local function em(text)
  if is_long(text) then
    return #text * DIGIT_EM
  end
  local _, digits = text:gsub("%d", "")
  return digits * DIGIT_EM + ((utf8.len(text) or #text) - digits) * LETTER_EM
end

-- Names of files break after these signs.
local function longest_word_em(text)
  local longest = 0
  for word in text:gmatch("[^%s_/]+[_/]?") do
    longest = math.max(longest, em(word))
  end
  return longest
end

local function is_number(tbl, column)
  return tbl.colspecs[column][1] == pandoc.AlignRight
end

-- What a column needs to show its texts on one line, and the least it can do with: no word broken, no number wrapped.
local function needs(tbl, rows, column)
  local longest, least = 0, BOLD * longest_word_em(pandoc.utils.stringify(tbl.head.rows[1].cells[column].contents))
  local wraps = not is_number(tbl, column)
  for _, row in ipairs(rows) do
    local text = pandoc.utils.stringify(row.cells[column].contents)
    local short = not wraps or (utf8.len(text) or #text) <= SHORT_TEXT
    longest = math.max(longest, em(text))
    least = math.max(least, short and em(text) or longest_word_em(text))
  end
  local padding = PADDING_EM
  if wraps and column > 1 and is_number(tbl, column - 1) then
    padding = padding + GAP_EM
  end
  return math.max(least, math.min(longest, wraps and WIDEST_TEXT * LETTER_EM or longest)) + padding, least + padding
end

-- Room to spare is shared by all columns; where there is too little, the longer texts wrap, each by its part; where
-- that is not enough, the text gets smaller. Returns the columns' widths and the text's size.
local function widths(tbl, rows)
  local needed, excess, total, total_excess = {}, {}, 0, 0
  for column = 1, #tbl.colspecs do
    local least
    needed[column], least = needs(tbl, rows, column)
    excess[column] = needed[column] - least
    total, total_excess = total + needed[column], total_excess + excess[column]
  end
  local spare = TABLE_EM - total
  for column = 1, #needed do
    local share = spare / #needed
    if spare < 0 then
      share = math.max(spare, -total_excess) * excess[column] / math.max(total_excess, 1)
    end
    needed[column] = string.format("%.1ffr", needed[column] + share)
  end
  return needed, math.max(SMALLEST_TEXT, math.min(1, TABLE_EM / (total - total_excess)))
end

-- Long words may break: a web page's anywhere, so that a program that reads it finds them whole; on paper piece by piece.
local function with_breaks(blocks)
  -- A walk takes several times as long as a look at the text, and few cells need one.
  if #pandoc.utils.stringify(blocks) <= LONG_WORD then
    return blocks
  end
  return blocks:walk({Str = function(str)
    if not is_long(str.text) then
      return nil
    end
    if not TYPST then
      return pandoc.Span({str}, {class = "long"})
    end
    local inlines = pandoc.List()
    for start = 1, #str.text, PIECE do
      inlines:extend({pandoc.Str(str.text:sub(start, start + PIECE - 1)), BREAK})
    end
    return inlines
  end})
end

-- The column of names stays in sight when a table is scrolled: file names must not make it as wide as the screen.
local function breakable(blocks)
  if not pandoc.utils.stringify(blocks):find("[_/]") then
    return blocks
  end
  local break_here = TYPST and BREAK or pandoc.RawInline("html", "<wbr>")
  return blocks:walk({Str = function(str)
    if str.text:find("[_/]") then
      local inlines = pandoc.List()
      for part in str.text:gmatch("[^_/]*[_/]?") do
        inlines:extend({pandoc.Str(part), break_here})
      end
      return inlines
    end
  end})
end

-- What a cell begins with, where that has the class.
local function marked(cell, class)
  local first = cell.contents[1] and cell.contents[1].content[1]
  return first and first.t == "Span" and first.classes:includes(class) and first or nil
end

-- The heads that stand over others, `[juli 2024]{.over} Brudd`, by their column; they are taken out of the heads.
local function taken_over(tbl)
  local over = {}
  for column, cell in ipairs(tbl.head.rows[1].cells) do
    local span = marked(cell, "over")
    if span then
      over[column] = span.content
      cell.contents = {pandoc.Plain({table.unpack(cell.contents[1].content, 3)})}
    end
  end
  return over
end

-- The columns that a new head over several begins at.
local function beginnings(over, columns)
  local begins, last = {}, nil
  for column = 1, columns do
    local text = over[column] and pandoc.utils.stringify(over[column])
    if text and text ~= last then
      table.insert(begins, column)
    end
    last = text
  end
  return begins
end

-- The rows of a head: two where some stand over others.
local function head_rows(tbl, over)
  local cells = tbl.head.rows[1].cells
  if next(over) == nil then
    return {pandoc.Row(cells)}
  end
  local upper, lower, last = pandoc.List(), pandoc.List(), nil
  for column, cell in ipairs(cells) do
    local text = over[column] and pandoc.utils.stringify(over[column])
    if not text then
      cell.row_span = 2
      upper:insert(cell)
    else
      lower:insert(cell)
      if text == last then
        upper[#upper].col_span = upper[#upper].col_span + 1
      else
        upper:insert(pandoc.Cell({pandoc.Plain(over[column])}, pandoc.AlignDefault, 1, 1, {class = "over begins"}))
      end
    end
    last = text
  end
  return {pandoc.Row(upper), pandoc.Row(lower)}
end

-- The rows by the name that they share, `[Nordvik]{.again}` in all but the first, which stands once; nil where none do.
local function groups_of(rows)
  local groups, any = pandoc.List(), false
  for _, row in ipairs(rows) do
    if #groups > 0 and marked(row.cells[1], "again") then
      any = true
      groups[#groups]:insert(row)
    else
      groups:insert(pandoc.List({row}))
    end
  end
  return any and groups or nil
end

-- A group's first name spans its rows, and the name of a sum both columns of names.
local function join_names(group)
  local first, second = group[1].cells[1], group[1].cells[2]
  first.row_span = #group
  for index, row in ipairs(group) do
    if index > 1 or #second.contents == 0 or pandoc.utils.stringify(second.contents) == "" then
      local cells = row.cells
      cells:remove(index > 1 and 1 or 2)
      row.cells = cells
      first.col_span = index > 1 and first.col_span or 2
    end
  end
end

local function typst_cell(cell, text)
  if cell.row_span == 1 and cell.col_span == 1 then
    return text
  end
  local align = cell.classes:includes("over") and ", align: center" or ""
  return string.format("table.cell(rowspan: %d, colspan: %d%s)%s", cell.row_span, cell.col_span, align, text)
end

-- The cells of rows, one after another.
local function typst_cells(rows)
  local cells = pandoc.List()
  for _, row in ipairs(rows) do
    cells:extend(row.cells)
  end
  local texts = typst_each(cells:map(function(cell) return cell.contents end))
  return cells:map(function(cell, index) return typst_cell(cell, texts[index]) end)
end

local function typst_table(tbl)
  local over, rows, aligns = taken_over(tbl), rows_of(tbl), {}
  rows:map(with_sum_first)
  local columns, size = widths(tbl, rows)
  local heads, has_sum = head_rows(tbl, over), #rows > 0 and is_sum(rows[#rows])
  local begins = pandoc.List(beginnings(over, #tbl.colspecs)):map(function(column) return (column - 1) .. "," end)
  for index = 1, #tbl.colspecs do
    aligns[index] = is_number(tbl, index) and "right" or "left"
  end
  for _, row in ipairs(rows) do
    row.cells[1].contents = breakable(row.cells[1].contents)
    for _, cell in ipairs(row.cells) do
      cell.contents = with_breaks(cell.contents)
    end
  end
  for _, group in ipairs(groups_of(rows) or {}) do
    join_names(group)
  end
  return string.format(
    "#report-table(\n  columns: (%s,),\n  size: %.2f,\n  aligns: (%s,),\n  heads: %d,\n  begins: (%s),\n  rows: %d,\n"
      .. "  header: (%s,),\n  sum: %s,\n  name: %s,\n  caption: %s,\n  %s\n)%s",
    table.concat(columns, ", "), size, table.concat(aligns, ", "), #heads, table.concat(begins), #rows,
    table.concat(typst_cells(heads), ", "), tostring(has_sum), typst_string(short_name(tbl.caption)),
    typst(caption_blocks(tbl.caption)), table.concat(typst_cells(rows), ", "), label(tbl.identifier))
end

-- Letters that leave room for more than themselves on a phone.
local BESIDE = 20

-- Whether a name of several rows takes the room of a phone: then it goes out of sight with what it scrolls with.
local function has_long_names(groups)
  return groups:find_if(function(group)
    return #group > 1 and pandoc.text.len(pandoc.utils.stringify(group[1].cells[1].contents)) > BESIDE
  end) ~= nil
end

-- Each group is a body of its own, whose first name is a head of them all.
local function grouped_bodies(groups)
  return groups:map(function(group)
    group[1].cells[1].attributes.scope = #group > 1 and "rowgroup" or "row"
    for _, row in ipairs(group) do
      row.cells[2].attributes.scope = "row"
    end
    join_names(group)
    return {attr = pandoc.Attr(), body = group, head = {}, row_head_columns = 2}
  end)
end

-- What a table is called, and the links that its caption ends with.
local function named(said)
  local links = pandoc.Span({}, {class = "of-table"})
  if #said > 0 and said[#said].classes and said[#said].classes:includes("of-table") then
    links = said:remove(#said)
    said:remove(#said)
  end
  return said, links
end

-- The caption of the figure that came last.
local figure_caption = ""

-- The numbers of a chart are under it for those who want them.
local function folded(tbl)
  local of = attribute(tbl.identifier .. "-tekst")
  local summary, links = named(pandoc.utils.blocks_to_inlines(tbl.caption.long))
  tbl.caption.long, tbl.classes = {}, tbl.classes:filter(function(class) return class ~= "folded" end)
  return string.format(
    '<details class="numbers"><summary id="%s">%s</summary>\n%s\n%s\n%s\n</div>\n</details>', of,
    write({pandoc.Plain(summary)}, "html"), write(#links.content > 0 and {pandoc.Para({links})} or {}, "html"),
    -- All charts' numbers are called the same, so that it takes the chart to name them.
    scrolling("table-box", of .. " " .. figure_caption), write({tbl}, "html"))
end

-- The page's policy lets no style stand in the page: a column says by classes how it is set.
local CLASS_OF = {[pandoc.AlignRight] = "number", [pandoc.AlignCenter] = "centred"}

local function align_by_classes(tbl, rows)
  for column, spec in ipairs(tbl.colspecs) do
    for _, row in ipairs(CLASS_OF[spec[1]] and rows or {}) do
      row.cells[column].classes:insert(CLASS_OF[spec[1]])
    end
    tbl.colspecs[column] = {pandoc.AlignDefault, nil}
  end
end

local function html_table(tbl)
  rows_of(tbl):map(with_sum_first)
  local heads = pandoc.List()
  align_by_classes(tbl, {tbl.head.rows[1], table.unpack(rows_of(tbl))})
  local over = taken_over(tbl)
  for _, column in ipairs(beginnings(over, #tbl.colspecs)) do
    for _, row in ipairs({tbl.head.rows[1], table.unpack(rows_of(tbl))}) do
      row.cells[column].classes:insert("begins")
    end
  end
  for _, row in ipairs(head_rows(tbl, over)) do
    for _, cell in ipairs(row.cells) do
      cell.attributes.scope = cell.col_span > 1 and "colgroup" or "col"
    end
    heads:insert(row)
  end
  tbl.head.rows = heads
  for _, body in ipairs(tbl.bodies) do
    body.row_head_columns = 1
    for _, row in ipairs(body.body) do
      row.cells[1].attributes.scope = "row"
      if is_sum(row) then
        row.classes:insert("sum")
      end
      row.cells[1].contents = breakable(row.cells[1].contents)
      for _, cell in ipairs(row.cells) do
        cell.contents = with_breaks(cell.contents)
      end
    end
  end
  local groups = groups_of(rows_of(tbl))
  if groups then
    tbl.classes:extend(has_long_names(groups) and {"grouped", "long-names"} or {"grouped"})
    tbl.bodies = grouped_bodies(groups)
  end
  if tbl.classes:includes("folded") then
    return folded(tbl)
  end
  local caption_id = tbl.identifier .. "-tekst"
  local said, links = named(caption_blocks(tbl.caption)[1].content)
  links.content:insert(permalink(tbl.identifier, said))
  tbl.caption.long = {pandoc.Plain({pandoc.Span(said, {id = caption_id}), pandoc.Space(), links})}
  return scrolling("table-box", caption_id) .. "\n" .. write({tbl}, "html") .. "\n</div>"
end

function Table(tbl)
  tbl.colspecs[1] = {pandoc.AlignLeft, nil}  -- names of rows, even where they are dates
  if TYPST and tbl.classes:includes("folded") then
    return {}
  end
  if TYPST then
    return pandoc.RawBlock("typst", typst_table(tbl))
  end
  return pandoc.RawBlock("html", html_table(tbl))
end

-- Where a chart is shown as it is drawn for phones. Paper has the other one.
local PHONE = "screen and (max-width: 44.99em)"

local function sized(size)
  local width, height = (size or ""):match("^(%d+)x(%d+)$")
  return width and string.format(' width="%s" height="%s"', width, height) or ""
end

local function picture(image, alt)
  local given = image.attributes
  local img = string.format('<img src="%s" alt="%s"%s>', attribute(image.src), attribute(alt), sized(given.size))
  if not given.narrow then
    return img
  end
  local source = '<source media="%s" srcset="%s"%s>'
  return "<picture>" .. string.format(source, PHONE, attribute(given.narrow), sized(given["narrow-size"])) .. img .. "</picture>"
end

function Figure(figure)
  local image = nil
  figure:walk({Image = function(found) image = found end})
  local alt = image.attributes.alt or pandoc.utils.stringify(image.caption)
  if TYPST then
    return pandoc.RawBlock("typst", string.format(
      "#report-figure(%s, alt: %s, caption: %s)%s", typst_string(image.src), typst_string(alt),
      typst(caption_blocks(figure.caption)), label(figure.identifier)))
  end
  local caption_id = figure.identifier .. "-tekst"
  figure_caption = caption_id
  local caption = caption_blocks(figure.caption)
  return pandoc.RawBlock("html", string.format(
    '<figure id="%s">\n%s\n<figcaption><span id="%s">%s</span> %s</figcaption>\n</figure>',
    attribute(figure.identifier), picture(image, alt), attribute(caption_id), write(caption, "html"),
    permalink(figure.identifier, caption[1].content).text))
end

local function is_display(block)
  return block ~= nil and block.t == "RawBlock" and block.text:match("^#report%-") ~= nil
end

-- A table or figure goes together with the paragraph that introduces it, where a page has room for both.
local function typst_kept(blocks)
  local kept = pandoc.List()
  for index, block in ipairs(blocks) do
    if is_display(block) then
      local before = blocks[index - 1]
      local introduced = before ~= nil and before.t == "Para"
      if introduced then
        kept:remove()
      end
      kept:insert(pandoc.RawBlock("typst", string.format(
        "#kept(%s[\n%s\n])", introduced and "introduction: par" .. typst({before}) .. ", " or "",
        block.text)))
    else
      kept:insert(block)
    end
  end
  return kept
end

local function with_paragraphs(container)
  container.content = paragraphs(container.content)
  return container
end

local function typst_terms(list)
  local terms, blocks, lasts, meanings = pandoc.List(), pandoc.List(), pandoc.List(), pandoc.List()
  for _, item in ipairs(list.content) do
    terms:insert({pandoc.Plain(item[1])})
    for _, meaning in ipairs(item[2]) do
      blocks:extend(meaning)
    end
    lasts:insert(#blocks)
  end
  blocks = paragraphs(blocks)
  for index, last in ipairs(lasts) do
    meanings:insert({table.unpack(blocks, (lasts[index - 1] or 0) + 1, last)})
  end
  local names, texts = typst_each(terms), typst_each(meanings)
  local items = terms:map(function(_, index) return string.format("#terms.item(%s, %s)", names[index], texts[index]) end)
  return pandoc.RawBlock("typst", table.concat(items, "\n\n"))
end

-- The files that tables' captions lead to go with the PDF, since it may be read where there is no site.
local ATTACHED = {csv = "text/csv", xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
local attachments = pandoc.List()

local function attach(tbl)
  local caption = pandoc.utils.blocks_to_inlines(tbl.caption.long)
  local about = caption:walk({Span = function(span) return span.classes:includes("of-table") and {} or nil end})
  caption:walk({Link = function(link)
    local kind = ATTACHED[link.target:match("^[%w_/-]+%.(%w+)$")]
    if kind then
      attachments:insert(pandoc.RawBlock("typst", string.format(
        "#pdf.attach(%s, relationship: \"data\", mime-type: %s, description: %s)", typst_string(link.target),
        typst_string(kind), typst_string((pandoc.utils.stringify(about):gsub("%s+$", ""))))))
    end
  end})
end

local function with_attachments(doc)
  doc.blocks:extend(attachments)
  return doc
end

-- On paper a link to a file beside the page leads nowhere: its name is enough. What is attached as pages of the same PDF
-- is led to there.
function Link(link)
  local first = link.attributes.first
  link.attributes.first = nil
  if TYPST and first then
    local text = typst({pandoc.Plain(link.content)})
    return pandoc.RawInline("typst", string.format("#attached-link(%s, %s)", typst_string(first), text))
  end
  if TYPST and not link.target:match("^#") and not link.target:match("^%a+:") then
    return link.content
  end
end

-- What is of use on the web alone.
function Span(span)
  if TYPST and span.classes:includes("web") then
    return {}
  end
end

-- Where the pages of what is attached follow on paper: empty here, and filled by papers/assemble.py.
function Para(para)
  local span = para.content[1]
  if not span or span.t ~= "Span" or not span.classes:includes("attached") then
    return nil
  end
  if not TYPST then
    return {}
  end
  return pandoc.RawBlock("typst", string.format(
    "#attached(%s, %d, %s, %s)", typst({pandoc.Plain(span.content)}), tonumber(span.attributes.pages),
    typst_string(span.attributes.first), typst_string(span.attributes.name)))
end

-- A heading that says its own number is counted on from there: in the PDF, by the counter of headings.
function Header(header)
  local number = header.attributes.number
  if not TYPST or not number then
    return nil
  end
  header.attributes.number = nil
  local before, last = number:match("^(.-)(%d+)$")
  local counts = before:gsub("%.", ", ") .. (tonumber(last) - 1) .. ","
  return {pandoc.RawBlock("typst", "#counter(heading).update((" .. counts .. "))"), header}
end

-- A list of terms is there for those who ask where its heading says so. A link into it opens it.
local function unfolding(doc)
  local summary
  doc.blocks = doc.blocks:map(function(block)
    if block.t == "Header" then
      summary, block.attributes.unfolds = block.attributes.unfolds, nil
    elseif summary and block.t == "DefinitionList" then
      local shown = write({pandoc.Plain({pandoc.Str(summary)})}, "html")
      return pandoc.RawBlock("html", string.format(
        '<details class="unfolds"><summary>%s</summary>\n%s\n</details>', shown, write({block}, "html")))
    end
    return block
  end)
  return doc
end

function Quoted(quoted)
  return {pandoc.Str("«"), table.unpack(quoted.content), pandoc.Str("»")}
end

function Meta(meta)
  words = meta.words or {}
end

-- Filters run from the innermost element outwards, so quotes inside tables are done before the tables.
local of_texts = {Quoted = Quoted, Span = Span, Link = Link, Meta = Meta}
local of_blocks = {Table = Table, Figure = Figure, Header = Header, Para = Para}
if TYPST then
  local of_containers = {DefinitionList = typst_terms, BlockQuote = with_paragraphs, Div = with_paragraphs}
  return {{Table = attach}, of_texts, of_blocks, {Blocks = typst_kept}, of_containers, {Pandoc = with_attachments}}
end
return {of_texts, of_blocks, {Pandoc = unfolding}}
