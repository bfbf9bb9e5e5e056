/** What fails a test when KASAN reports: the JUnit 5 extension, and what it is made of. */
package org.jkasan.testkit;
