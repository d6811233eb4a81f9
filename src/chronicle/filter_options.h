// What a Filter can be given from outside, each by its name: the options of commands, and the
// parameters of the REST API.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dateline/chronicle.h"

namespace dateline::chronicle {

struct FilterOption {
  std::string_view name;   ///< "actor": --actor, and actor=
  std::string_view label;  ///< What it takes: NAME
  std::string_view help;
  bool several;  ///< May be given more than once.
  /// Takes the value over, or says why it is none.
  std::optional<Error> (*set)(Filter& filter, const std::string& value);
};

std::span<const FilterOption> filter_options();

}  // namespace dateline::chronicle
