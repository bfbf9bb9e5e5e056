/**
 * How many planted memory bugs are found: mutants of clean programs, each with one bug in its
 * bytecode, run with KASAN and without.
 */
package org.jkasan.bench.mutant;
