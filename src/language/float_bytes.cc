// SPDX-License-Identifier: Apache-2.0
#include "language/float_bytes.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace dateline::language {

namespace {

float float_of_half(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000u) << 16, exponent = half >> 10 & 31u,
                      fraction = half & 0x3ffu;
  if (exponent == 0) {  // Zero, or too small for a leading one.
    const float size = static_cast<float>(fraction) * 0x1p-24f;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(size));
  }
  const std::uint32_t wide = exponent == 31 ? 255u : exponent + 127 - 15;
  return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

}  // namespace

std::vector<float> floats_of(std::string_view bytes, std::size_t size) {
  std::vector<float> values(bytes.size() / size);
  if (size == sizeof(float)) {
    std::memcpy(values.data(), bytes.data(), values.size() * size);
    return values;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint16_t half;
    std::memcpy(&half, bytes.data() + i * size, sizeof(half));
    values[i] = float_of_half(half);
  }
  return values;
}

}  // namespace dateline::language
