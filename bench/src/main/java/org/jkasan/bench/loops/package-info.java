/**
 * Ordinary loops over arrays that nobody tracks: what the agent rewrites and must not slow down.
 * Each is written as an application would write it.
 */
package org.jkasan.bench.loops;
