// SPDX-License-Identifier: Apache-2.0
#include "progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "groma/plan/print.h"
#include "session.h"

namespace groma::driver {
namespace {

constexpr std::chrono::milliseconds kPatience{400};  // what is done by then is not told of
constexpr std::chrono::milliseconds kEach{100};
constexpr llvm::StringLiteral kErase = "\r\x1b[K";

auto Columns() -> size_t {
  winsize size{};
  const bool is_known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : 80;
}

// A figure as it is read in passing: no cents, and no fraction that never ends.
auto Short(const plan::Model &model, plan::Value value) -> std::string {
  const bool is_money = model.units.CurrencyOf(value.dimension).has_value();
  if (is_money) value.number = value.number.Round();
  return plan::Print(model, value);
}

// `0.4 % apart`; nothing where it means nothing.
auto Gap(const solve::Progress &progress) -> std::string {
  const auto apart = base::Sub(progress.best->number, progress.bound->number);
  const auto share = apart ? base::Div(base::Abs(*apart), base::Abs(progress.best->number))
                           : std::nullopt;
  const auto tenths = share ? base::Mul(*share, 1000) : std::nullopt;
  if (!tenths) return {};
  const int64_t number = tenths->Ceil();
  return ", " + std::to_string(number / 10) + "." + std::to_string(number % 10) + " % apart";
}

}  // namespace

auto ProgressLine::IsSeen() -> bool {
  const char *terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) != 0 && terminal != nullptr && llvm::StringRef(terminal) != "dumb";
}

auto ProgressLine::TextOf(const plan::Model &model, const solve::Progress &progress) const
    -> std::string {
  std::string text = std::string(progress.phase);
  if (plan::IsSome(progress.environment)) {
    text = model.text(progress.environment).str() + ": " + text;
  }
  if (progress.best) text += ", best " + Short(model, *progress.best);
  if (progress.bound) {
    text += (progress.is_maximize ? ", none above " : ", none below ") +
            Short(model, *progress.bound);
  }
  if (progress.best && progress.bound) text += Gap(progress);
  // Last, since the end is what a narrow terminal cuts off.
  const std::string aim = sources_.Text(progress.aim).str();
  if (!aim.empty()) text += ", " + aim;
  return text;
}

void ProgressLine::Draw(const plan::Model &model, const solve::Progress &progress) {
  const Clock::time_point now = Clock::now();
  if (now - begin_ < kPatience || (is_drawn_ && now - last_ < kEach)) return;
  last_ = now;
  std::string text = TextOf(model, progress);
  for (char &c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  // A line that wraps could not be taken off again. Bytes are no fewer than columns.
  const size_t most = Columns() - 1;
  if (text.size() > most) {
    size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
  }
  WriteError(kErase.str() + text);
  is_drawn_ = true;
}

void ProgressLine::Clear() {
  if (std::exchange(is_drawn_, false)) WriteError(kErase);
  begin_ = Clock::now();
}

}  // namespace groma::driver
