// Entities of a report: what is named, by which names, where, and what stands for it.
//
// Names come from the pipeline, tables and the report's own explanations ("X (ABC)") bind them
// together, and nominals and pronouns are laid to the most salient entity that agrees. The stages
// are in entities/; here the draft becomes the record. What is mentioned once and not by name is
// left out.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "reading/components.h"
#include "reading/entities/draft.h"
#include "reading/reading.h"
#include "reading/tree.h"

namespace dateline::reading::entities {

namespace {

/// The best name of an entity: a full one before an abbreviation, then the earliest.
bool is_better_name(std::string_view name, std::string_view than) {
  const auto spaces = [](std::string_view words) {
    return std::count(words.begin(), words.end(), ' ');
  };
  if ((spaces(name) > 0) != (spaces(than) > 0)) return spaces(name) > 0;
  return spaces(name) > 0 && spaces(name) > spaces(than) && spaces(name) < 6;
}

void write(Draft& draft, Record& record) {
  const Tree& tree = draft.tree;
  const std::string_view text = tree.document().text;
  std::vector<std::uint32_t> sizes(draft.clusters.size(), 0);
  for (const Mention& mention : draft.mentions) {
    if (mention.cluster != kNone) ++sizes[draft.root(mention.cluster)];
  }
  std::vector<std::uint32_t> entity_of(draft.clusters.size(), kNone);
  for (const Mention& mention : draft.mentions) {
    if (mention.cluster == kNone) continue;
    const std::uint32_t c = draft.root(mention.cluster);
    const Cluster& cluster = draft.clusters[c];
    if (!cluster.named && sizes[c] < 2) continue;
    if (entity_of[c] == kNone) {
      entity_of[c] = static_cast<std::uint32_t>(record.entities.size());
      Entity entity;
      entity.id = fmt::format("e{}", record.entities.size() + 1);
      entity.kind = to_string(cluster.kind);
      record.entities.push_back(std::move(entity));
    }
    Entity& entity = record.entities[entity_of[c]];
    dateline::Mention out;
    out.span = tree.span(mention.tokens);
    out.form = to_string(mention.form);
    out.head = tree[mention.head].span;
    if (mention.form == Form::kName) {
      out.name = tree.span(mention.name);
      const std::string name(out.name->of(text));
      const bool known = std::any_of(entity.aliases.begin(), entity.aliases.end(),
                                     [&](const Alias& alias) { return alias.name == name; });
      if (!known && entity.aliases.size() < 64) entity.aliases.push_back({name, out.name});
    }
    entity.mentions.push_back(std::move(out));
  }
  for (Entity& entity : record.entities) {
    for (const Alias& alias : entity.aliases) {
      if (entity.name.empty() || is_better_name(alias.name, entity.name)) entity.name = alias.name;
    }
    std::erase_if(entity.aliases, [&](const Alias& alias) { return alias.name == entity.name; });
    if (entity.name.empty()) entity.name = entity.mentions.front().span.of(text);
  }
  for (std::uint32_t c = 0; c < draft.clusters.size(); ++c) {
    if (draft.root(c) != c || entity_of[c] == kNone) continue;
    for (const DraftRole& role : draft.clusters[c].roles) {
      Role out{role.role, "", tree.span(role.tokens)};
      // A pronoun may have turned out to be somebody, whom nobody presides over.
      const std::uint32_t owner = role.of == kNone ? kNone : draft.mentions[role.of].cluster;
      if (owner != kNone && draft.clusters[draft.root(owner)].kind != Kind::kPerson) {
        const std::uint32_t of = entity_of[draft.root(owner)];
        if (of != kNone) out.of = record.entities[of].id;
      }
      record.entities[entity_of[c]].roles.push_back(std::move(out));
    }
  }
}

}  // namespace
}  // namespace dateline::reading::entities

namespace dateline::reading {

void read_entities(const Context& context, Record& record) {
  if (context.document.tokens.empty()) return;
  const Tree tree(context.document);
  entities::Draft draft{context, record, tree};
  if (context.components) {
    draft.kinds = &context.components->kinds;
    draft.gazetteer = &context.components->places.gazetteer();
  }
  find_mentions(draft);
  join_names(draft);
  read_roles(draft);
  resolve(draft);
  if (context.components) link(draft, context.components->links);
  entities::write(draft, record);
}

}  // namespace dateline::reading
