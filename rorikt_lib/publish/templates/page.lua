-- What a web page has for those who look something up: numbered headings with permalinks, a menu of them, ways from
-- chapter to chapter, and terms explained where they stand. The same for both renderers; the PDF has its own.

if FORMAT == "typst" then
  return {}
end

local stringify = pandoc.utils.stringify

local function html(text)
  return pandoc.RawBlock("html", text)
end

local function write(blocks)
  return (pandoc.write(pandoc.Pandoc(blocks), "html", {wrap_text = "none"}):gsub("%s+$", ""))
end

local function escaped(text)
  return (text:gsub("&", "&amp;"):gsub('"', "&quot;"):gsub("<", "&lt;"))
end

-- A text of the templates, as it stands in a page.
local function fact(value)
  for _, inline in ipairs(value or {}) do
    if inline.t == "RawInline" and inline.format == "html" then
      return inline.text
    end
  end
  return ""
end

-- Headings: what they are called, their numbers, their links.

-- A heading that says its own number is counted on from there.
local function number_headings(headers, top)
  local counts = {}
  for _, header in ipairs(headers) do
    local given, depth = header.attributes.number, header.level - top + 1
    header.attributes.number = nil
    if not header.classes:includes("unnumbered") then
      if given then
        counts = {}
        for count in given:gmatch("%d+") do
          table.insert(counts, math.tointeger(count))
        end
      else
        for level = 1, depth do
          counts[level] = (counts[level] or 0) + (level == depth and 1 or 0)
        end
        counts = {table.unpack(counts, 1, depth)}
      end
      local number = pandoc.Span({pandoc.Str(table.concat(counts, "."))}, {class = "header-section-number"})
      header.content = {number, pandoc.Space(), table.unpack(header.content)}
    end
  end
end

local function with_permalink(header, words)
  local name = escaped(stringify(header.content))
  local link = string.format(
    '<a class="permalink" href="#%s" aria-label="%s %s"></a></div>',
    escaped(header.identifier), fact(words.permalink), name)
  return {html('<div class="heading">'), header, html(link)}
end

-- The menu: a list of the headings, each level within the one above.
local function menu(headers, top)
  local lines, depth = {}, 0
  for _, header in ipairs(headers) do
    local level = math.min(header.level - top + 1, depth + 1)
    if level > depth then
      table.insert(lines, "<ul>")
    else
      table.insert(lines, "</li>" .. ("</ul></li>"):rep(depth - level))
    end
    depth = level
    table.insert(lines, string.format(
      '<li><a href="#%s">%s</a>', escaped(header.identifier), write({pandoc.Plain(header.content)})))
  end
  table.insert(lines, ("</li></ul>"):rep(depth))
  return table.concat(lines, "\n")
end

-- Chapters: the ways on at their ends.

local function way(rel, said, chapter)
  if not chapter then
    return ""
  end
  return string.format(
    '<a rel="%s" href="#%s"><span>%s</span> %s</a>', rel, escaped(chapter.identifier), fact(said),
    write({pandoc.Plain(chapter.content)}))
end

-- To the same chapter of another month; the page's script knows which there are.
local function month_way(to, said, chapter)
  return string.format(
    '<a data-month="%s" data-place="#%s" hidden><span>%s</span> <span class="name"></span></a>', to,
    escaped(chapter.identifier), fact(said))
end

local function ways(chapters, index, words)
  return html('<div class="ways">\n' .. table.concat({
    way("prev", words["previous-chapter"], chapters[index - 1]),
    way("next", words["next-chapter"], chapters[index + 1]),
    month_way("previous", words["same-chapter"], chapters[index]),
    month_way("next", words["same-chapter"], chapters[index]),
  }, "\n") .. "\n</div>")
end

-- Terms: the entries of the glossary by the words that they are called in a text.

local function words_of(text)
  local found = {}
  for word in pandoc.text.lower(text):gmatch("%S+") do
    table.insert(found, word)
  end
  return found
end

