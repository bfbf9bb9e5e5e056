package org.jkasan.samples.modload;

/**
 * A relocation type of a machine, as its ABI numbers it.
 *
 * @param code the number
 * @param name the name
 * @param rule how its value is made
 * @param width bytes that it changes; for a type that is left alone, 1
 */
record RelocationType(int code, String name, RelocationRule rule, int width) {}
