// All tables of knowledge/, loaded once and shared by all threads.
//
// Each table has a type and a file of its own here; a new one is a member and a line in load().
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/result.h"
#include "knowledge/agents.h"
#include "knowledge/count_states.h"
#include "knowledge/count_words.h"
#include "knowledge/countries.h"
#include "knowledge/directory.h"
#include "knowledge/number_words.h"
#include "knowledge/organs.h"
#include "knowledge/own_actors.h"
#include "knowledge/place_words.h"
#include "knowledge/time_rules.h"
#include "knowledge/words.h"

namespace dateline::knowledge {

struct Tables {
  Countries countries;
  Agents agents;
  CountWords count_words;
  NumberWords number_words;
  PlaceWords place_words;
  TimeRules time_rules;
  Words words;
  CountStates count_states;
  Organs organs;
  OwnActors own_actors;

  static Result<Tables> load(const Directory& directory);
};

}  // namespace dateline::knowledge
