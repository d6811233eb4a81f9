// What a report says: one reader a file, all of one shape.
//
// A reader looks at the article, the language document and what the readers before it have found,
// and adds its own kind of item to the record. It changes nothing else, but that events name what
// a time counts from, and actors give entities their codes. Readers run in the order of kReaders.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/halt.h"
#include "dateline/record.h"
#include "knowledge/tables.h"
#include "language/document.h"
#include "language/trunk.h"

namespace dateline::reading {

struct Components;
class TrunkVectors;
struct Trace;

struct Context {
  const language::Document& document;
  const knowledge::Tables& tables;
  Trace* trace = nullptr;  ///< Where set, readers of times, quantities, places and events say why.
  /// Where set, places, attributions and events are read; the room of the thread's own for the
  /// trunk.
  const Components* components = nullptr;
  language::Trunk::Scratch* trunk = nullptr;
  const Halt* halt = nullptr;       ///< Where set, may ask to give up.
  TrunkVectors* vectors = nullptr;  ///< Set by read_all where `trunk` is.

  bool given_up() const { return halt != nullptr && halt->asked(); }
};

void read_times(const Context& context, Record& record);
void read_quantities(const Context& context, Record& record);
void read_entities(const Context& context, Record& record);
void read_places(const Context& context, Record& record);
void read_attributions(const Context& context, Record& record);
void read_events(const Context& context, Record& record);
void read_actors(const Context& context, Record& record);
void read_gaps(const Context& context, Record& record);

/// Runs every reader over one report, or some where `context.halt` asks to give up.
void read_all(const Context& context, Record& record);

}  // namespace dateline::reading
