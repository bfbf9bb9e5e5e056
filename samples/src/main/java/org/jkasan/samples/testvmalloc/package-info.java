/**
 * The sample {@code test-vmalloc}: the kernel's benchmark of vmalloc, with its tests, parameters
 * and output. Source of what it does: lib/test_vmalloc.c and test_vmalloc.sh of Linux.
 */
package org.jkasan.samples.testvmalloc;
