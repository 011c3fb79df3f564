// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/boards/boards.h"

#include "groma/base/text.h"
#include "groma/diagnostics/definition.h"
#include "groma/emit/boards/items.h"
#include "groma/evaluate/evaluate.h"
#include "groma/output/table.h"
#include "groma/plan/known.h"

namespace groma::emit {
namespace {

namespace diag {
#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/emit/boards/boards.def"
#undef GROMA_DIAGNOSTIC
}  // namespace diag

using boards::Item;
using output::Cell;
using output::Decimal;
using output::Table;
using plan::EntityId;
using plan::IsSome;
using plan::KnownMember;
using plan::Timeline;
using plan::Value;
using plan::ValueTag;

constexpr size_t kMostItems = 1000;
constexpr size_t kMostOfTitle = 255;

// What a process calls its levels, and the size of a story. In the order of `boards_process`.
struct Process {
  std::vector<const char *> levels;
  const char *size;
};

auto ProcessOf(uint32_t tag) -> Process {
  switch (tag) {
    case 1:
      return {{"Epic", "Feature", "Product Backlog Item"}, "Effort"};
    case 2:
      return {{"Epic", "Feature", "Requirement"}, "Size"};
    case 3:
      return {{"Epic", "Issue"}, "Effort"};
    default:
      return {{"Epic", "Feature", "User Story"}, "Story Points"};
  }
}

auto Html(const std::string &text) -> std::string {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

class Writer {
 public:
  Writer(plan::Plan &plan, EntityId target, diagnostics::Sink &sink)
      : plan_(plan),
        model_(*plan.model),
        known_(model_),
        target_(target),
        sink_(sink),
        evaluator_(model_, plan.environment, ignored_) {
    const Value process = Read(target, KnownMember::EmitBoardsProcess);
    process_ = ProcessOf(process.tag == ValueTag::Enum ? process.aux : 0);
    const Value project = Read(target, KnownMember::EmitBoardsProject);
    if (project.tag == ValueTag::String) project_ = project.string().str();
  }

  auto Write() -> std::vector<output::File> {
    ReportLinks();
    Start();
    for (const Item &epic : boards::ItemsOf(plan_, process_.levels.size() > 2)) {
      const size_t count = CountOf(epic);
      if (count > kMostItems) {
        sink_.Report(diag::EpicParted, epic.span, count, epic.title)
            .Help("after the import move what is below the copies to the first, and delete these");
      }
      if (count <= kMostItems && table_.rows.size() + count > kMostItems) End();
      AddEpic(epic);
    }
    End();
    return std::move(files_);
  }

 private:
  auto Read(EntityId id, KnownMember member) -> Value {
    return evaluator_.Read(id, known_.slot(member)).value;
  }

  void Start() {
    table_ = {};
    table_.because = {model_.entity(target_).span};
    table_.header = {"Work Item Type"};
    for (size_t i = 0; i < process_.levels.size(); ++i)
      table_.header.push_back("Title " + std::to_string(i + 1));
    for (const char *name : {"Iteration Path", "Start Date", "Target Date", process_.size,
                             "Priority", "Tags", "Description"}) {
      table_.header.emplace_back(name);
    }
  }

  void End() {
    if (table_.rows.empty()) return;
    table_.path =
        files_.empty() ? "boards.csv" : "boards_" + std::to_string(files_.size() + 1) + ".csv";
    files_.push_back(PrintCsv(table_));
    Start();
  }

  // What does not fit goes on in the next file, below the same parents.
  void AddEpic(const Item &epic) {
    Add(epic, 0);
    for (const Item &part : epic.parts) {
      if (table_.rows.size() + 1 > kMostItems) End(), Add(epic, 0);
      Add(part, 1);
      for (const Item &story : part.parts) {
        if (table_.rows.size() + 1 > kMostItems) End(), Add(epic, 0), Add(part, 1);
        Add(story, 2);
      }
    }
  }

  void Add(const Item &item, size_t level) {
    const Timeline::Step *step = item.step;
    std::vector<Cell> cells = {process_.levels[level]};
    for (size_t i = 0; i < process_.levels.size(); ++i)
      cells.emplace_back(i == level ? TitleOf(item) : "");
    cells.emplace_back(project_);
    cells.emplace_back(FirstDay(item).ToString());
    cells.emplace_back(LastDay(item).ToString());
    const bool has_effort = step != nullptr && step->takes == Timeline::Takes::Effort;
    cells.push_back(has_effort ? EffortOf(*step) : Cell(""));
    cells.push_back(step == nullptr ? Cell("") : Cell::Number(PriorityOf(*step)));
    std::string tags = item.name.empty() ? "" : "plan:" + item.name;
    if (step != nullptr && IsSome(step->team)) tags += "; team:" + model_.FullName(step->team);
    if (step != nullptr && step->is_critical) tags += "; critical";
    cells.emplace_back(tags);
    cells.emplace_back(step == nullptr ? "" : DescriptionOf(*step));
    std::vector<source::Span> because = {item.span};
    if (step != nullptr) because.insert(because.end(), {step->after_at, step->takes_at});
    table_.rows.push_back({std::move(cells), std::move(because)});
  }

  auto TitleOf(const Item &item) -> std::string {
    std::string title;
    for (const char c : item.title) title += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    if (base::CountScalars(title) <= kMostOfTitle) return title;
    sink_.Report(diag::TitleCut, item.span, kMostOfTitle);
    return title.substr(0, base::OffsetOfUtf16(title, kMostOfTitle));
  }

  // Days of a person, as long as those of the plan.
  static auto EffortOf(const Timeline::Step &step) -> Cell {
    constexpr int64_t kDayOfWork = 8 * 60;
    return Cell::Number(Decimal(*base::Div(step.minutes, kDayOfWork), 1));
  }

  // 1 comes first, and 4 last.
  static auto PriorityOf(const Timeline::Step &step) -> std::string {
    return step.priority >= 750   ? "1"
           : step.priority >= 500 ? "2"
           : step.priority >= 250 ? "3"
                                  : "4";
  }

  auto DescriptionOf(const Timeline::Step &step) -> std::string {
    std::string out;
    const Value text = Read(step.id, KnownMember::StepText);
    if (text.tag == ValueTag::String) out += "<p>" + Html(text.string().str()) + "</p>";
    const std::string waits = boards::WaitsText(plan_, step);
    if (!waits.empty()) out += "<p>After: " + Html(waits) + "</p>";
    return out;
  }

  void ReportLinks() {
    size_t count = 0;
    for (const Timeline::Step &step : plan_.decisions->timeline.steps)
      count += step.waits.empty() ? 0 : 1;
    if (count == 0) return;
    sink_.Report(diag::NoLinks, model_.entity(target_).span, count)
        .Help(
            "link them by hand where a board must show it; their dates are those of the plan "
            "anyway");
  }

  plan::Plan &plan_;
  plan::Model &model_;
  const plan::Known known_;
  EntityId target_;
  diagnostics::Sink &sink_;
  diagnostics::Sink ignored_;
  evaluate::Evaluator evaluator_;
  Process process_;
  std::string project_;
  Table table_;
  std::vector<output::File> files_;
};

}  // namespace

auto Boards(plan::Plan &plan, plan::EntityId target, diagnostics::Sink &sink)
    -> std::vector<output::File> {
  return Writer(plan, target, sink).Write();
}

}  // namespace groma::emit
