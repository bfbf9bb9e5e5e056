package org.jkasan.report;

/**
 * What the owner of an address says of it.
 *
 * @param delta kernel address minus host address, constant in the window that holds the address
 * @param region the area that holds the address or lies nearest below it, or null if none does
 */
public record AddressInfo(long delta, VmallocRegion region) {}
