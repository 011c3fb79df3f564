# Foreign libraries, each behind a target that only one layer links.
find_package(Threads REQUIRED)

# LLVM Support, linked statically: the shared library is 120 MB and slow to start.
find_path(GROMA_LLVM_INCLUDE llvm/ADT/StringRef.h PATHS /usr/lib/llvm-19/include NO_DEFAULT_PATH REQUIRED)
find_library(GROMA_LLVM_SUPPORT libLLVMSupport.a PATHS /usr/lib/llvm-19/lib NO_DEFAULT_PATH REQUIRED)
find_library(GROMA_LLVM_DEMANGLE libLLVMDemangle.a PATHS /usr/lib/llvm-19/lib NO_DEFAULT_PATH REQUIRED)
add_library(groma_llvm INTERFACE)
target_include_directories(groma_llvm SYSTEM INTERFACE ${GROMA_LLVM_INCLUDE})
target_compile_definitions(groma_llvm INTERFACE _GNU_SOURCE __STDC_CONSTANT_MACROS
                                                __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS)
target_link_libraries(groma_llvm INTERFACE ${GROMA_LLVM_SUPPORT} ${GROMA_LLVM_DEMANGLE} z zstd
                                           tinfo Threads::Threads ${CMAKE_DL_LIBS} m)

# nlohmann_json: header only.
find_path(GROMA_JSON_INCLUDE nlohmann/json.hpp REQUIRED)
add_library(groma_json INTERFACE)
target_include_directories(groma_json SYSTEM INTERFACE ${GROMA_JSON_INCLUDE})
