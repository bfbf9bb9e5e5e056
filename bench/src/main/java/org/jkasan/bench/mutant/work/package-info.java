/** Small kernel-style programs, each of which checks its own results: what mutants are made of. */
package org.jkasan.bench.mutant.work;
