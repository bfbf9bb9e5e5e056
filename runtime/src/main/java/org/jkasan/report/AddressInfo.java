package org.jkasan.report;

/**
 * What the owner of an address says of it.
 *
 * @param delta kernel address minus host address, constant in the window that holds the address
 * @param region what holds the address or lies nearest below it, or null if nothing does
 */
public record AddressInfo(long delta, Region region) {}
