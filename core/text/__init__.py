"""Text as text, most of it Chinese, without a database: nothing here knows a model.

* `cleaning`: characters that nobody sees are taken away; `scripts` says which characters belong to a script
* `tags`: HTML taken apart into text and tags; `markup`: rich text with only what the editor makes
* `slugs`: the end of a page's address, proposed from its title
* `links`: addresses that a link may lead to
* `converters`: OpenCC's, from simplified to traditional characters and back
* `chinese`: tokens for search, one spelling for comparing (`fold`)
* `traditional`: traditional characters as Hong Kong or Taiwan write them; `traditional_rules` its rules
* `pinyin`: a name as people type it who cannot type Chinese
* `ruby`: pinyin above the characters of a page
* `fallback`: texts that are in Chinese where another language is read; `quotations`: quotation marks within others
* `headlines`: how large one may be set, and what of the line above it fits a list
* `sentences`: where they end
* `differences`: how one text differs from another; `alignment`: which passage of one became which of the other
* `personal_data`: identity numbers, telephones and cards in a text
* `heading_numbers`: whether the numbers of headings follow one another
* `relative_times`: times that a Chinese text tells from its day of publication; `time_phrases` the same in other languages;
  `absolute_times` what they mean, in any language
* `reading_time`: how many characters and words a text has, and how many minutes it takes to read
"""
