/** What tracked memory costs: allocation, and loops over arrays and buffers of a kernel. */
package org.jkasan.bench.memory;
