// The doors that are fuzzed. A target takes any bytes and throws std::logic_error where a promise
// is broken; a crash, a leak, undefined behaviour or a timeout is the sanitizers' to find.
//
// fuzz/main.cc makes one libFuzzer binary of each; tests/fuzz replays fuzz/seeds and fuzz/finds
// through the same targets in every test run, so a find stays a test.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dateline::fuzz {

void fuzz_text(std::string_view bytes);         ///< Plain text, article room alone.
void fuzz_jsonl(std::string_view bytes);        ///< JSON Lines, article room alone.
void fuzz_warc(std::string_view bytes);         ///< A WARC file, article room alone.
void fuzz_page(std::string_view bytes);         ///< A web page, article room alone.
void fuzz_archive(std::string_view bytes);      ///< A ZIP or tar archive, article room alone.
void fuzz_mail(std::string_view bytes);         ///< A mail, and a mailbox, article room alone.
void fuzz_feed(std::string_view bytes);         ///< RSS, Atom, JSON Feed, article room alone.
void fuzz_office(std::string_view bytes);       ///< DOCX or ODT, article room alone.
void fuzz_document(std::string_view bytes);     ///< The XML of such a document, as its one part.
void fuzz_subtitles(std::string_view bytes);    ///< WebVTT or SubRip, article room alone.
void fuzz_pdf(std::string_view bytes);          ///< What pdftotext writes, article room alone.
void fuzz_reading(std::string_view bytes);      ///< Plain text, all rooms; idle without models/.
void fuzz_news(std::string_view bytes);         ///< A report of fuzz/news.tsv's grammar, all rooms.
void fuzz_record(std::string_view bytes);       ///< JSON of a record.
void fuzz_model(std::string_view bytes);        ///< A model file.
void fuzz_safetensors(std::string_view bytes);  ///< A safetensors file.
void fuzz_gazetteer(std::string_view bytes);    ///< The file of places.

struct Target {
  const char* name;
  void (*run)(std::string_view bytes);
};

inline constexpr Target kTargets[] = {
    {"text", fuzz_text},
    {"jsonl", fuzz_jsonl},
    {"warc", fuzz_warc},
    {"page", fuzz_page},
    {"archive", fuzz_archive},
    {"mail", fuzz_mail},
    {"feed", fuzz_feed},
    {"office", fuzz_office},
    {"document", fuzz_document},
    {"subtitles", fuzz_subtitles},
    {"pdf", fuzz_pdf},
    {"reading", fuzz_reading},
    {"news", fuzz_news},
    {"record", fuzz_record},
    {"model", fuzz_model},
    {"safetensors", fuzz_safetensors},
    {"gazetteer", fuzz_gazetteer},
};

}  // namespace dateline::fuzz
