// Whether what a word tells has happened: negation, and the status by mood, modals and purpose.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading/tree.h"

namespace dateline::reading {

struct Modality {
  bool negated = false;
  std::string_view status = "actual";  ///< actual | ongoing | planned | alleged | hypothetical
};

Modality modality_of(const Tree& tree, std::uint32_t trigger);

}  // namespace dateline::reading
