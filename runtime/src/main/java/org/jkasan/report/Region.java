package org.jkasan.report;

/** Something of a kernel's that holds an address, or lies nearest, as a report describes it. */
public sealed interface Region
        permits VmallocRegion, StackRegion, SlabRegion, VariableRegion, PageRegion {}
