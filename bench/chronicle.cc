// Makes stores of made-up reports and times what is asked of them: what bench/chronicle.py runs.
//
//   chronicle_bench make STORE EVENTS [BATCH [uncompared]]
//                                    adds reports until so many events are in, BATCH at a time;
//                                    each batch is compared at its end; goes on in a store that
//                                    an earlier run of the same EVENTS began
//   chronicle_bench ask STORE        times each filter's first page, and accounts
//
// What was done goes to the standard output, a JSON object a line.
// SPDX-License-Identifier: Apache-2.0
#include "dateline/chronicle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "bench/made_up_reports.h"
#include "dateline/matcher.h"

namespace dateline::bench {
namespace {

/// Seconds of processor time: other programs on the machine do not count.
double now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "chronicle_bench: {}\n", result.error().message);
  std::exit(1);
}

/// Megabytes that are resident.
double resident() {
  std::ifstream file("/proc/self/statm");
  double all = 0, here = 0;
  file >> all >> here;
  return here * 4096 / (1 << 20);
}

int make(const std::string& store, std::size_t wanted, std::size_t batch, bool compared) {
  auto chronicle = must(Chronicle::open(store, {.access = Access::kWrite}));
  const Matcher matcher = must(Matcher::open());
  MadeUpReports reports(wanted);
  std::size_t events = 0, count = must(chronicle.totals()).reports;
  for (std::size_t held = 0; held < count; ++held) events += reports.next().events.size();
  while (events < wanted) {
    double making = 0, keeping = 0;
    std::size_t added = 0;
    for (; added < batch && events < wanted; ++added) {
      const double begin = now();
      const Record record = reports.next();
      Input input;
      input.bytes = record.text;
      input.title = record.title;
      input.date = record.published->value;
      const double made = now();
      must(chronicle.ingest(record, fingerprint(input, record.read_by)));
      making += made - begin;
      keeping += now() - made;
      events += record.events.size();
    }
    count += added;
    const double begin = now();
    if (compared) must(chronicle.match(matcher));
    fmt::print(
        R"({{"reports":{},"events":{},"making_ms":{:.3f},"keeping_ms":{:.3f},"matching_ms":{:.3f},"mb":{:.0f}}})"
        "\n",
        count, events, 1000 * making / added, 1000 * keeping / added,
        1000 * (now() - begin) / added, resident());
    std::fflush(stdout);
  }
  return 0;
}

struct Question {
  std::string name;
  std::function<std::size_t()> ask;  ///< Gives how many rows came.
};

/// The median of several times, in milliseconds, the first left out.
void time(const Question& question) {
  std::vector<double> times;
  std::size_t rows = 0;
  double first = 0;
  for (int n = 0; n < 6; ++n) {
    const double begin = now();
    rows = question.ask();
    const double took = 1000 * (now() - begin);
    if (n == 0) {
      first = took;
    } else {
      times.push_back(took);
    }
    if (took > 5000) break;
  }
  if (times.empty()) times.push_back(first);
  std::ranges::sort(times);
  fmt::print(R"({{"question":"{}","ms":{:.2f},"first_ms":{:.2f},"rows":{}}})"
             "\n",
             question.name, times[times.size() / 2], first, rows);
  std::fflush(stdout);
}

constexpr std::size_t kPage = 50;

int ask(const std::string& store) {
  const auto chronicle = must(Chronicle::open(store));
  // Names that are in: those of the happenings in the middle of the time.
  std::vector<Happening> some;
  must(chronicle.happenings({.events = {.since = "2019-06-15", .limit = 400}},
                            [&](const Happening& one) {
                              some.push_back(one);
                              return true;
                            }));
  if (some.empty()) {
    fmt::print(stderr, "chronicle_bench: nothing in {}\n", store);
    return 1;
  }
  const Happening& one = some.back();
  const TimelineEvent& told = one.accounts.front().told;
  const std::string actor = told.actors.front().name, town = told.place->name,
                    outlet = told.report.outlet;
  std::vector<std::pair<std::string, Filter>> filters = {
      {"no filter", {}},
      {"since", {.since = "2019-06-15"}},
      {"since and until", {.since = "2019-06", .until = "2019-07"}},
      {"actor", {.actor = actor}},
      {"actor's country", {.actor = "SDN"}},
      {"place", {.place = town}},
      {"place's country", {.place = "NGA"}},
      {"first letters of a place", {.place = "ka"}},
      {"type", {.types = {"ASSAULT"}}},
      {"source", {.source = outlet}},
      {"voice", {.source = "police"}},
      {"actor, by", {.actor = actor, .side = Side::kBy}},
      {"country", {.country = "NGA"}},
      {"mode", {.modes = {"explosives"}}},
      {"confidence", {.confidence = 0.95}},
      {"a box of ten degrees", {.box = Box{20, -5, 30, 5}}},
      {"a box of a hundred degrees", {.box = Box{-50, -35, 50, 35}}},
      {"200 km around a place", {.around = Around{town, {}, 200}}},
      {"a rare word of the text", {.text = town}},
      {"a common word of the text", {.text = "dead"}},
      {"a name that nobody has", {.actor = "Nobodyatall"}},
      {"actor, country, type, source and days",
       {.since = "2018",
        .until = "2020",
        .actor = "army",
        .place = "MLI",
        .types = {"AID", "ASSAULT"},
        .source = "wire"}},
      {"two that seldom meet", {.actor = "SDN", .place = "NGA", .types = {"OFFICE"}}},
  };
  for (auto& [name, filter] : filters) {
    filter.limit = kPage;
    time({name, [&] {
            return must(
                chronicle.happenings({.events = filter}, [](const Happening&) { return true; }));
          }});
  }
  for (auto& [name, filter] : filters) {
    time({"each event: " + name, [&] {
            return must(chronicle.timeline(filter, [](const TimelineEvent&) { return true; }));
          }});
  }
  const Happening& most = *std::ranges::max_element(some, {}, &Happening::reports);
  time({fmt::format("accounts of {} reports", most.reports),
        [&] { return must(chronicle.accounts(most.id)).accounts.size(); }});
  time({"search a rare word", [&] { return must(chronicle.search(town, {.limit = 20})).size(); }});
  time({"search a common word",
        [&] { return must(chronicle.search("killing", {.limit = 20})).size(); }});
  return 0;
}

}  // namespace
}  // namespace dateline::bench

int main(int argc, char** argv) {
  using namespace dateline::bench;
  const std::string command = argc > 2 ? argv[1] : "";
  if (command == "make" && argc > 3) {
    return make(argv[2], std::stoull(argv[3]), argc > 4 ? std::stoull(argv[4]) : 2000, argc <= 5);
  }
  if (command == "ask") return ask(argv[2]);
  std::fputs("usage: chronicle_bench make STORE EVENTS [BATCH] | ask STORE\n", stderr);
  return 2;
}
