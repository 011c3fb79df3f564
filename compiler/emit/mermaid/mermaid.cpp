// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/mermaid/mermaid.h"

#include <algorithm>
#include <map>
#include <set>

#include "groma/diagnostics/definition.h"
#include "groma/emit/mermaid/document.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::emit {
namespace {

namespace diag {
#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/emit/mermaid/mermaid.def"
#undef GROMA_DIAGNOSTIC
}  // namespace diag

using mermaid::Bar;
using mermaid::Section;
using plan::EntityId;
using plan::IsSome;
using plan::Timeline;

constexpr const char *kDays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                 "friday", "saturday", "sunday"};

class Writer {
 public:
  Writer(plan::Plan &plan, EntityId target, diagnostics::Sink &sink)
      : plan_(plan), model_(*plan.model), target_(model_.entity(target).span), sink_(sink) {}

  auto Write() -> output::File {
    mermaid::Chart chart;
    chart.because = {IsSome(model_.plan) ? model_.entity(model_.plan).span : target_};
    chart.title = IsSome(model_.plan) ? TitleOf(model_.plan) : "plan";
    chart.excludes = Excludes();
    for (const Timeline::Step &step : plan_.decisions->timeline.steps) AddBar(step);
    for (auto &[root, section] : sections_) chart.sections.push_back(std::move(section));
    for (Section &section : chart.sections) {
      llvm::stable_sort(section.bars, [](const Bar &a, const Bar &b) {
        return std::pair(a.first, a.last) < std::pair(b.first, b.last);
      });
    }
    // What begins first stands first.
    llvm::stable_sort(chart.sections, [](const Section &a, const Section &b) {
      return a.bars.front().first < b.bars.front().first;
    });
    output::File file = Print(chart);
    file.path =
        (IsSome(model_.plan) ? model_.text(model_.entity(model_.plan).name).str() : "plan") +
        ".mmd";
    return file;
  }

 private:
  auto TitleOf(EntityId id) const -> std::string {
    const plan::Entity &entity = model_.entity(id);
    return entity.title.empty() ? model_.text(entity.name).str() : entity.title.str();
  }

  auto RootOf(EntityId id) const -> EntityId {
    while (IsSome(model_.entity(id).parent)) id = model_.entity(id).parent;
    return id;
  }

  void Check(EntityId id, const std::string &title) {
    const std::string drawn = mermaid::Harmless(title);
    if (drawn == title || !told_.insert(id).second) return;
    sink_.Report(diag::OtherSigns, model_.entity(id).span, drawn);
  }

  void AddBar(const Timeline::Step &step) {
    const EntityId root = RootOf(step.id);
    const bool is_alone = root == step.id && step.sort != Timeline::Sort::Stream;
    Section &section = sections_[is_alone ? EntityId{} : root];
    if (section.bars.empty()) {
      section.title = is_alone ? "Milestones and tasks" : TitleOf(root);
      section.because = {is_alone ? target_ : model_.entity(root).span};
      if (!is_alone) Check(root, section.title);
    }
    Bar bar;
    bar.title = TitleOf(step.id);
    Check(step.id, bar.title);
    bar.id = IdOf(step.id);
    bar.first = step.first_day;
    bar.last = step.last_day;
    bar.is_milestone =
        step.sort == Timeline::Sort::Milestone || step.sort == Timeline::Sort::Decision;
    if (bar.is_milestone) bar.first = bar.last;
    if (step.is_critical) bar.tags.emplace_back("crit");
    if (step.finished) {
      bar.tags.emplace_back("done");
    } else if (step.started) {
      bar.tags.emplace_back("active");
    }
    if (bar.is_milestone) bar.tags.emplace_back("milestone");
    for (const source::Span span : {step.span, step.after_at, step.takes_at}) {
      if (span.is_valid()) bar.because.push_back(span);
    }
    section.bars.push_back(std::move(bar));
  }

  // Never one of the words that are tags: those have no line under them.
  auto IdOf(EntityId id) -> std::string {
    std::string name = model_.FullName(id) + "_";
    for (char &c : name) {
      if (!llvm::isAlnum(c) || static_cast<unsigned char>(c) >= 0x80) c = '_';
    }
    std::string free = name;
    for (int i = 2; !ids_.insert(free).second; ++i) free = name + std::to_string(i);
    return free;
  }

  // Days on which the plan's own calendar has no work, as far as the chart reaches.
  auto Excludes() const -> std::vector<std::string> {
    const Timeline &line = plan_.decisions->timeline;
    base::Date first = line.first_day, last = first;
    for (const Timeline::Step &step : line.steps) {
      first = std::min(first, step.first_day);
      last = std::max(last, step.last_day);
    }
    std::set<int32_t> worked;
    std::set<size_t> weekdays;
    for (const Timeline::Stretch &stretch : line.TeamOf({})->hours) {
      const auto day = static_cast<int32_t>(line.LocalAt(stretch.begin) / (24 * 60));
      worked.insert(day);
      weekdays.insert(static_cast<size_t>((day + 3) % 7));
    }
    std::vector<std::string> out;
    for (size_t i = 0; i < 7; ++i) {
      if (!weekdays.contains(i)) out.emplace_back(kDays[i]);
    }
    if (out.size() == 7) return {};
    for (base::Date day = first; day <= last; day = day.AddDays(1)) {
      const auto number = day.days();
      if (!worked.contains(number) && weekdays.contains(static_cast<size_t>((number + 3) % 7))) {
        out.push_back(day.ToString());
      }
    }
    return out;
  }

  plan::Plan &plan_;
  const plan::Model &model_;
  source::Span target_;
  diagnostics::Sink &sink_;
  std::map<EntityId, Section> sections_;
  std::set<EntityId> told_;
  std::set<std::string> ids_;
};

}  // namespace

auto Mermaid(plan::Plan &plan, plan::EntityId target, diagnostics::Sink &sink)
    -> std::vector<output::File> {
  return {Writer(plan, target, sink).Write()};
}

}  // namespace groma::emit
