// Where the pieces that are not code lie: pipelines and the gazetteer under models/, trained
// components of our own under components/, tables under knowledge/.
//
// Looked for in this order: the path given; $DATELINE_HOME; beside the executable and one folder
// up (a build tree); ../share/dateline (an installed tree).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"

namespace dateline {

/// The name of the pipeline that is read with where none is named.
inline constexpr char kDefaultPipeline[] = "en_core_web_sm";

/// The folders that may hold models/, components/ and knowledge/, best first.
std::vector<std::filesystem::path> homes();

/// Directory of the pipeline with this name or path; empty means the default one.
Result<std::filesystem::path> find_pipeline(const std::string& name_or_path);

/// The folder of our own trained components: components/ beside the tables in use, or an installed
/// one.
Result<std::filesystem::path> find_components(const knowledge::Directory& knowledge);

/// The folder in it by which reports are compared. It decides nothing of how one is read.
inline constexpr char kMatching[] = "matching";

/// The file of the world's places, under models/.
Result<std::filesystem::path> find_gazetteer(const knowledge::Directory& knowledge);

/// Where the tables lie: in the directory with this path, and what it lacks in the installed one;
/// empty means the installed one alone. Fails where the path holds no table, or one that is
/// unknown: a name that is misspelled would be passed over in silence.
Result<knowledge::Directory> find_knowledge(const std::string& path);
/// The same, unknown tables being left to who asks.
Result<knowledge::Directory> find_knowledge_loosely(const std::string& path);
/// What to say of a file among the tables that is none.
std::string unknown_table(const knowledge::Directory& tables, const std::string& name);

}  // namespace dateline
