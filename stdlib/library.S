// SPDX-License-Identifier: Apache-2.0
// Holds the image of the standard library in the executable, where it is read in place.
  .section .rodata
  .balign 16
  .globl groma_library_begin
groma_library_begin:
  .incbin GROMA_LIBRARY_IMAGE
  .globl groma_library_end
groma_library_end:
  .byte 0
  .section .note.GNU-stack,"",%progbits
