// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "dateline/chronicle.h"

namespace dateline {

namespace {

/// sha256 of the parts, each told from the next by its length.
std::string digest(std::span<const std::string_view> parts) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, EVP_sha256(), nullptr);
  for (const std::string_view part : parts) {
    const std::string size = fmt::format("{}:", part.size());
    EVP_DigestUpdate(context, size.data(), size.size());
    EVP_DigestUpdate(context, part.data(), part.size());
  }
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(context, bytes, &size);
  EVP_MD_CTX_free(context);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", bytes[i]);
  return hex;
}

}  // namespace

Fingerprint fingerprint(const Input& input, const ReadBy& read_by) {
  const std::vector<std::string_view> content{input.bytes, input.date, input.title};
  std::vector<std::string_view> reading{read_by.engine,    read_by.pipeline,
                                        read_by.knowledge, read_by.components,
                                        read_by.reading,   name_of(input.media_type),
                                        input.charset,     input.verbatim ? "verbatim" : "tidied"};
  const Beside& beside = input.beside;
  const std::string_view known[] = {beside.date, beside.title, beside.uri, beside.publisher,
                                    beside.licence};
  // Where nothing is said, the reading is the one that it was before anything could be.
  if (std::ranges::any_of(known, [](std::string_view one) { return !one.empty(); })) {
    reading.insert(reading.end(), std::begin(known), std::end(known));
  }
  return {digest(content), digest(reading)};
}

}  // namespace dateline
