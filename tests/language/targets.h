// Work done once for each instruction set this machine has.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "language/kernels.h"
// Highway after its targets are known.
#include <hwy/targets.h>

namespace dateline::language {

template <typename Work>
void for_each_target(Work work) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().DeInit();
    SCOPED_TRACE(kernel_target());
    work();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
}

}  // namespace dateline::language
