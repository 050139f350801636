-- Under Quarto: what pandoc has read beforehand, in place of what Quarto made of an empty document.
-- It comes last but for the tables' filter, so that nothing of Quarto's own acts on it.

local counts = {}

-- In the PDF the headings' counter numbers them, and the embedded renderer has pandoc do it.
local function numbered(header)
  if header.classes:includes("unnumbered") then
    return nil
  end
  local number = header.attributes.number
  if number then
    counts = {}
    for count in number:gmatch("%d+") do
      table.insert(counts, tonumber(count))
    end
  else
    for level = 1, header.level do
      counts[level] = (counts[level] or 0) + (level == header.level and 1 or 0)
    end
    counts = {table.unpack(counts, 1, header.level)}
    number = table.concat(counts, ".")
  end
  header.attributes.number = nil
  local span = pandoc.Span({pandoc.Str(number)}, {class = "header-section-number"})
  header.content = {span, pandoc.Space(), table.unpack(header.content)}
  return header
end

function Pandoc(doc)
  local file = assert(io.open(pandoc.utils.stringify(doc.meta.read)))
  local read = pandoc.read(file:read("a"), "json")
  file:close()
  for name, value in pairs(read.meta) do
    doc.meta[name] = value
  end
  doc.blocks = FORMAT == "typst" and read.blocks or read.blocks:walk({Header = numbered})
  return doc
end
