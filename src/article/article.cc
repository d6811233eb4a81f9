// SPDX-License-Identifier: Apache-2.0
#include "article/article.h"

namespace dateline::article {

Result<Record> read(const Input& input, std::size_t) {
  Record record;
  record.id = input.id;
  record.text = input.bytes;
  return record;
}

}  // namespace dateline::article
