// SPDX-License-Identifier: Apache-2.0
// The table of commands: what each takes, says of itself, and returns.
#include "session.h"

namespace groma::driver {
namespace {

constexpr Option kFormat = {"--format",
                            "",
                            "FORMAT",
                            "text|json|sarif|github|junit",
                            "how messages are written",
                            nullptr,
                            &Arguments::format};
constexpr Option kVersionFormat = {"--format",          "",      "FORMAT",          "text|json",
                                   "how it is written", nullptr, &Arguments::format};
constexpr Option kColor = {"--color",
                           "",
                           "WHEN",
                           "auto|always|never",
                           "colours in messages; NO_COLOR turns `auto` off",
                           nullptr,
                           &Arguments::color};
constexpr Option kStdlib = {"--stdlib",
                            "",
                            "DIR",
                            "",
                            "read the standard library from DIR, not from the executable",
                            nullptr,
                            &Arguments::stdlib};
constexpr Option kStage = {"--stage",       "",      "STAGE",          "tree|model",
                           "what to print", nullptr, &Arguments::stage};
constexpr Option kEnv = {"--env",
                         "",
                         "NAME",
                         "",
                         "look at this environment only; may be repeated",
                         nullptr,
                         nullptr,
                         &Arguments::environments};
constexpr Option kSet = {"--set",
                         "",
                         "NAME=VALUE",
                         "",
                         "give a parameter or a field another value; may be repeated",
                         nullptr,
                         nullptr,
                         &Arguments::settings};
constexpr Option kScenario = {"--scenario",
                              "",
                              "NAME",
                              "",
                              "play this scenario of the plan; may be repeated",
                              nullptr,
                              nullptr,
                              &Arguments::scenarios};
constexpr Option kEffort = {"--effort",
                            "",
                            "N",
                            "",
                            "how long to look for a better plan, 1 to 10000; 100 is usual",
                            nullptr,
                            &Arguments::effort};
constexpr Option kOutput = {"--output",
                            "-o",
                            "DIR",
                            "",
                            "write into DIR, not into `out` beside the plan",
                            nullptr,
                            &Arguments::output};
constexpr Option kPlan = {"--plan",
                          "",
                          "PLAN",
                          "",
                          "the folder or the file of the plan; the current folder is usual",
                          nullptr,
                          &Arguments::plan};
constexpr Option kAt = {"--at",
                        "",
                        "DATE",
                        "",
                        "the day on which the plan is looked at, as in 2027-05-31; its `as_of` is usual",
                        nullptr,
                        &Arguments::at};
constexpr Option kLocked = {"--locked",         "", "", "", "fail if groma.lock would change",
                            &Arguments::locked};
constexpr Option kNoSolve = {"--no-solve",        "", "", "", "only what needs no decision",
                             &Arguments::no_solve};
constexpr Option kCheckOnly = {
    "--check", "", "", "", "change nothing, list what would change", &Arguments::check};
constexpr Option kQuiet = {
    "--quiet", "-q", "", "", "errors only, no warnings and no summary", &Arguments::quiet};
constexpr Option kVerbose = {"--verbose",        "-v", "", "", "say what is read and checked",
                             &Arguments::verbose};
constexpr Option kHelp = {"--help", "-h", "", "", "this text", &Arguments::help};

constexpr const Option *kCheckOptions[] = {&kNoSolve, &kLocked, &kEnv,    &kSet,   &kScenario, &kEffort,
                                           &kFormat,  &kColor,  &kStdlib, &kQuiet, &kVerbose,  &kHelp};
constexpr const Option *kCompileOptions[] = {&kOutput, &kLocked, &kEnv,    &kSet,   &kScenario, &kEffort,
                                             &kFormat, &kColor,  &kStdlib, &kQuiet, &kVerbose,  &kHelp};
constexpr const Option *kUpdateOptions[] = {&kPlan,  &kEnv,    &kEffort, &kFormat, &kColor,
                                            &kStdlib, &kQuiet, &kVerbose, &kHelp};
constexpr const Option *kStatusOptions[] = {&kAt,     &kEnv,   &kSet,    &kScenario, &kEffort, &kVersionFormat,
                                            &kColor,  &kStdlib, &kQuiet, &kVerbose,  &kHelp};
constexpr const Option *kTestOptions[] = {&kEnv,   &kSet,    &kEffort, &kFormat,
                                          &kColor, &kStdlib, &kQuiet,  &kHelp};
constexpr const Option *kDumpOptions[] = {&kStage,  &kEnv,   &kSet,     &kFormat, &kColor,
                                          &kStdlib, &kQuiet, &kVerbose, &kHelp};
constexpr const Option *kWhyOptions[] = {&kEnv,   &kSet,    &kScenario, &kEffort,  &kFormat,
                                         &kColor, &kStdlib, &kQuiet,    &kVerbose, &kHelp};
constexpr const Option *kFmtOptions[] = {&kCheckOnly, &kFormat, &kColor, &kQuiet, &kHelp};
constexpr const Option *kInitOptions[] = {&kColor, &kQuiet, &kHelp};
constexpr const Option *kColorOptions[] = {&kColor, &kHelp};
constexpr const Option *kDocsOptions[] = {&kStdlib, &kFormat, &kColor, &kQuiet, &kHelp};
constexpr const Option *kHelpOptions[] = {&kHelp};
constexpr const Option *kVersionOptions[] = {&kVersionFormat, &kHelp};

constexpr Exit kWorks = {kOk, "done"};
constexpr Exit kFails = {kUsage, "a wrong command line, or a file that cannot be read or written"};
constexpr Exit kBug = {kInternalError, "a bug in groma"};
constexpr Exit kCheckExits[] = {
    {kOk, "the plan is right"},
    {kPlanHasErrors, "the plan has errors, or with --locked: groma.lock would change"},
    kFails,
    {kInfeasible, "nothing can be decided so that all of it holds"},
    {kPolicyViolated, "all that is wrong is that policies are violated"},
    {kOverBudget, "all that is wrong is that a budget is too small"},
    {kUndecided, "no plan was found within the effort, and none was ruled out"},
    kBug};
constexpr Exit kTestExits[] = {{kOk, "every test passes"},
                               {kPlanHasErrors, "the plan has errors"},
                               kFails,
                               {kTestFailed, "a test fails"},
                               kBug};
constexpr Exit kFmtExits[] = {{kOk, "every file is formatted"},
                              {kPlanHasErrors, "a file has errors and was left as it is"},
                              kFails,
                              {kNotFormatted, "with --check: a file would change"},
                              kBug};
constexpr Exit kSimpleExits[] = {kWorks, kFails, kBug};

constexpr Example kCheckExamples[] = {
    {"groma check plans/amsterdam", "one plan, all of its environments"},
    {"groma check --no-solve --env prod --set 'growth=150 %' --format sarif > plan.sarif",
     "one environment under stress, for a code scanning service"}};
constexpr Example kCompileExamples[] = {
    {"groma compile -o build/amsterdam plans/amsterdam", "everything that follows from a plan"},
    {"groma compile --env prod --scenario late -o what-if", "one environment, if something changes"}};
constexpr Example kCompletionExamples[] = {
    {"source <(groma completion bash)", "in ~/.bashrc"},
    {"groma completion fish > ~/.config/fish/completions/groma.fish", "for good"}};
constexpr Example kDocsExamples[] = {
    {"groma docs pool", "a kind and its variants, with every field"},
    {"groma docs > reference.md", "the language, this plan and the standard library"}};
constexpr Example kDumpExamples[] = {
    {"groma dump --stage tree plan.groma", "how a file is read"},
    {"groma dump --stage model --env prod", "every value of the plan in this folder"}};
constexpr Example kExplainExamples[] = {{"groma explain GR0201", "what a message means"},
                                        {"groma explain gr0153", "codes may be in lower case"}};
constexpr Example kFmtExamples[] = {
    {"groma fmt", "every plan in this folder and below it"},
    {"groma fmt --check plans/", "in a build: fails if somebody forgot"}};
constexpr Example kInitExamples[] = {{"groma init plans/hub", "a plan in a folder of its own"},
                                     {"groma init && groma check --no-solve", "here, and checked"}};
constexpr Example kStatusExamples[] = {
    {"groma status --at 2027-01-15", "where the plan in this folder stands on that day"},
    {"groma status --env prod --format json plans/amsterdam > status.json", "for programs"}};
constexpr Example kTestExamples[] = {
    {"groma test", "the tests of the plan in this folder, in each environment"},
    {"groma test --env prod --format junit plans/amsterdam > tests.xml", "for a build"}};
constexpr Example kUpdateExamples[] = {
    {"groma compile -q && groma update train", "what is pinned of one pool"},
    {"groma update --plan plans/amsterdam", "everything, in a plan elsewhere"}};
constexpr Example kVersionExamples[] = {{"groma version", "for people"},
                                        {"groma version --format json", "for programs"}};
constexpr Example kWhyExamples[] = {
    {"groma why train.nodes --env prod", "why a number was chosen, and the next best"},
    {"groma why train --env prod plans/amsterdam", "all that is written of an entity"}};

constexpr Command kCommands[] = {
    {"check", "finds what is wrong with a plan", "[PLAN]", 0, 1, "",
     "PLAN is a folder, whose *.groma files are one plan, or one file; the current folder if it "
     "is\n"
     "left out. What the plan leaves open is decided, and printed; nothing is written.",
     kCheckOptions, kCheckExamples, kCheckExits, RunCheck},
    {"compile", "decides what a plan leaves open and writes what follows", "[PLAN]", 0, 1, "",
     "Writes plan.json, trace.json and manifest.json, for each environment in a folder of its own if\n"
     "there are several. Files that groma did not write are not touched; those that an earlier run\n"
     "wrote and that nothing makes any more are removed. Beside the plan it writes groma.lock, which\n"
     "pins what was decided; --scenario and --set leave that as it is.",
     kCompileOptions, kCompileExamples, kCheckExits, RunCompile},
    {"completion", "prints a script that completes command lines", "bash|zsh|fish", 1, 1,
     "the name of a shell: bash, zsh or fish", "", kHelpOptions, kCompletionExamples, kSimpleExits,
     RunCompletion},
    {"docs", "prints the reference of the language and its library", "[NAME] [PLAN]", 0, 2, "",
     "NAME is a kind, a type, a function, a module such as azure.gpu, or `language`; everything if it\n"
     "is left out. Markdown, from the doc comments. With a plan, here or as PLAN, its own kinds too.",
     kDocsOptions, kDocsExamples, kSimpleExits, RunDocs},
    {"dump", "prints a plan as groma sees it", "--stage tree|model [PLAN]", 0, 1, "",
     "The output is for people who look into groma; its form may change with any version.",
     kDumpOptions, kDumpExamples, kCheckExits, RunDump},
    {"explain", "explains a message", "CODE", 1, 1, "the code of a message, as in GR0201", "",
     kColorOptions, kExplainExamples, kSimpleExits, RunExplain},
    {"fmt", "formats plans", "[PATH...]", 0, static_cast<size_t>(-1), "",
     "PATH is a file, a folder with all that lies in it, or `-`: from the standard input to the\n"
     "standard output. The current folder if it is left out. Files with errors are left as they "
     "are.",
     kFmtOptions, kFmtExamples, kFmtExits, RunFmt},
    {"init", "writes a small plan to start from", "[DIR]", 0, 1, "",
     "Writes into DIR, or the current folder. Files that are there are not touched.", kInitOptions,
     kInitExamples, kSimpleExits, RunInit},
    {"status", "tells how a plan stands on a day", "[PLAN]", 0, 1, "",
     "Earned value, steps against what was promised, open gates, vendors, risks, assumptions, issues,\n"
     "decisions, and records that say too little. What happened stands in the plan: `started`,\n"
     "`finished`, `spent`, `remaining`, `reached`, `taken`. A late plan is told of too.",
     kStatusOptions, kStatusExamples, kCheckExits, RunStatus},
    {"test", "runs the tests that a plan has of its own", "[PLAN]", 0, 1, "",
     "A test rewrites the plan with its `given` lines, and says what it expects then.",
     kTestOptions, kTestExamples, kTestExits, RunTest},
    {"update", "takes pins of groma.lock off and decides anew", "[NAME...]", 0,
     static_cast<size_t>(-1), "",
     "NAME is that of a line in groma.lock, or of all that begin with it: train.nodes, train. All\n"
     "pins are taken off if no name is given. Prints what changes, and writes groma.lock.",
     kUpdateOptions, kUpdateExamples, kCheckExits, RunUpdate},
    {"version", "prints the version", "", 0, 0, "", "", kVersionOptions, kVersionExamples,
     kSimpleExits, RunVersion},
    {"why", "tells why a value is what it is", "NAME[.field] | FILE:LINE [PLAN]", 1, 2,
     "the name of an entity, and a field if only that is meant; or a line of the plan or of a file that compile wrote",
     "Of a field that groma decides, the end says what it would be otherwise and what that would\n"
     "cost, or which lines leave no other value. cost.total and the like are told too. Of a line that\n"
     "compile wrote, such as out/bicep/main.bicep:12, it names the lines of the plan behind it.", kWhyOptions, kWhyExamples,
     kCheckExits, RunWhy},
};

}  // namespace

auto Commands() -> llvm::ArrayRef<Command> { return kCommands; }

}  // namespace groma::driver
