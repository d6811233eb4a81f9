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

namespace dateline {

/// The name of the pipeline that is read with where none is named.
inline constexpr char kDefaultPipeline[] = "en_core_web_sm";

/// The folders that may hold models/, components/ and knowledge/, best first.
std::vector<std::filesystem::path> homes();

/// Directory of the pipeline with this name or path; empty means the default one.
Result<std::filesystem::path> find_pipeline(const std::string& name_or_path);

/// The folder of our own trained components: components/ beside the tables in use, or an installed
/// one.
Result<std::filesystem::path> find_components(const std::filesystem::path& knowledge);

/// The file of the world's places, under models/.
Result<std::filesystem::path> find_gazetteer(const std::filesystem::path& knowledge);

/// Directory of the tables; empty means the installed ones.
Result<std::filesystem::path> find_knowledge(const std::string& path);

}  // namespace dateline
