/** Classes of tests that run in child JVMs, most of them to fail. */
package org.jkasan.testkit.program;
