package org.jkasan.mm;

/**
 * How large a kernel's memory is.
 *
 * @param ram bytes of RAM, a multiple of the page size
 * @param cpus online CPUs
 * @param vmallocSize bytes of vmalloc space, a multiple of 32 KiB
 */
public record MemoryConfig(long ram, int cpus, long vmallocSize) {}
