-- Under Quarto: what pandoc has read beforehand, in place of what Quarto made of an empty document.
-- It comes last but for the tables' filter, so that nothing of Quarto's own acts on it.

function Pandoc(doc)
  local file = assert(io.open(pandoc.utils.stringify(doc.meta.read)))
  local read = pandoc.read(file:read("a"), "json")
  file:close()
  for name, value in pairs(read.meta) do
    doc.meta[name] = value
  end
  doc.blocks = read.blocks
  return doc
end
