// What a file holds, by its name or its first bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "dateline/stream.h"

namespace dateline::stream {

/// Of what is told by its extension, whatever its case and before ".gz" or ".zst"; else kAuto.
SourceFormat format_of(const std::filesystem::path& path);

/// Of what is taken for reports only where it was named itself: .json, .csv; else kAuto.
SourceFormat format_when_named(const std::filesystem::path& path);

/// Why a file of a directory is not read.
std::string why_not_read(const std::filesystem::path& path);

SourceFormat format_of_bytes(std::string_view bytes);

/// Whether it must be unpacked before it is known how much it holds.
bool is_compressed(const std::filesystem::path& path);

}  // namespace dateline::stream
