# cmake -DROOT=runtime -DFILES=LIST -DOUT=FILE -P EmbedRuntime.cmake
#
# Writes an assembler file that holds the files named in LIST (below ROOT, one a line) as they are, and a table of them.
file(STRINGS ${FILES} paths)
set(text "  .section .rodata\n")
set(table "")
set(n 0)
foreach(path IN LISTS paths)
  string(APPEND text "path_${n}: .asciz \"${path}\"\nbegin_${n}: .incbin \"${ROOT}/${path}\"\nend_${n}:\n")
  string(APPEND table "  .quad path_${n}, begin_${n}, end_${n}\n")
  math(EXPR n "${n} + 1")
endforeach()
string(APPEND text "  .section .data.rel.ro, \"aw\"\n  .balign 8\n"
  "  .globl groma_runtime_files\ngroma_runtime_files:\n${table}"
  "  .globl groma_runtime_count\ngroma_runtime_count: .quad ${n}\n"
  "  .section .note.GNU-stack, \"\", %progbits\n")
file(WRITE ${OUT} "${text}")
