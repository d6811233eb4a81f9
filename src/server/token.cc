// SPDX-License-Identifier: Apache-2.0
#include "server/token.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "article/ascii.h"

namespace dateline::server {

Result<std::string> new_token() {
  std::array<unsigned char, 32> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return fail(6011, "no token can be made: this machine gives no random numbers");
  }
  std::string token;
  for (const unsigned char byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

Result<std::string> token_in(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  if (!in || !std::getline(in, line)) {
    return fail(6011, fmt::format("the token cannot be read in '{}'", file));
  }
  const std::string_view token(line.data(), line.find_last_not_of(" \r") + 1);
  const bool is_plain = std::ranges::all_of(
      token, [](char c) { return c > ' ' && static_cast<unsigned char>(c) < 127; });
  if (token.size() < kLeastTokenBytes || !is_plain) {
    return fail(6011, fmt::format("the first line of '{}' is no token: {} or more letters and "
                                  "digits, without a space",
                                  file, kLeastTokenBytes));
  }
  return std::string(token);
}

bool is_authorized(std::string_view header, std::string_view token) {
  constexpr std::string_view kScheme = "bearer ";
  if (article::lower(header.substr(0, kScheme.size())) != kScheme) return false;
  header.remove_prefix(kScheme.size());
  // Their digests are compared, so that neither length nor beginning shows in the time it takes.
  std::array<unsigned char, SHA256_DIGEST_LENGTH> given{}, wanted{};
  SHA256(reinterpret_cast<const unsigned char*>(header.data()), header.size(), given.data());
  SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(), wanted.data());
  return CRYPTO_memcmp(given.data(), wanted.data(), given.size()) == 0;
}

}  // namespace dateline::server
