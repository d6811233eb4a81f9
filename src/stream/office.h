// The text of a word processor's document: DOCX (ISO 29500) and ODT (ISO 26300), a paragraph after
// the other, tables cell by cell; its headings by their styles. What its head says of its day is
// the day on which a file was made, often from another one: a weak hint. SPDX-License-Identifier:
// Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/reader.h"

namespace dateline::stream {

/// `limit`: bytes that any part of it may have once it is unpacked.
Result<Extract> extract_of_office(const std::string& bytes, std::size_t limit,
                                  std::vector<std::string>& warnings);

/// Whether a file begins as such a document does.
bool looks_like_office(std::string_view bytes);

}  // namespace dateline::stream
