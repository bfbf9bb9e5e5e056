package org.jkasan.report;

/**
 * A global variable of the kernel or of a module.
 *
 * @param name its name
 * @param start its kernel address
 * @param size its bytes, the redzone behind it not among them
 */
public record VariableRegion(String name, long start, long size) implements Region {}
