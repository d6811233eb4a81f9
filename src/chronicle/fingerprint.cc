// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <openssl/evp.h>

#include <initializer_list>

#include "dateline/chronicle.h"

namespace dateline {

namespace {

/// sha256 of the parts, each told from the next by its length.
std::string digest(std::initializer_list<std::string_view> parts) {
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
  return {digest({input.bytes, input.date, input.title}),
          digest({read_by.engine, read_by.pipeline, read_by.knowledge, read_by.components,
                  input.media_type == MediaType::kHtml ? "html" : "text", input.charset,
                  input.verbatim ? "verbatim" : "tidied"})};
}

}  // namespace dateline
