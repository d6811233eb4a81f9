// Work in a process of its own, whose death is only seen from here.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace dateline::cli {

/// How a process ended.
struct End {
  int status = 0;  ///< What the work returned.
  int signal = 0;  ///< What ended it before it did; 0 where it did.

  /// Whether it was ended by a fault, for want of memory, or for good, and nobody asked it to end.
  bool was_death() const;
  /// "Segmentation fault"
  std::string cause() const;
};

/// Forks, and waits for the end. The caller must have one thread. The child ends with this process;
/// `hangs` is asked once a second whether to end it at once. Where no process can be started, the
/// work is done in this one.
End in_child(const std::function<int()>& work, const std::function<bool()>& hangs);

}  // namespace dateline::cli
