/**
 * Two JVMs that run the same benchmark in turns, an iteration each: what else the machine does
 * meanwhile weighs on both.
 */
package org.jkasan.bench.turn;
