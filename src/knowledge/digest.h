// The name of a directory's contents, by which a record says what it was read with.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "dateline/result.h"
#include "knowledge/directory.h"

namespace dateline::knowledge {

/// "sha256:..." over all files of the directory, in name order. It covers each file's name and size
/// before its bytes, so that no two directories share one by shifting bytes from file to file.
/// also: what else is to be covered. without: a folder in it that is not.
Result<std::string> digest_of(const std::filesystem::path& directory, std::string_view also = {},
                              std::string_view without = {});

/// The tables that join actors over reports alone, and decide nothing of how one is read.
inline constexpr std::array<std::string_view, 2> kJoining = {"organs.tsv", "own_actors.tsv"};

/// The same over the tables by which reports are read, wherever each lies.
Result<std::string> digest_of(const Directory& tables);
/// The same over some tables.
Result<std::string> digest_of(const Directory& tables, std::span<const std::string_view> names);

}  // namespace dateline::knowledge
