// SPDX-License-Identifier: Apache-2.0
#include "knowledge/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

namespace dateline::knowledge {

namespace fs = std::filesystem;

Result<std::string> digest_of(const fs::path& directory, std::string_view also) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(directory, error), end; !error && at != end;
       at.increment(error)) {
    if (at->is_regular_file(error)) files.push_back(at->path().lexically_relative(directory));
  }
  if (error) {
    return fail(3007, fmt::format("cannot list {}: {}", directory.string(), error.message()));
  }
  std::sort(files.begin(), files.end());

  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sha(EVP_MD_CTX_new(),
                                                                    &EVP_MD_CTX_free);
  bool ok = sha && EVP_DigestInit_ex(sha.get(), EVP_sha256(), nullptr) == 1;
  for (const fs::path& name : files) {
    std::ifstream file(directory / name, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file && !file.eof()) {
      return fail(3007, fmt::format("cannot read {}", (directory / name).string()));
    }
    const std::string head = fmt::format("{}\n{}\n", name.generic_string(), bytes.size());
    ok = ok && EVP_DigestUpdate(sha.get(), head.data(), head.size()) == 1 &&
         EVP_DigestUpdate(sha.get(), bytes.data(), bytes.size()) == 1;
  }
  ok = ok && EVP_DigestUpdate(sha.get(), also.data(), also.size()) == 1;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  ok = ok && EVP_DigestFinal_ex(sha.get(), digest, &size) == 1;
  if (!ok)
    return fail(3008,
                fmt::format("OpenSSL offers no sha256: {} cannot be named", directory.string()));
  std::string hex = "sha256:";
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

}  // namespace dateline::knowledge
