// SPDX-License-Identifier: Apache-2.0
#include "reading/mentions.h"

namespace dateline::reading {

MentionMap::MentionMap(const Tree& tree, const Record& record)
    : record_(record), at_(tree.size(), kNone) {
  for (std::uint32_t e = 0; e < record.entities.size(); ++e) {
    for (const Mention& mention : record.entities[e].mentions) {
      at_[tree.first_of(mention.head.value_or(mention.span))] = e;
    }
  }
}

}  // namespace dateline::reading
