/** The agent: attaches to a JVM, decides which classes are checked, and rewrites them. */
package org.jkasan.agent;
