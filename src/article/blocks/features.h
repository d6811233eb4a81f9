// What is known of each block of a page before anything is decided: its text, its place in the
// tree, the names around it, its neighbours. One row of numbers a block, for the trees of
// knowledge/page_trees.tsv and for their training.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/blocks/blocks.h"
#include "article/blocks/words.h"

namespace dateline::article {

constexpr std::array kFeatureNames = {
    // Text.
    "words",
    "linked",
    "word_length",
    "sentence_ends",
    "ends_sentence",
    "commas",
    "capitals",
    "digits",
    "function_words",
    "starts_lower",
    "year",
    "odd_signs",
    "quotes",
    "question",
    "colon",
    "repeated",
    "furniture",
    "label",
    "title_share",
    // Tags around it.
    "paragraph",
    "item",
    "heading",
    "cell",
    "quote",
    "preformatted",
    "figure_tag",
    "article_tag",
    "main_tag",
    "aside_tag",
    "nav_tag",
    "footer_tag",
    "header_tag",
    "form_tag",
    "list_tag",
    "table_tag",
    "hidden",
    "depth",
    "inline_strong",
    "image",
    // Names around it, of elements that hold less than half of the page's prose.
    "m_article",
    "m_navigation",
    "m_share",
    "m_advert",
    "m_related",
    "m_comments",
    "m_newsletter",
    "m_overlay",
    "m_sidebar",
    "m_labels",
    "m_writer",
    "m_hidden",
    "m_pulled",
    "m_embed",
    "m_caption",
    "m_credit",
    "m_dek",
    "m_byline",
    "m_date",
    "m_meta",
    "m_figure",
    "m_body",
    // And of its own element alone.
    "own_marks",
    "named_body",
    "named_article",
    // Place.
    "in_body",
    "below_body",
    "body_position",
    "page_position",
    "after_headline",
    "from_headline",
    "is_title",
    "prose_after",
    // Containers: the block element around it, and the one around that.
    "share_1",
    "share_2",
    "linked_1",
    "linked_2",
    "words_1",
    "blocks_1",
    "alike",
    "alike_words",
    "siblings_linked",
    // Elements with its element's tag, class and parent; and the nearest such set of larger ones.
    "set_size",
    "set_words",
    "set_linked",
    "set_prose",
    "cards_size",
    "cards_words",
    "cards_linked",
    "cards_prose",
    "cards_blocks",
    "cards_links",
    // Neighbours.
    "words_before_1",
    "linked_before_1",
    "ends_before_1",
    "words_before_2",
    "linked_before_2",
    "words_after_1",
    "linked_after_1",
    "ends_after_1",
    "words_after_2",
    "linked_after_2",
    "prose_before_distance",
    "prose_after_distance",
    "same_parent_before",
    "same_parent_after",
    "since_label",
    "under_label",
    "label_before_1",
    // The page.
    "page_prose",
    "page_blocks",
};
constexpr std::size_t kFeatures = kFeatureNames.size();
using Features = std::array<float, kFeatures>;

/// Where a page's article is, as far as its tree says so.
struct Outline {
  std::uint32_t body = 0;      ///< The smallest element that holds nearly all of the prose.
  std::uint32_t headline = 0;  ///< The <h1> of the article; 0: none.
  std::uint32_t prose = 0;     ///< Words of prose on the page.
};

Outline outline_of(const Page& page, const Blocks& blocks, const std::string& title);

/// Of each block.
std::vector<Features> features_of(const Page& page, const Blocks& blocks, const Outline& outline,
                                  const std::string& title, const PageWords& known);

/// The block element around a block's own, and the one around that.
std::array<std::uint32_t, 2> containers_of(const Page& page, const Block& block);

}  // namespace dateline::article
