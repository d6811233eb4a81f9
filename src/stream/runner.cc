// Many reports on many threads, delivered in order.
//
// Each worker takes the next report from the source, reads it, and puts the delivery into the slot
// of its number; the calling thread delivers slot after slot. A worker takes no report that is a
// whole window, or too many bytes, ahead of what was delivered: a slow receiver slows the source.
// SPDX-License-Identifier: Apache-2.0
#include <sched.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <unordered_set>
#include <utility>

#include "article/content_id.h"
#include "dateline/stream.h"
#include "stream/extract.h"

namespace dateline {

namespace {

constexpr std::uint64_t kWindowPerThread = 8;
constexpr std::size_t kMostIds = 1'000'000;
constexpr std::uint64_t kWindowBytes = 16u * 1024u * 1024u;

class Run {
 public:
  Run(Source& source, const Reader& reader, const RunOptions& options, unsigned threads)
      : source_(source),
        reader_(reader),
        options_(options),
        extractor_(reader.max_bytes()),
        slots_(threads * kWindowPerThread) {}

  void work() {
    while (auto task = take()) {
      Delivery delivery = finish(std::move(task->found), task->number);
      const std::lock_guard lock(mutex_);
      Slot& slot = slots_[task->number % slots_.size()];
      slot.delivery = std::move(delivery);
      slot.bytes = task->bytes;
      if (task->number == delivered_) ready_.notify_one();
    }
  }

  RunSummary deliver(const std::function<bool(Delivery&&)>& receive) {
    RunSummary summary;
    std::unique_lock lock(mutex_);
    while (!stopping_ && !flagged()) {
      std::optional<Delivery>& next = slots_[delivered_ % slots_.size()].delivery;
      if (!next) {
        if (ended_ && delivered_ == taken_) break;
        if (options_.idle) {
          lock.unlock();
          options_.idle();
          lock.lock();
        }
        ready_.wait(lock, [&] { return next || (ended_ && delivered_ == taken_); });
        continue;
      }
      Delivery delivery = std::move(*next);
      next.reset();
      bytes_ -= slots_[delivered_ % slots_.size()].bytes;
      ++delivered_;
      lock.unlock();
      room_.notify_one();
      ++(delivery.record ? summary.read : summary.rejected);
      const bool go_on = receive(std::move(delivery));
      lock.lock();
      if (!go_on) stopping_ = true;
    }
    summary.stopped = stopping_ || flagged();
    return summary;
  }

  /// Lets the workers end once they have finished what they are reading.
  void stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    room_.notify_all();
  }

 private:
  struct Task {
    Found found;
    std::uint64_t number = 0;
    std::uint64_t bytes = 0;
  };
  struct Slot {
    std::optional<Delivery> delivery;
    std::uint64_t bytes = 0;
  };

  bool flagged() const {
    return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
  }

  /// Waits for room in the window and takes the next report; nothing once all are taken.
  std::optional<Task> take() {
    const std::lock_guard turn(source_mutex_);
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] {
        const std::uint64_t ahead = taken_ - delivered_;
        return stopping_ || ended_ || ahead == 0 ||
               (ahead < slots_.size() && bytes_ < kWindowBytes);
      });
      if (stopping_ || ended_) return std::nullopt;
    }
    bool last = false;
    std::optional<Found> found = next_found(last);
    const std::lock_guard lock(mutex_);
    ended_ = ended_ || last;
    if (!found) {
      ended_ = true;
      ready_.notify_one();
      room_.notify_all();
      return std::nullopt;
    }
    const std::uint64_t bytes = found->input ? found->input->bytes.size() : 0;
    bytes_ += bytes;
    return Task{std::move(*found), taken_++, bytes};
  }

  std::optional<Found> next_found(bool& last) {
    try {
      if (flagged()) return std::nullopt;
      std::optional<Found> found = source_.next();
      if (found && found->input) note_id(*found);
      return found;
    } catch (const std::exception& problem) {
      last = true;  // What the source would give after this is anybody's guess.
      return Found{ReportPlace(), unreadable(problem), {}, {}};
    }
  }

  /// Names the report and warns where the name was used before. In the order of the source, so that
  /// it is always the later one that is warned of. Eight bytes an id are all that is kept.
  void note_id(Found& found) {
    if (found.input->id.empty()) found.input->id = article::content_id(found.input->bytes);
    if (ids_.size() == kMostIds) ids_.clear();
    if (!ids_.insert(std::hash<std::string>()(found.input->id)).second) {
      found.warnings.emplace_back("another report before this one has the same id");
    }
  }

  Delivery finish(Found found, std::uint64_t number) const {
    Delivery delivery;
    delivery.number = number;
    delivery.place = found.place;
    delivery.tag = std::move(found.tag);
    if (!found.input) {
      delivery.record = tl::unexpected(std::move(found.input.error()));
      return delivery;
    }
    delivery.id = found.input->id;
    delivery.uri = found.input->uri;
    delivery.file = found.input->file;
    try {
      if (options_.begin) options_.begin(number, found);
      const Halt halt(options_.stop, options_.time_limit);
      if (auto ready = extractor_.prepare(*found.input, found.warnings, halt); !ready) {
        delivery.record = tl::unexpected(std::move(ready.error()));
      } else {
        delivery.record = reader_.read(*found.input, halt);
      }
      if (delivery.record) {
        auto& warnings = delivery.record->warnings;
        warnings.insert(warnings.begin(), found.warnings.begin(), found.warnings.end());
        if (options_.render) options_.render(delivery);
      }
    } catch (const std::exception& problem) {
      delivery.record = unreadable(problem);
    }
    delivery.bytes = std::move(found.input->bytes);
    return delivery;
  }

  /// No library below is to end a run of a million reports, not even for want of memory.
  static tl::unexpected<Error> unreadable(const std::exception& problem) {
    return fail(1009, std::string("it could not be read: ") + problem.what());
  }

  Source& source_;
  const Reader& reader_;
  const RunOptions& options_;
  const stream::Extractor extractor_;

  std::mutex source_mutex_;  ///< Whose turn it is to take a report; guards source_ and ids_.
  std::unordered_set<std::size_t> ids_;

  std::mutex mutex_;  ///< Guards all below.
  std::condition_variable ready_;
  std::condition_variable room_;
  std::vector<Slot> slots_;
  std::uint64_t taken_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t bytes_ = 0;
  bool ended_ = false;
  bool stopping_ = false;
};

}  // namespace

unsigned available_threads() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
  }
  return std::max(1u, std::thread::hardware_concurrency());
}

Result<RunSummary> read_all(Source& source, const Reader& reader, const RunOptions& options,
                            const std::function<bool(Delivery&&)>& deliver) {
  const unsigned wanted = options.threads > 0 ? options.threads : available_threads();
  Run run(source, reader, options, wanted);
  std::vector<std::jthread> threads;
  try {
    for (unsigned i = 0; i < wanted; ++i) threads.emplace_back([&run] { run.work(); });
  } catch (const std::system_error&) {
    if (threads.empty()) return fail(1009, "the system lets no thread be started");
  }
  // Also where `deliver` throws: the threads are joined after this.
  const std::unique_ptr<Run, void (*)(Run*)> stop(&run, [](Run* started) { started->stop(); });
  return run.deliver(deliver);
}

}  // namespace dateline
