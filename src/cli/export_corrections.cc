// SPDX-License-Identifier: Apache-2.0
#include "cli/export_corrections.h"

#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/output_file.h"
#include "dateline/chronicle.h"
#include "export/corrected.h"
#include "export/wording.h"

namespace dateline::cli {

namespace {

namespace fs = std::filesystem;

/// Writes one file whole or not at all; gives what went wrong.
std::string write_file(const std::string& path, const std::string& text, bool replace) {
  OutputFile file;
  if (std::string why = file.open(path, replace); !why.empty()) return why;
  Output output(file.descriptor());
  output.write(text);
  if (output.finish(kDone) != kDone) return "it could not be written whole";
  return file.keep();
}

int cannot(const std::string& path, const std::string& why) {
  complain(fmt::format("cannot write {}: {}", path, why));
  return kUsage;
}

int into_directory(const Chronicle& chronicle, const exporting::CorrectedFormat& format,
                   const std::string& directory, bool replace) {
  std::error_code problem;
  fs::create_directories(directory, problem);
  if (problem) return cannot(directory, problem.message());
  const auto file = [&](const std::string& name) { return (fs::path(directory) / name).string(); };
  std::string path = file("annotation.conf");
  std::string why = write_file(path, format.beside(), replace);
  if (!why.empty()) return cannot(path, why);
  const auto given = chronicle.corrected_reports([&](const CorrectedReport& report) {
    for (const exporting::ReportFile& one : format.write(report)) {
      path = file(report.report.ref.handle + std::string(one.extension));
      why = write_file(path, one.text, replace);
      if (!why.empty()) return false;
    }
    return true;
  });
  if (!why.empty()) return cannot(path, why);
  if (!given) return complain_of(given.error());
  complain(fmt::format("wrote {} to {}", exporting::count_of(*given, "report"), directory));
  return kDone;
}

int into(const Chronicle& chronicle, const exporting::CorrectedFormat& format, Output& output) {
  const auto given = chronicle.corrected_reports([&](const CorrectedReport& report) {
    for (const exporting::ReportFile& one : format.write(report)) {
      if (!output.data(one.text)) return false;
    }
    return true;
  });
  if (!given) return output.finish(complain_of(given.error()));
  const int status = output.finish(kDone);
  if (status == kDone && output.is_whole()) {
    complain("wrote " + exporting::count_of(*given, "report"));
  }
  return status;
}

int list_corrected_formats() {
  Output output;
  for (const exporting::CorrectedFormat& format : exporting::corrected_formats()) {
    output.write(fmt::format("{:<14} {}\n", format.name, format.says));
  }
  return output.finish(kDone);
}

}  // namespace

int export_corrections(const std::string& store, const std::string& format_name,
                       const std::string& file, bool replace) {
  if (format_name.empty()) return usage_error("corrections are exported in a --format: try 'help'");
  if (format_name == "help") return list_corrected_formats();
  const auto format = exporting::corrected_format_called(format_name);
  if (!format) return complain_of(format.error());
  const auto chronicle = Chronicle::open(store);
  if (!chronicle) return complain_of(chronicle.error());
  const bool is_stream = file.empty() || file == "-";
  if ((*format)->in_files) {
    if (is_stream) {
      return usage_error(fmt::format("{} is a directory of files: name one with -o", format_name));
    }
    return into_directory(*chronicle, **format, file, replace);
  }
  if (is_stream) {
    Output output;
    return into(*chronicle, **format, output);
  }
  OutputFile kept;
  if (const std::string why = kept.open(file, replace); !why.empty()) return cannot(file, why);
  Output output(kept.descriptor());
  if (const int status = into(*chronicle, **format, output); status != kDone) return status;
  const std::string why = output.is_whole() ? kept.keep() : "";
  return why.empty() ? kDone : cannot(file, why);
}

}  // namespace dateline::cli