-- Entry: its place, the blocks that explain it, and the words of each of its forms.
local function glossary(blocks, forms)
  local entries = {}
  pandoc.Blocks(blocks):walk({DefinitionList = function(list)
    for _, item in ipairs(list.content) do
      local term = item[1][1]
      local key = term and term.t == "Span" and term.identifier:match("^def%-.+")
      if key then
        local entry = {key = key, term = stringify(item[1]), text = item[2][1], forms = {}}
        for _, form in ipairs(forms[key] or {}) do
          table.insert(entry.forms, words_of(fact(form)))
        end
        for name in entry.term:gmatch("[^,]+") do
          table.insert(entry.forms, words_of(name))
        end
        entries[#entries + 1] = entry
      end
    end
  end})
  return entries
end

local function explanation_id(entry)
  return (entry.key:gsub("^def", "forklaring"))
end

local function button(entry, text)
  return pandoc.RawInline("html", string.format(
    '<button type="button" class="term" popovertarget="%s">%s</button>', explanation_id(entry), escaped(text)))
end

local function explanation(entry, words)
  return html(string.format(
    '<div popover role="dialog" aria-label="%s" id="%s" class="explanation">\n<p class="explained">%s</p>\n'
      .. '<div>%s</div>\n<p><a href="#%s">%s</a></p>\n</div>',
    escaped(entry.term), explanation_id(entry), escaped(entry.term), write(entry.text), entry.key,
    fact(words.glossary)))
end

-- A word without the signs around it: those before, the word, those after.
local function parts(text)
  local before, rest = text:match("^([(%[\"]*)(.*)$")
  before = before .. (rest:match("^«") or "")
  rest = rest:gsub("^«", "")
  local word, after = rest:match("^(.-)([%.,:;!?%)%]]*)$")
  if word:sub(-2) == "»" then
    word, after = word:sub(1, -3), "»" .. after
  end
  return before, word, after
end

-- Word → the forms that begin with it, the longest first, each with its entry.
local function by_first_word(entries)
  local found = {}
  for _, entry in ipairs(entries) do
    for _, form in ipairs(entry.forms) do
      found[form[1]] = found[form[1]] or {}
      table.insert(found[form[1]], {entry = entry, words = form})
    end
  end
  for _, forms in pairs(found) do
    table.sort(forms, function(one, other) return #one.words > #other.words end)
  end
  return found
end

-- Whether words stand from a place on; then the text before, of and after them, and the place where they end.
local function match_at(inlines, start, words)
  local said, before, after = {}, "", ""
  for count, wanted in ipairs(words) do
    local place = start + 2 * (count - 1)
    local str, gap = inlines[place], inlines[place - 1]
    if not str or str.t ~= "Str" or (count > 1 and gap.t ~= "Space" and gap.t ~= "SoftBreak") then
      return nil
    end
    local first, word, last = parts(str.text)
    if pandoc.text.lower(word) ~= wanted or (count > 1 and first ~= "") or (count < #words and last ~= "") then
      return nil
    end
    before, after = count == 1 and first or before, last
    table.insert(said, word)
  end
  return before, table.concat(said, " "), after, start + 2 * (#words - 1)
end

local function find_at(inlines, start, forms, met)
  local _, word = parts(inlines[start].text)
  for _, form in ipairs(forms[pandoc.text.lower(word)] or {}) do
    if not met[form.entry.key] then
      local before, said, after, last = match_at(inlines, start, form.words)
      if before then
        return {entry = form.entry, before = before, said = said, after = after, last = last}
      end
    end
  end
end

-- The first time in a chapter that a term stands in a text, or wherever its writer has linked it.
local function explain(inlines, forms, met, used)
  local result, place = pandoc.Inlines({}), 1
  while place <= #inlines do
    local inline, found = inlines[place], nil
    if inline.t == "Str" then
      found = find_at(inlines, place, forms, met)
    end
    if found then
      met[found.entry.key], used[found.entry.key] = true, true
      result:extend({pandoc.Str(found.before), button(found.entry, found.said), pandoc.Str(found.after)})
      place = found.last
    else
      result:insert(inline)
    end
    place = place + 1
  end
  return result
end

local function by_key(entries)
  local known = {}
  for _, entry in ipairs(entries) do
    known[entry.key] = entry
  end
  return known
end

local function linked(block, known, met, used)
  return block:walk({Link = function(link)
    local entry = known[link.target:match("^#(def%-.+)") or ""]
    if entry then
      met[entry.key], used[entry.key] = true, true
      return button(entry, stringify(link.content))
    end
  end})
end

local TEXTS = {Para = true, BulletList = true, OrderedList = true, BlockQuote = true}

local function with_terms(block, forms, known, met, used)
  if not TEXTS[block.t] then
    return block
  end
  local function explained(text)
    text.content = explain(text.content, forms, met, used)
    return text
  end
  -- A list holds its texts; a paragraph is one.
  local marked = linked(block, known, met, used)
  return marked.t == "Para" and explained(marked) or marked:walk({Para = explained, Plain = explained})
end

local function headers_of(blocks)
  local headers, top = pandoc.List(), 6
  for _, block in ipairs(blocks) do
    if block.t == "Header" then
      headers:insert(block)
      top = math.min(top, block.level)
    end
  end
  return headers, top
end

function Pandoc(doc)
  local words, forms = doc.meta.words or {}, doc.meta.terms or {}
  local headers, top = headers_of(doc.blocks)
  local chapters = headers:filter(function(header) return header.level == top end)
  local entries = glossary(doc.blocks, forms)
  local known, by_word, met, used = by_key(entries), by_first_word(entries), {}, {}
  number_headings(headers, top)
  if #headers > 0 then
    doc.meta.menu = pandoc.MetaBlocks({html(menu(headers, top))})
  end

  local blocks, index = pandoc.List(), 0
  local function end_chapter()
    if index > 0 then
      blocks:insert(ways(chapters, index, words))
    end
  end
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" then
      if block.level == top then
        end_chapter()
        index, met = index + 1, {}
      end
      blocks:extend(with_permalink(block, words))
    else
      blocks:insert(with_terms(block, by_word, known, met, used))
    end
  end
  end_chapter()
  local wanted = pandoc.List(entries):filter(function(entry) return used[entry.key] end)
  doc.meta.explanations = pandoc.MetaBlocks(wanted:map(function(entry) return explanation(entry, words) end))
  doc.blocks = blocks
  return doc
end
