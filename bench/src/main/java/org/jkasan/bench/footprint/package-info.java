/** What the agent itself takes: time to rewrite classes, and heap that it keeps. */
package org.jkasan.bench.footprint;
