// The types of events: PLOVER 2.0's sixteen (Open Event Data Alliance) and three of our own at the
// end, each with what it says, in the order of the type head.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

struct EventType {
  std::string_view name, says;
  /// What it does to people, as quantities count them; the dead of a bombing are not those of the
  /// arrest that follows. What no type has here may be counted of any.
  std::string_view tolls{};
};

inline constexpr std::array<EventType, 19> kEventTypes = {{
    {"AGREE", "agree to do something"},
    {"CONSULT", "meet, talk, visit"},
    {"SUPPORT", "back, praise, defend"},
    {"CONCEDE", "give in, apologise, pardon, lift what was imposed"},
    {"COOPERATE", "work together, share, exchange, extradite"},
    {"AID", "give money, goods, shelter, rescue"},
    {"RETREAT", "withdraw, release, cease fire, lay down arms, resign"},
    {"REQUEST", "ask for, call for, demand, invite"},
    {"ACCUSE", "blame, criticise, charge, investigate"},
    {"REJECT", "refuse, veto, decline"},
    {"THREATEN", "threaten, warn, give an ultimatum"},
    {"PROTEST", "march, strike, riot, block"},
    {"SANCTION", "break off relations, cut aid, impose an embargo, expel"},
    {"MOBILIZE", "call up, deploy, move forces"},
    {"COERCE", "arrest, seize, ban, close, impose a curfew", "detained"},
    {"ASSAULT", "attack, bomb, kill, wound, abduct, torture",
     "dead wounded casualties missing abducted sick"},
    {"MOVE", "people leave where they live or shelter, or return (our own)", "displaced"},
    {"DISASTER", "accident, fire, epidemic, forces of nature (our own)",
     "dead wounded casualties missing sick displaced"},
    {"OFFICE", "be elected, appointed, sworn in (our own)"},
}};

/// The word of `words` that is meant by one with a slip or two; empty where none is near.
std::string nearest_word(std::string_view meant, const std::vector<std::string_view>& words);

/// "there is no format 'csb': did you mean csv?", or else all the words that there are. `meant`:
/// the same as given, in the letters that the words are written in.
std::string no_such(std::string_view what, std::string_view given,
                    const std::vector<std::string_view>& words, std::string_view meant = {});

}  // namespace dateline
