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

namespace {

struct File {
  fs::path name, path;
};

Result<std::string> digest_of_files(const std::vector<File>& files, std::string_view also) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sha(EVP_MD_CTX_new(),
                                                                    &EVP_MD_CTX_free);
  bool ok = sha && EVP_DigestInit_ex(sha.get(), EVP_sha256(), nullptr) == 1;
  for (const auto& [name, path] : files) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file && !file.eof()) {
      return fail(3007, fmt::format("cannot read {}", path.string()));
    }
    const std::string head = fmt::format("{}\n{}\n", name.generic_string(), bytes.size());
    ok = ok && EVP_DigestUpdate(sha.get(), head.data(), head.size()) == 1 &&
         EVP_DigestUpdate(sha.get(), bytes.data(), bytes.size()) == 1;
  }
  ok = ok && EVP_DigestUpdate(sha.get(), also.data(), also.size()) == 1;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  ok = ok && EVP_DigestFinal_ex(sha.get(), digest, &size) == 1;
  if (!ok) return fail(3008, "OpenSSL offers no sha256: what was read with cannot be named");
  std::string hex = "sha256:";
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

}  // namespace

Result<std::string> digest_of(const fs::path& directory, std::string_view also,
                              std::string_view without) {
  std::vector<File> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(directory, error), end; !error && at != end;
       at.increment(error)) {
    if (at->is_directory(error) && at->path().filename() == without) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file(error)) {
      files.push_back({at->path().lexically_relative(directory), at->path()});
    }
  }
  if (error) {
    return fail(3007, fmt::format("cannot list {}: {}", directory.string(), error.message()));
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.name < b.name; });
  return digest_of_files(files, also);
}

Result<std::string> digest_of(const Directory& tables) {
  std::vector<File> files;
  for (const std::string& name : tables.names()) {
    if (std::ranges::find(kJoining, name) == kJoining.end()) files.push_back({name, tables / name});
  }
  return digest_of_files(files, {});
}

Result<std::string> digest_of(const Directory& tables, std::span<const std::string_view> names) {
  std::vector<File> files;
  for (const std::string_view name : names) files.push_back({name, tables / std::string(name)});
  return digest_of_files(files, {});
}

}  // namespace dateline::knowledge
