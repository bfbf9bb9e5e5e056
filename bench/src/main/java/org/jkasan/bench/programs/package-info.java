/**
 * Whole programs of other projects, run as they are published: what every class of an application
 * being checked costs it.
 */
package org.jkasan.bench.programs;
