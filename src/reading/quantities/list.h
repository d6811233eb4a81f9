// Numbers of lists and labels, whose noun stands before all of them: "Deaths by province: Aceh,
// 412; Riau, 37", "Injuries: 14", "cases in Accra (120) and Kumasi (85)"; and of those that go on
// with the noun before: "Italy has 5,883 infections, Spain 1,639". SPDX-License-Identifier:
// Apache-2.0
#pragma once

#include "reading/quantities/lexicon.h"

namespace dateline::reading {

struct ListItem {
  bool stands = false;  ///< It is an item: a name or a label before it, the end of the item behind.
  Counted heading;  ///< What the list says it counts; nothing where the sentence before tells it.
};

/// Of the number in atoms [from, end), its qualifier included.
ListItem list_item(const Passage& passage, std::uint32_t from, std::uint32_t end, double value);

}  // namespace dateline::reading
